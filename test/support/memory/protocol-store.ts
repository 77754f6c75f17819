import type { Clock } from '#domain/clock.ts';
import type { ProtocolStore, StoredRecord } from '#domain/protocol-store.ts';

export interface MemoryProtocolStore extends ProtocolStore {
  /** Every operation so far, e.g. `get Session:abc`. */
  readonly operations: string[];
  keys(): readonly string[];
}

/** A protocol store in a map, each operation answering in a later turn of the event loop. */
export function createMemoryProtocolStore(clock: Clock): MemoryProtocolStore {
  interface Entry {
    record: StoredRecord;
    readonly expiresAt: Date;
  }
  const records = new Map<string, Entry>();
  const sets = new Map<string, Set<string>>();
  const operations: string[] = [];

  const turn = async (operation: string): Promise<void> => {
    operations.push(operation);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const alive = (key: string): Entry | undefined => {
    const entry = records.get(key);
    return entry && entry.expiresAt > clock.now() ? entry : undefined;
  };

  return {
    operations,
    keys: () => [...records.keys()].filter((key) => alive(key)),
    async put(key, value, expiresAt) {
      await turn(`put ${key}`);
      const consumedAt = alive(key)?.record.consumedAt;
      records.set(key, { record: { value, ...(consumedAt && { consumedAt }) }, expiresAt });
    },
    async replace(key, value, expiresAt) {
      await turn(`replace ${key}`);
      const entry = alive(key);
      if (entry) records.set(key, { record: { ...entry.record, value }, expiresAt });
      return entry !== undefined;
    },
    async get(key) {
      await turn(`get ${key}`);
      return alive(key)?.record;
    },
    async consume(key) {
      await turn(`consume ${key}`);
      const entry = alive(key);
      if (!entry || entry.record.consumedAt) return false;
      entry.record = { ...entry.record, consumedAt: clock.now() };
      return true;
    },
    async remove(key) {
      await turn(`remove ${key}`);
      records.delete(key);
    },
    async link(set, member) {
      await turn(`link ${set}`);
      sets.set(set, (sets.get(set) ?? new Set()).add(member));
    },
    async linked(set) {
      await turn(`linked ${set}`);
      return [...(sets.get(set) ?? [])];
    },
    async unlink(set) {
      await turn(`unlink ${set}`);
      sets.delete(set);
    },
  };
}
