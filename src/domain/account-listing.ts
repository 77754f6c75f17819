/** Port to lists of accounts: searched within what the actor sees, a page at a time. National IDs leave it masked alone. */
import type { Account, AccountStatus, Office } from './account.ts';
import type { Actor } from './actor.ts';
import type { NationalId } from './national-id.ts';
import type { Oid } from './oid.ts';

/** Criteria; every one that is there must be met. */
export interface AccountQuery {
  /** The unit itself or any under it, by whole components. */
  readonly underOid?: Oid;
  /** A part of the name, in any case. */
  readonly nameKeyword?: string;
  readonly nationalId?: NationalId;
  readonly status?: AccountStatus;
  /** Holds one of these roles, in force or ended. */
  readonly anyRole?: readonly string[];
  readonly office?: Office;
  /** May give roles of this category. */
  readonly managedCategory?: string;
  /** Opened before this instant and not logged in since it. */
  readonly dormantSince?: Date;
  /** Has never logged in. */
  readonly neverLoggedIn?: boolean;
}

export type AccountOrder = 'name' | 'unit' | 'opened-on' | 'last-login';

export interface AccountPageRequest {
  readonly query: AccountQuery;
  readonly order: AccountOrder;
  readonly descending: boolean;
  /** 1 to `largestPage`. */
  readonly pageSize: number;
  /** 1, 2, 3 …; one past the end gives the last page. Of no meaning with a cursor. */
  readonly page: number;
  /** From a page before, of a list too long to be counted. */
  readonly cursor?: string;
}

/** Accounts on one page at most. */
export const largestPage = 200;

/** So many hits are counted and sorted exactly; more are given in the order of their ids. */
export const mostCounted = 2000;

export interface AccountSummary extends Pick<
  Account,
  | 'id'
  | 'revision'
  | 'name'
  | 'agency'
  | 'unit'
  | 'scopeOid'
  | 'jurisdictionOid'
  | 'office'
  | 'status'
  | 'openedOn'
  | 'grants'
  | 'lastPasswordLogin'
  | 'lastCertificateLogin'
> {
  /** As `maskNationalId` gives it. */
  readonly maskedNationalId: string;
  readonly title?: string;
  /** Whether there is an address that a code can be mailed to. */
  readonly hasEmail: boolean;
  readonly oneDayPassword?: Account['password']['oneDay'];
}

export type AccountPage =
  /** Counted and sorted as asked; `page` is the page that is shown. */
  | {
      readonly kind: 'exact';
      readonly accounts: readonly AccountSummary[];
      readonly count: number;
      readonly page: number;
    }
  /** More than `mostCounted`: in the order of ids. Without `cursor` this is the last page. */
  | {
      readonly kind: 'beyond';
      readonly accounts: readonly AccountSummary[];
      readonly cursor?: string;
    };

export interface AccountListing {
  /** Throws `bad-request` for a cursor that is none. */
  listAccounts(actor: Actor, request: AccountPageRequest): Promise<AccountPage>;
  /** All that match, in the order of ids, read a piece at a time. */
  exportAccounts(actor: Actor, query: AccountQuery): AsyncIterable<AccountSummary>;
  /** How many match, counted up to `mostCounted`; one more says that there are more. */
  countAccounts(actor: Actor, query: AccountQuery): Promise<number>;
}

/** The latest login of either kind. */
export function lastLoginOf({
  lastPasswordLogin,
  lastCertificateLogin,
}: Pick<Account, 'lastPasswordLogin' | 'lastCertificateLogin'>): Date | undefined {
  if (!lastPasswordLogin || !lastCertificateLogin) return lastPasswordLogin ?? lastCertificateLogin;
  return lastPasswordLogin > lastCertificateLogin ? lastPasswordLogin : lastCertificateLogin;
}

/** `A123******`: not the last four digits, of which the opening password is made. */
export function maskNationalId(nationalId: string): string {
  return nationalId.slice(0, 4).padEnd(nationalId.length, '*');
}
