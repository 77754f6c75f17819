import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '#domain/clock.ts';
import { retryBusy } from '../sqlite/retry-busy.ts';

export type Row = Record<string, string | number | null>;
/** Named parameters, without the colon. `now` is added to every statement that names it. */
export type Parameters = Readonly<Record<string, string | number>>;

/** One prepared statement; every operation of the store is the run of one, so SQLite itself makes it atomic. */
export interface Operation {
  /** All rows that the statement gives. Throws `store-unavailable`. */
  rows(parameters: Parameters): Promise<readonly Row[]>;
  /** The first of them. */
  row(parameters: Parameters): Promise<Row | undefined>;
}

export type Prepare = (sql: string) => Operation;

export function createPrepare(database: DatabaseSync, clock: Clock): Prepare {
  return (sql) => {
    const statement = database.prepare(sql);
    const usesNow = sql.includes(':now');
    const run = (parameters: Parameters): readonly Row[] => {
      const named = usesNow ? { ...parameters, now: clock.now().getTime() } : parameters;
      // Columns of our STRICT tables are text, integer or null: no blobs, no integers beyond 2^53.
      return statement.all(named) as Row[];
    };
    return {
      rows: (parameters) => retryBusy(() => run(parameters)),
      row: async (parameters) => (await retryBusy(() => run(parameters)))[0],
    };
  };
}

export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`column ${column} holds no text`);
  return value;
}

export function timeOf(row: Row, column: string): Date {
  return new Date(numberOf(row, column));
}

export function numberOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`column ${column} holds no number`);
  return value;
}
