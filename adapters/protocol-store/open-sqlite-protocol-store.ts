/**
 * The embedded protocol store: one SQLite file in WAL mode that several processes may share.
 * Owns the file and its tables. Each operation is one statement, atomic across processes; expiry is judged in
 * every statement by the injected clock, and expired rows are deleted later, in small batches, by `sweep`.
 */
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type {
  CounterStore,
  OneTimeStore,
  ProtocolStore,
  ProtocolStoreHealth,
} from '#domain/protocol-store.ts';
import { openSqliteFile } from '../sqlite/open-file.ts';
import { asStoreError, isBusy } from '../sqlite/store-errors.ts';
import { createCounters } from './sqlite-counters.ts';
import { createPrepare } from './sqlite-engine.ts';
import { createOneTime } from './sqlite-one-time.ts';
import { createRecords } from './sqlite-records.ts';
import { schema, tables } from './sqlite-schema.ts';

export interface SqliteProtocolStoreOptions {
  readonly file: string;
  readonly synchronous: 'NORMAL' | 'FULL';
  readonly clock: Clock;
  readonly log: Log;
}

export interface SqliteProtocolStore {
  readonly records: ProtocolStore;
  readonly oneTime: OneTimeStore;
  readonly counters: CounterStore;
  readonly health: ProtocolStoreHealth;
  /**
   * Deletes up to `limit` expired rows and gives how many it found; nothing when another process is writing.
   * Throws `store-unavailable`.
   */
  sweep(limit: number): number;
  close(): void;
}

/** Opens the store, creating file (mode 0600) and tables. Throws `store-unavailable`. */
export function openSqliteProtocolStore(options: SqliteProtocolStoreOptions): SqliteProtocolStore {
  const { file, synchronous, clock, log } = options;
  const database = openSqliteFile({ file, synchronous, schema });
  const prepare = createPrepare(database, clock);
  const probe = prepare(
    'INSERT INTO probe (id, at) VALUES (1, :now) ON CONFLICT (id) DO UPDATE SET at = :now',
  );
  const sweeps = tables.map((table) =>
    database.prepare(
      `DELETE FROM ${table} WHERE rowid IN
         (SELECT rowid FROM ${table} WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit)`,
    ),
  );

  return {
    records: createRecords(prepare),
    oneTime: createOneTime(prepare),
    counters: createCounters(prepare),
    health: {
      /** Writes, since a full or read-only disk still answers reads. */
      async checkStore() {
        await probe.rows({});
      },
    },
    sweep(limit) {
      const now = clock.now().getTime();
      let swept = 0;
      for (const statement of sweeps) {
        if (swept >= limit) break;
        try {
          swept += Number(statement.run({ now, limit: limit - swept }).changes);
        } catch (error) {
          if (isBusy(error)) break;
          throw asStoreError(error);
        }
      }
      if (swept > 0) log.debug('protocol-store-swept', { rows: swept });
      return swept;
    },
    close() {
      if (database.isOpen) database.close();
    },
  };
}
