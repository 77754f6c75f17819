/**
 * Who holds a role or a category by its id. What somebody holds is not removed, and an id that somebody holds is not
 * given anew: the old rights would come back with it (docs/decisions/0033).
 */
import type { AccountListing, AccountQuery } from '#domain/account-listing.ts';
import type { CatalogueName } from '#domain/catalogue-register.ts';

export interface IdHolders {
  /** With the role granted, in force or ended, or with the category as a ceiling; counted as lists are. */
  readonly accounts: number;
  /** Names of the programs that may give roles of the category. */
  readonly programs: readonly string[];
}

export type FindIdHolders = (name: CatalogueName) => Promise<IdHolders>;

interface Dependencies {
  readonly listing: Pick<AccountListing, 'countAccounts'>;
  readonly programsGiving: (category: string) => Promise<readonly string[]>;
}

// All accounts count, whoever asks.
const actor = { kind: 'system', purpose: 'operations' } as const;

export function createFindIdHolders({ listing, programsGiving }: Dependencies): FindIdHolders {
  return async (name) => {
    const query = holdersQuery(name);
    if (!query) return { accounts: 0, programs: [] };
    const programs = name.kind === 'category' ? await programsGiving(name.id) : [];
    return { accounts: await listing.countAccounts(actor, query), programs };
  };
}

/** Finds the accounts that hold it; a system is held by nobody. */
export function holdersQuery({ kind, id }: CatalogueName): AccountQuery | undefined {
  if (kind === 'system') return undefined;
  return kind === 'role' ? { anyRole: [id] } : { managedCategory: id };
}

export function isHeld({ accounts, programs }: IdHolders): boolean {
  return accounts > 0 || programs.length > 0;
}
