/** Port to the memory of what people agreed to give to relying parties that are not first-party. In the records. */
import type { AccountId } from './account.ts';

export interface Consent {
  readonly clientId: string;
  /** Scopes agreed to, in the order of the alphabet. */
  readonly scopes: readonly string[];
  /** When something was agreed to for the first time since the last withdrawal. */
  readonly since: Date;
  /** When something was agreed to last. */
  readonly agreedAt: Date;
}

/** Each call throws `store-unavailable` when nothing was stored. */
export interface Consents {
  /** Adds `scopes` to what was agreed to before. */
  rememberConsent(
    accountId: AccountId,
    agreed: { readonly clientId: string; readonly scopes: readonly string[]; readonly at: Date },
  ): Promise<void>;
  findConsent(accountId: AccountId, clientId: string): Promise<Consent | undefined>;
  /** Oldest first. */
  listConsents(accountId: AccountId): Promise<readonly Consent[]>;
  /** Whether there was one; true for exactly one of several simultaneous callers. */
  removeConsent(accountId: AccountId, clientId: string): Promise<boolean>;
}
