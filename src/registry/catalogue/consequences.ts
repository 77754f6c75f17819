/** What stands in the way of an entry's going, and what follows: who holds it, which systems admit it, who serves the system. */
import { holdersQuery, type FindIdHolders } from '#administration/id-holders.ts';
import { mostCounted, type AccountListing } from '#domain/account-listing.ts';
import type { Actor } from '#domain/actor.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import { nameOfEntry, type CatalogueEntry } from '#domain/catalogue-register.ts';
import { searchHref } from '../search/criteria.ts';
import type { EntryQuestionModel, Holders } from './catalogue-model.ts';

export type Consequences = Pick<EntryQuestionModel, 'roles' | 'systems' | 'parties' | keyof Holders>;

export type FindConsequences = (
  actor: Actor,
  entry: CatalogueEntry,
  catalogue: Catalogue,
) => Promise<Consequences>;

interface Dependencies {
  readonly listing: Pick<AccountListing, 'countAccounts' | 'listAccounts'>;
  readonly partiesServing: (system: string) => Promise<readonly string[]>;
  readonly findHolders: FindIdHolders;
}

/** Holders that are named. */
const shownPeople = 50;

export function createConsequences(deps: Dependencies): FindConsequences {
  const { listing, partiesServing, findHolders } = deps;

  async function holdersOf(actor: Actor, entry: CatalogueEntry): Promise<Holders> {
    const name = nameOfEntry(entry);
    const query = holdersQuery(name);
    const { accounts: count, programs } = await findHolders(name);
    if (!query || count === 0) return { people: [], programs };
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
      ...(entry.kind === 'role' && { holdersHref: `${searchHref}?role=${name.id}` }),
    };
  }

  return async (actor, entry, { categories, systems }) => {
    const none = { roles: [], systems: [], parties: [], people: [], programs: [] };
    if (entry.kind === 'system') return { ...none, parties: await partiesServing(entry.system.id) };
    if (entry.kind === 'role') {
      const { code, category } = entry.role;
      const admitting = systems.filter(
        ({ admitsRoles, admitsCategories }) =>
          admitsRoles.includes(code) || admitsCategories.includes(category),
      );
      return { ...none, systems: admitting.map(({ name }) => name), ...(await holdersOf(actor, entry)) };
    }
    const { id } = entry.category;
    const roles = categories.find((category) => category.id === id)?.roles ?? [];
    const admitting = systems.filter(({ admitsCategories }) => admitsCategories.includes(id));
    return {
      ...none,
      roles: roles.map(({ code }) => code),
      systems: admitting.map(({ name }) => name),
      ...(await holdersOf(actor, entry)),
    };
  };
}
