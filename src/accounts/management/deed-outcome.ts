/** What a manager's deed comes to. Refusals are answers, not errors: pages show them, the trail has each. */
import type { Account, AccountId } from '#domain/account.ts';
import type { Refusal } from '#domain/permission.ts';

/** Whom a deed is about, as the form or the caller has seen the account. */
export interface Target {
  readonly id: AccountId;
  readonly revision: number;
}

/** What the account's own state stands in the way of, whoever asks. */
export type Obstacle =
  /** A one-day password is for accounts in use. */
  | 'account-not-enabled'
  /** There is no address to mail a code to. */
  | 'no-mail-address'
  /** No one-day password is enabled for today that could be taken back. */
  | 'not-enabled-today'
  /** It was never activated, or reset since: it opens by its owner's first login, not by being enabled. */
  | 'never-activated'
  /** The last day of a grant has passed. */
  | 'grant-ended'
  /** The same role twice. */
  | 'role-twice'
  /** Too many of those it was tried for today have an account out of sight; which of them is not said any more. */
  | 'too-many-elsewhere'
  /** None of the certificates named is registered to the account (any more). */
  | 'not-registered';

export type NotPermitted = {
  readonly ok: false;
  readonly reason: 'not-permitted';
  readonly why: Refusal | Obstacle;
  /** The role, category or field that it is about. */
  readonly about?: string;
};

export type DeedRefusal =
  /** There is none, or none that the actor may know of. */
  | { readonly ok: false; readonly reason: 'not-found' }
  | NotPermitted
  /** Somebody else has changed it since it was seen; nothing was written. */
  | { readonly ok: false; readonly reason: 'changed-meanwhile'; readonly current: Account };

export type DeedOutcome =
  | {
      readonly ok: true;
      /** The account as it was before. */
      readonly before: Account;
      /** Its revision now; the same as before where nothing differed and nothing was written. */
      readonly revision: number;
    }
  | DeedRefusal;

/** Somebody has an account already. */
export type NotUnique = {
  readonly ok: false;
  readonly reason: 'not-unique';
  /** The account, where the actor may see it; absent: it is kept elsewhere, and the service desk knows. */
  readonly existing?: Account;
};
