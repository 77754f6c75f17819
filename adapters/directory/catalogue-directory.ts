/** The catalogue: read whole in two searches, remembered for a while, loaded by adding what is missing. */
import { PresenceFilter } from 'ldapts';
import { scopeOf } from '#domain/actor.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import type { CatalogueRegister } from '#domain/catalogue-register.ts';
import type { Clock } from '#domain/clock.ts';
import type { CatalogueDirectory } from '#domain/directory.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import {
  catalogueAttributes,
  categoryEntry,
  readCatalogueEntries,
  roleEntry,
  systemEntry,
} from './catalogue-entry.ts';
import { createCatalogueRegister } from './catalogue-register.ts';
import { resultCode } from './directory-failure.ts';
import type { DirectorySession, NewEntry } from './directory-session.ts';
import type { DirectoryTree } from './distinguished-names.ts';
import { createRememberedValue } from './remembered-value.ts';

export function createCatalogueDirectory(
  sessions: { readonly categories: DirectorySession; readonly systems: DirectorySession },
  tree: DirectoryTree,
  deps: { readonly clock: Clock; readonly log: Log; readonly maxAgeSeconds: number },
): CatalogueDirectory & CatalogueRegister {
  const catalogue = createRememberedValue(read, deps.clock, deps.maxAgeSeconds);

  async function read(): Promise<Catalogue> {
    const filter = new PresenceFilter({ attribute: 'objectClass' });
    const [categories, systems] = await Promise.all([
      sessions.categories.search({
        base: tree.categories,
        scope: 'sub',
        filter,
        attributes: catalogueAttributes,
      }),
      sessions.systems.search({ base: tree.systems, scope: 'one', filter, attributes: catalogueAttributes }),
    ]);
    return readCatalogueEntries(categories, systems, deps.log);
  }

  /** Whether the entry was added; false when another process was first. */
  async function add({ dn, entry, branch }: Missing): Promise<boolean> {
    try {
      await sessions[branch].add(dn, entry, {
        [resultCode.entryAlreadyExists]: () => new HufuError('not-unique'),
      });
      return true;
    } catch (error) {
      if (isHufuError(error, 'not-unique')) return false;
      throw error;
    }
  }

  return {
    ...createCatalogueRegister({ sessions, tree, read, forget: catalogue.forget }),

    readCatalogue: () => catalogue.get(),

    async loadCatalogue(actor, wanted) {
      if (scopeOf(actor).kind !== 'all') throw new HufuError('not-permitted');
      const missing = missingEntries(await read(), wanted, tree);
      let added = 0;
      try {
        // In order: a role's category must be there before it.
        for (const each of missing) if (await add(each)) added += 1;
      } finally {
        catalogue.forget();
      }
      return added;
    },
  };
}

interface Missing {
  readonly branch: 'categories' | 'systems';
  readonly dn: string;
  readonly entry: NewEntry;
}

function missingEntries(existing: Catalogue, wanted: Catalogue, tree: DirectoryTree): Missing[] {
  const categories = new Set(existing.categories.map(({ id }) => id.toLowerCase()));
  const roles = new Set(existing.categories.flatMap((category) => category.roles).map(roleName));
  const systems = new Set(existing.systems.map(({ id }) => id.toLowerCase()));
  const branch = 'categories' as const;
  return [
    ...wanted.categories.flatMap((category, position) => [
      ...(categories.has(category.id.toLowerCase())
        ? []
        : [{ branch, dn: tree.category(category.id), entry: categoryEntry(category, position) }]),
      ...category.roles.flatMap((role, place) =>
        roles.has(roleName({ ...role, category: category.id }))
          ? []
          : [{ branch, dn: tree.role(category.id, role.code), entry: roleEntry(role, place) }],
      ),
    ]),
    ...wanted.systems.flatMap((system, position) =>
      systems.has(system.id.toLowerCase())
        ? []
        : [{ branch: 'systems' as const, dn: tree.system(system.id), entry: systemEntry(system, position) }],
    ),
  ];
}

function roleName({ category, code }: { readonly category: string; readonly code: string }): string {
  return `${category}/${code}`.toLowerCase();
}
