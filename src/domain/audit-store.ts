/** What the audit trail is made of, and the port that keeps it. Rules of the chain are in src/audit. */
import type { Oid } from './oid.ts';

/** One audited fact. Field values hold no secret; whatever tells of a person goes into `personal`. */
export interface AuditEvent {
  /** `<thing>.<verb>`, e.g. `login.attempt`, `account.activate`. */
  readonly action: string;
  readonly outcome: 'done' | 'refused' | 'failed' | 'intended' | 'unknown';
  /** Closed word of the rule that refused, e.g. `wrong-password`. */
  readonly reason?: string;
  /** `person:<account id>`, `client:<id>`, `system:<purpose>`, or `anonymous`. */
  readonly actor: string;
  /** Account id of the person acted on. */
  readonly onAccount?: string;
  readonly unitOid?: string;
  readonly clientId?: string;
  readonly requestId?: string;
  /** Form or letter number that the act rests on. */
  readonly form?: string;
  /** Id of the `intended` event that this one settles. */
  readonly settles?: string;
  /** Facts that tell of no person, e.g. `{ method: 'one-day-password', revision: '4' }`. */
  readonly evidence?: Readonly<Record<string, string>>;
  /** Network address, before/after values of personal fields: kept apart, the chain holds salted digests. */
  readonly personal?: Readonly<Record<string, string>>;
}

/** An event as it stands in the chain. `entry` is the exact canonical JSON that `hash` is taken over. */
export interface ChainedEntry {
  /** 1, 2, 3 … without gaps. */
  readonly sequence: number;
  readonly entry: string;
  /** SHA-256 over the entry, which contains the hash of the one before; hex. */
  readonly hash: string;
  /** Personal fields with the salt of each digest; may have been cut by retention. */
  readonly personal: Readonly<Record<string, { readonly salt: string; readonly value: string }>>;
  /** Columns for searching: plain copies of fields inside `entry`. */
  readonly index: {
    readonly id: string;
    readonly time: Date;
    readonly action: string;
    readonly outcome: string;
    readonly actor: string;
    readonly onAccount?: string;
    readonly unitOid?: string;
    readonly settles?: string;
  };
}

/** What a search of the trail asks for; every criterion that is there must be met. */
export interface AuditCriteria {
  /** From this instant on. */
  readonly from?: Date;
  /** Up to, but not including, this instant. */
  readonly to?: Date;
  readonly actor?: string;
  readonly onAccount?: string;
  /** The unit itself or any under it, by whole components. */
  readonly underOid?: Oid;
  readonly action?: string;
  /** One of these. */
  readonly actions?: readonly string[];
  /** One of these ids of events. */
  readonly ids?: readonly string[];
  readonly outcome?: AuditEvent['outcome'];
  /** Leaves out what was intended and has been settled by a later entry, which says how. */
  readonly withoutSettledIntents?: boolean;
}

export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
}

export interface AuditStore {
  /**
   * Appends in one durable transaction that excludes every other appender, in this process or another: `build`
   * gets the head it must continue (sequence 0 and an empty hash at the beginning).
   */
  append(build: (head: ChainHead) => readonly ChainedEntry[]): Promise<void>;
  /** Entries after `sequence`, in order, at most `limit`. */
  read(afterSequence: number, limit: number): Promise<readonly ChainedEntry[]>;
  head(): Promise<ChainHead>;
  /** Entries of outcome `intended`, older than `before`, that no later entry settles. */
  openIntents(before: Date): Promise<readonly ChainedEntry[]>;
  /** Entries that meet `criteria`, newest first, those before `beforeSequence` alone, at most `limit`. */
  search(
    criteria: AuditCriteria,
    beforeSequence: number | undefined,
    limit: number,
  ): Promise<readonly ChainedEntry[]>;
  /** How many entries meet `criteria`, counted up to `most`. */
  count(criteria: AuditCriteria, most: number): Promise<number>;
}

/** What every audited act brings along besides its own facts. */
export interface AuditContext {
  readonly actor: string;
  readonly clientId?: string;
  readonly requestId?: string;
  /** Network address; personal. */
  readonly address?: string;
}

/** Where signed checkpoints go: outside the database, best on another machine. */
export interface CheckpointSink {
  /** Appends one line (without its line end), durable once it resolves. Throws `store-unavailable`. */
  append(line: string): Promise<void>;
}
