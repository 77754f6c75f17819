/**
 * Changes of the catalogue. A change deletes the values that were seen and adds the new ones in one modify, so that it is
 * refused when any of them is another by now; positions are left alone.
 */
import type { Change } from 'ldapts';
import { scopeOf, type Actor } from '#domain/actor.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import { nameOfEntry, type CatalogueEntry, type CatalogueRegister } from '#domain/catalogue-register.ts';
import { HufuError } from '#domain/errors.ts';
import { categoryEntry, roleEntry, systemEntry } from './catalogue-entry.ts';
import { resultCode } from './directory-failure.ts';
import { exchange, replace, type DirectorySession, type NewEntry } from './directory-session.ts';
import type { DirectoryTree } from './distinguished-names.ts';

interface Deps {
  readonly sessions: { readonly categories: DirectorySession; readonly systems: DirectorySession };
  readonly tree: DirectoryTree;
  readonly read: () => Promise<Catalogue>;
  /** What is remembered of the catalogue counts no more. */
  readonly forget: () => void;
}

const changedMeanwhile = () => new HufuError('changed-meanwhile');

export function createCatalogueRegister({ sessions, tree, read, forget }: Deps): CatalogueRegister {
  const sessionOf = ({ kind }: CatalogueEntry) =>
    kind === 'system' ? sessions.systems : sessions.categories;

  function dnOf(entry: CatalogueEntry): string {
    if (entry.kind === 'system') return tree.system(entry.system.id);
    if (entry.kind === 'category') return tree.category(entry.category.id);
    return tree.role(entry.role.category, entry.role.code);
  }

  async function write(actor: Actor, act: () => Promise<void>): Promise<void> {
    if (scopeOf(actor).kind !== 'all') throw new HufuError('not-permitted');
    try {
      await act();
    } finally {
      forget();
    }
  }

  return {
    readCatalogueNow: read,

    addEntry: (actor, entry) =>
      write(actor, async () => {
        const added = attributesOf(entry, placeAfterAll(await read(), entry));
        await sessionOf(entry).add(dnOf(entry), added, {
          [resultCode.entryAlreadyExists]: () =>
            new HufuError('not-unique', { facts: { ...nameOfEntry(entry) } }),
          [resultCode.noSuchObject]: changedMeanwhile,
        });
      }),

    changeEntry: (actor, seen, entry) =>
      write(actor, () =>
        sessionOf(entry).modify(dnOf(seen), changesBetween(attributesOf(seen, 0), attributesOf(entry, 0)), {
          [resultCode.noSuchAttribute]: changedMeanwhile,
          [resultCode.attributeOrValueExists]: changedMeanwhile,
          [resultCode.noSuchObject]: changedMeanwhile,
          // A second value for an attribute that takes one: somebody has given it its first meanwhile.
          [resultCode.constraintViolation]: changedMeanwhile,
        }),
      ),

    removeEntry: (actor, entry) =>
      write(actor, () =>
        sessionOf(entry).remove(dnOf(entry), {
          [resultCode.noSuchObject]: changedMeanwhile,
          [resultCode.notAllowedOnNonLeaf]: changedMeanwhile,
        }),
      ),
  };
}

function attributesOf(entry: CatalogueEntry, position: number): NewEntry {
  if (entry.kind === 'system') return systemEntry(entry.system, position);
  if (entry.kind === 'role') return roleEntry(entry.role, position);
  return categoryEntry({ ...entry.category, roles: [] }, position);
}

function placeAfterAll({ categories, systems }: Catalogue, entry: CatalogueEntry): number {
  if (entry.kind === 'system') return systems.length;
  if (entry.kind === 'category') return categories.length;
  return categories.find(({ id }) => id === entry.role.category)?.roles.length ?? 0;
}

const untouched = new Set(['objectClass', 'cn', 'hufuPosition']);

/** Every attribute takes part, the same values too: they must still be what was seen. */
function changesBetween(seen: NewEntry, entry: NewEntry): Change[] {
  const names = Object.keys({ ...seen, ...entry }).filter((name) => !untouched.has(name));
  return names.flatMap((name) =>
    // Absent and FALSE are the same to us, but not to the directory.
    name === 'hufuWithoutCertificate'
      ? [replace(name, entry[name])]
      : exchange(name, seen[name], entry[name]),
  );
}
