/** What stands in the way of an entry's going or coming: who holds it, by which name; and which systems a role admits to. */
import { holdersQuery, type FindIdHolders } from '#administration/id-holders.ts';
import { mostCounted, type AccountListing } from '#domain/account-listing.ts';
import type { Actor } from '#domain/actor.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import { nameOfEntry, type CatalogueEntry } from '#domain/catalogue-register.ts';
import { searchHref } from '../search/criteria.ts';
import type { EntryQuestionModel, Holders } from './catalogue-model.ts';
import { entryHref } from './catalogue-view.ts';

export type Consequences = Pick<EntryQuestionModel, 'roles' | 'systems' | keyof Holders>;

export type FindConsequences = (
  actor: Actor,
  entry: CatalogueEntry,
  catalogue: Catalogue,
) => Promise<Consequences>;

interface Dependencies {
  readonly listing: Pick<AccountListing, 'countAccounts' | 'listAccounts'>;
  readonly findHolders: FindIdHolders;
}

/** Holders that are named. */
const shownPeople = 50;

export function createConsequences(deps: Dependencies): FindConsequences {
  const { listing, findHolders } = deps;

  async function holdersOf(actor: Actor, entry: CatalogueEntry, catalogue: Catalogue): Promise<Holders> {
    const name = nameOfEntry(entry);
    const query = holdersQuery(name);
    const { accounts: count, programs, parties, ...held } = await findHolders(name, catalogue);
    const entries = held.entries.map(({ kind, id, name: called }) => ({
      href: entryHref(kind, id),
      id,
      name: called,
    }));
    if (!query || count === 0) return { people: [], programs, entries, parties };
    const order = { order: 'unit', descending: false, page: 1, pageSize: shownPeople } as const;
    const { accounts } = await listing.listAccounts(actor, { query, ...order });
    const people = accounts.map(({ id, name: called, agency, unit }) => ({
      href: `${searchHref}/${id}/${entry.kind === 'role' ? 'roles' : 'office'}`,
      name: called,
      agency: agency.name,
      ...(unit && { unit: unit.name }),
    }));
    const many = `${mostCounted.toLocaleString('en')}+`;
    return {
      holders: count > mostCounted ? many : count.toLocaleString('en'),
      people,
      programs,
      entries,
      parties,
      ...(entry.kind === 'role' && { holdersHref: `${searchHref}?role=${name.id}` }),
    };
  }

  return async (actor, entry, catalogue) => {
    const holders = await holdersOf(actor, entry, catalogue);
    if (entry.kind === 'system') return { roles: [], systems: [], ...holders };
    if (entry.kind === 'role') {
      const { code, category } = entry.role;
      const admitting = catalogue.systems.filter(
        ({ admitsRoles, admitsCategories }) =>
          admitsRoles.includes(code) || admitsCategories.includes(category),
      );
      return { roles: [], systems: admitting.map(({ name }) => name), ...holders };
    }
    const { id } = entry.category;
    const roles = catalogue.categories.find((category) => category.id === id)?.roles ?? [];
    return { roles: roles.map(({ code }) => code), systems: [], ...holders };
  };
}
