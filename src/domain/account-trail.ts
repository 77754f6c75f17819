/** Port to what the audit trail says about one account, for people to read: the person, and managers. */
import type { AccountId } from './account.ts';
import type { Actor } from './actor.ts';

export interface AccountTrailEntry {
  readonly sequence: number;
  readonly id: string;
  readonly time: Date;
  readonly action: string;
  /** `intended` alone where nothing has settled it: a crash is being looked into. */
  readonly outcome: string;
  /** As the trail names actors. */
  readonly actor: string;
  readonly reason?: string;
  readonly form?: string;
  readonly clientId?: string;
  /** Of the act itself: what its intent said, and its outcome over it. */
  readonly evidence: Readonly<Record<string, string>>;
  /** Absent where none was recorded. */
  readonly address?: RecordedAddress;
}

/** A network address; without a value where retention has cut it. */
export interface RecordedAddress {
  readonly value?: string;
}

export interface AccountTrailQuery {
  /** Those of these actions alone. */
  readonly actions?: readonly string[];
  /** Those before this sequence number alone. */
  readonly before?: number;
  readonly limit: number;
}

export interface AccountTrailPage {
  /** Newest first; an act and its outcome are one. */
  readonly entries: readonly AccountTrailEntry[];
  /** Where the next page goes on from; absent on the last one. */
  readonly older?: number;
}

/**
 * Nothing is found of an account that is not the actor's own, or of units outside the actor's scope. A page costs two
 * reads of the index by account, each bounded by its limit. Calls throw `store-unavailable`.
 */
export interface AccountTrail {
  list(actor: Actor, accountId: AccountId, query: AccountTrailQuery): Promise<AccountTrailPage>;
  findEntry(actor: Actor, accountId: AccountId, id: string): Promise<AccountTrailEntry | undefined>;
}
