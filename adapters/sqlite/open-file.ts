import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { asStoreError } from './store-errors.ts';

export interface SqliteFileOptions {
  readonly file: string;
  /** FULL: a committed change survives a power cut. NORMAL: it survives the death of the process. */
  readonly synchronous: 'FULL' | 'NORMAL';
  /** Longest time in milliseconds that a statement may block the event loop waiting for another process. */
  readonly busyTimeoutMs?: number;
  /** Statements that create what is missing, run in one transaction. */
  readonly schema?: string;
}

/** Opening waits longer than a request may: another process may be switching the file to WAL. */
const openingTimeoutMs = 5000;
const defaultBusyTimeoutMs = 25;

/**
 * Opens or creates the file with mode 0600 (SQLite gives its -wal and -shm files the same mode) in WAL mode, so
 * that readers and the one writer of several processes do not block each other. Throws `store-unavailable`.
 */
export function openSqliteFile(options: SqliteFileOptions): DatabaseSync {
  const { file, synchronous, busyTimeoutMs = defaultBusyTimeoutMs, schema } = options;
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
    database = new DatabaseSync(file, { timeout: openingTimeoutMs });
    database.exec('PRAGMA journal_mode = WAL');
    database.exec(`PRAGMA synchronous = ${synchronous}`);
    if (schema !== undefined) database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT;`);
    return database;
  } catch (error) {
    database?.close();
    throw asStoreError(error);
  } finally {
    if (database?.isOpen) database.exec(`PRAGMA busy_timeout = ${Math.trunc(busyTimeoutMs)}`);
  }
}
