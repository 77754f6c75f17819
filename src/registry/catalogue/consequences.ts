/** What follows when an entry of the catalogue goes: who holds the role, which systems admit it, who serves the system. */
import { mostCounted, type AccountListing } from '#domain/account-listing.ts';
import type { Actor } from '#domain/actor.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import type { CatalogueEntry } from '#domain/catalogue-register.ts';
import type { EntryQuestionModel } from './catalogue-model.ts';

export type Consequences = Pick<EntryQuestionModel, 'roles' | 'systems' | 'parties' | 'holders' | 'people'>;

export type FindConsequences = (
  actor: Actor,
  entry: CatalogueEntry,
  catalogue: Catalogue,
) => Promise<Consequences>;

interface Dependencies {
  readonly listing: Pick<AccountListing, 'countAccounts' | 'listAccounts'>;
  readonly partiesServing: (system: string) => Promise<readonly string[]>;
}

/** Holders that are named. */
const shownPeople = 50;

export function createConsequences({ listing, partiesServing }: Dependencies): FindConsequences {
  async function holdersOf(actor: Actor, role: string): Promise<Pick<Consequences, 'holders' | 'people'>> {
    const query = { anyRole: [role] };
    const count = await listing.countAccounts(actor, query);
    const order = { order: 'unit', descending: false, page: 1, pageSize: shownPeople } as const;
    const { accounts } = await listing.listAccounts(actor, { query, ...order });
    const people = accounts.map(({ name, agency, unit }) => ({
      name,
      agency: agency.name,
      ...(unit && { unit: unit.name }),
    }));
    const many = `${mostCounted.toLocaleString('en')}+`;
    return { holders: count > mostCounted ? many : count.toLocaleString('en'), people };
  }

  return async (actor, entry, { categories, systems }) => {
    const none = { roles: [], systems: [], parties: [], people: [] };
    if (entry.kind === 'system') return { ...none, parties: await partiesServing(entry.system.id) };
    if (entry.kind === 'role') {
      const { code, category } = entry.role;
      const admitting = systems.filter(
        ({ admitsRoles, admitsCategories }) =>
          admitsRoles.includes(code) || admitsCategories.includes(category),
      );
      return { ...none, systems: admitting.map(({ name }) => name), ...(await holdersOf(actor, code)) };
    }
    const { id } = entry.category;
    const roles = categories.find((category) => category.id === id)?.roles ?? [];
    const admitting = systems.filter(({ admitsCategories }) => admitsCategories.includes(id));
    return { ...none, roles: roles.map(({ code }) => code), systems: admitting.map(({ name }) => name) };
  };
}
