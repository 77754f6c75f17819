/**
 * Who holds a role, a category or a system by its id. What somebody holds is not removed, and an id that somebody holds is
 * not given anew: the old rights would come back with it (docs/decisions/0033 and 0035).
 */
import type { AccountListing, AccountQuery } from '#domain/account-listing.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import { entriesNaming, type CatalogueName, type NamingEntry } from '#domain/catalogue-register.ts';

export interface IdHolders {
  /** With the role granted, in force or ended, or with the category as a ceiling; counted as lists are. */
  readonly accounts: number;
  /** Names of the programs that may give roles of the category. */
  readonly programs: readonly string[];
  /** Systems that it admits to by its own name, and roles that managers of the category may give. */
  readonly entries: readonly NamingEntry[];
  /** Names of the relying parties and resources that serve the system. */
  readonly parties: readonly string[];
}

export type FindIdHolders = (name: CatalogueName, catalogue: Catalogue) => Promise<IdHolders>;

interface Dependencies {
  readonly listing: Pick<AccountListing, 'countAccounts'>;
  readonly programsGiving: (category: string) => Promise<readonly string[]>;
  readonly servedBy: (system: string) => Promise<readonly string[]>;
}

// All accounts count, whoever asks.
const actor = { kind: 'system', purpose: 'operations' } as const;

export function createFindIdHolders(deps: Dependencies): FindIdHolders {
  const { listing, programsGiving, servedBy } = deps;
  return async (name, catalogue) => {
    const query = holdersQuery(name);
    return {
      accounts: query ? await listing.countAccounts(actor, query) : 0,
      programs: name.kind === 'category' ? await programsGiving(name.id) : [],
      entries: entriesNaming(catalogue, name),
      parties: name.kind === 'system' ? await servedBy(name.id) : [],
    };
  };
}

/** Finds the accounts that hold it; no account holds a system. */
export function holdersQuery({ kind, id }: CatalogueName): AccountQuery | undefined {
  if (kind === 'system') return undefined;
  return kind === 'role' ? { anyRole: [id] } : { managedCategory: id };
}

export function isHeld({ accounts, programs, entries, parties }: IdHolders): boolean {
  return accounts > 0 || [programs, entries, parties].some((holding) => holding.length > 0);
}
