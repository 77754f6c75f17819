/** Ports to the records (SQL): the session register and the outbox. The audit trail's port is in audit-store.ts. */
import type { AccountId } from './account.ts';

/** One relying party that a session has reached. */
export interface ReachedClient {
  readonly clientId: string;
  /** The `sid` that this client knows the session by. */
  readonly sid: string;
}

export interface RegisteredSession {
  /** The provider's session uid; stable across rotation of the cookie value. */
  readonly sessionUid: string;
  readonly accountId: AccountId;
  readonly startedAt: Date;
  /** When the session ends by itself if nothing more happens. */
  readonly endsAt: Date;
}

export type SessionEnding =
  | 'log-out'
  | 'expired'
  | 'replaced'
  | 'account-disabled'
  | 'account-removed'
  | 'by-operator';

/** Which session reached which client under which sid, so that we know whom to tell when it ends. */
export interface SessionRegister {
  /** Writes the session alone; repeated calls move `endsAt`. Throws `changed-meanwhile` for one that has ended. */
  recordSession(session: RegisteredSession): Promise<void>;
  /** Writes the session and the client it reached; repeated calls move `endsAt` and add clients. */
  recordReached(session: RegisteredSession, client: ReachedClient): Promise<void>;
  /**
   * Marks the session as ended and, in the same transaction, puts `messages(clients)` into the outbox. Gives the
   * clients it had reached; an empty list when it was unknown or had ended before.
   */
  endSession(
    sessionUid: string,
    ending: SessionEnding,
    at: Date,
    messages: (reached: readonly ReachedClient[]) => readonly NewOutboxMessage[],
  ): Promise<readonly ReachedClient[]>;
  /** Those not marked as ended, also when `endsAt` has passed: activity may have moved the end. */
  listOpenSessions(accountId: AccountId): Promise<readonly RegisteredSession[]>;
  /** Those not marked as ended whose `endsAt` has passed, longest ago first, at most `limit`. */
  listExpired(now: Date, limit: number): Promise<readonly RegisteredSession[]>;
  /** Those not marked as ended that have reached the client, in the order of their uids after `afterUid`, at most `limit`. */
  listReaching(
    clientId: string,
    afterUid: string | undefined,
    limit: number,
  ): Promise<readonly RegisteredSession[]>;
  /** Moves the end of a session that has not ended; nothing otherwise. */
  extendSession(sessionUid: string, endsAt: Date): Promise<void>;
  /** The clients that the session has reached and not left. */
  listReached(sessionUid: string): Promise<readonly ReachedClient[]>;
  /**
   * Takes a client out of a session that goes on and, in the same transaction, puts `messages(left)` into the outbox; none
   * when the session has ended or the client was not (any more) reached.
   */
  leaveClient(
    sessionUid: string,
    clientId: string,
    messages: (left: readonly ReachedClient[]) => readonly NewOutboxMessage[],
  ): Promise<void>;
}

export type OutboxKind = 'mail' | 'back-channel-log-out';

export interface NewOutboxMessage {
  readonly kind: OutboxKind;
  /** JSON; sealed at rest and purged after delivery. */
  readonly body: string;
  /** After this the message is given up as expired, e.g. a code's end of life. */
  readonly expiresAt: Date;
  /**
   * Whom it goes to, where many go to the same: a relying party's client id. Kept in plain text, so never personal
   * data; a mail has none.
   */
  readonly recipient?: string;
}

export interface OutboxMessage extends NewOutboxMessage {
  readonly id: string;
  readonly attempts: number;
}

/** How many messages of one recipient may be under way at once. */
export interface RecipientLimit {
  readonly atOnce: number;
  /** Those under way already. */
  readonly underWay: ReadonlyMap<string, number>;
}

export interface OutboxCounts {
  readonly waiting: number;
  readonly failed: number;
}

/** A message as operators may see it: never its body. */
export interface OutboxListing {
  readonly id: string;
  readonly kind: OutboxKind;
  readonly state: 'waiting' | 'failed';
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Next try; of no meaning once failed. */
  readonly dueAt: Date;
  readonly attempts: number;
  /** Code of the last failure. */
  readonly error?: string;
  /** Domain of the address a mail goes to. */
  readonly recipientDomain?: string;
}

/** What operators do with the outbox; each deed is false when the message is not (any more) in a state for it. */
export interface OutboxOperations {
  /** Messages in `state`, oldest first, those after the message `after` alone, at most `limit`. */
  list(
    state: OutboxListing['state'],
    after: string | undefined,
    limit: number,
  ): Promise<readonly OutboxListing[]>;
  find(id: string): Promise<OutboxListing | undefined>;
  /** Makes the message due now, one given up included. What has expired is not sent any more. */
  retry(id: string): Promise<boolean>;
  /** Takes the message out for good and purges its body. */
  drop(id: string): Promise<boolean>;
}

export interface Outbox {
  /** Durable once it resolves. Gives the message's id. */
  enqueue(message: NewOutboxMessage): Promise<string>;
  /**
   * Claims up to `limit` messages of a kind that are due, hidden from other workers until `leaseUntil`; with `each`, no
   * more for one recipient than there is room for, so that one who does not answer keeps none from the others.
   */
  claimDue(
    kind: OutboxKind,
    now: Date,
    limit: number,
    leaseUntil: Date,
    each?: RecipientLimit,
  ): Promise<readonly OutboxMessage[]>;
  markDelivered(id: string, at: Date): Promise<void>;
  /** `retryAt` undefined: given up; the message stays visible to operators. `error` is a code, no personal data. */
  markFailed(id: string, error: string, retryAt: Date | undefined): Promise<void>;
  counts(): Promise<OutboxCounts>;
}

export interface RecordsHealth {
  checkRecords(): Promise<void>;
}
