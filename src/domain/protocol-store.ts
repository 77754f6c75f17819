/**
 * Ports to the protocol store: sessions, grants, codes, tokens, interactions, one-time secrets, attempt counters.
 * Each operation is atomic by itself and across processes; none spans several keys, so that Redis Cluster can
 * implement it. A record past its expiry does not exist, whether or not it has been swept. All calls throw
 * HufuError `store-unavailable` when nothing was stored.
 */

export interface StoredRecord {
  readonly value: string;
  readonly consumedAt?: Date;
}

export interface ProtocolStore {
  /** Stores or replaces; a record that was consumed stays consumed while it lives. */
  put(key: string, value: string, expiresAt: Date): Promise<void>;
  /** Replaces value and expiry of a record that is there, consumed or not; false, and nothing written, when there is none. */
  replace(key: string, value: string, expiresAt: Date): Promise<boolean>;
  get(key: string): Promise<StoredRecord | undefined>;
  /** Marks the record as consumed and keeps it: true for exactly one caller, false for all others. */
  consume(key: string): Promise<boolean>;
  remove(key: string): Promise<void>;
  /** Adds `member` to a set; the set lives at least until the latest `expiresAt` of its members. */
  link(set: string, member: string, expiresAt: Date): Promise<void>;
  linked(set: string): Promise<readonly string[]>;
  unlink(set: string): Promise<void>;
}

/** One-time secrets and the claims to one-time deeds. */
export interface OneTimeStore {
  /** Stores `value`, replacing what was there. */
  place(key: string, value: string, expiresAt: Date): Promise<void>;
  /** Stores `value` unless the key exists: true for exactly one of several simultaneous callers. */
  placeFirst(key: string, value: string, expiresAt: Date): Promise<boolean>;
  /** Removes and gives the value: to exactly one of several simultaneous callers. */
  take(key: string): Promise<string | undefined>;
  /** Removes the value if it equals `expected`: true for exactly one caller. */
  takeIfEqual(key: string, expected: string): Promise<boolean>;
  peek(key: string): Promise<string | undefined>;
}

export interface Counter {
  readonly count: number;
  /** When the counter ends by itself. */
  readonly expiresAt: Date;
}

export interface CounterStore {
  /** Adds `by` (may be negative; never below 0) and gives the new count. `expiresAt` counts only when it is new. */
  add(key: string, by: number, expiresAt: Date): Promise<Counter>;
  read(key: string): Promise<Counter | undefined>;
  reset(key: string): Promise<void>;
}

export interface ProtocolStoreHealth {
  checkStore(): Promise<void>;
}
