import type { DatabaseSync } from 'node:sqlite';

/** Results kept, the last used ones. */
const mostResults = 16;
/** A result of more rows is not kept. */
const mostRows = 50_000;

/** What `read` gave for `key`, while the file is as it was then, whoever writes to it. */
export type RememberRows = (
  key: string,
  read: () => readonly number[],
  isWorthKeeping: (rows: readonly number[]) => boolean,
) => readonly number[];

/**
 * One list is several searches that look through the same part of the index. SQLite tells whether the file has
 * changed: `data_version` by the commits of other connections, `total_changes` by those of this one.
 */
export function createRememberedRows(database: DatabaseSync): RememberRows {
  const version = database.prepare(
    'SELECT data_version AS others, total_changes() AS own FROM pragma_data_version',
  );
  const kept = new Map<string, readonly number[]>();
  let valid = '';

  return (key, read, isWorthKeeping) => {
    // What a transaction has written may be undone.
    if (database.isTransaction) return read();
    // Before reading: what is written meanwhile makes the rows too old, never the version too new.
    const { others, own } = version.get() as { others: number; own: number };
    const now = `${others} ${own}`;
    if (now !== valid) kept.clear();
    valid = now;
    const known = kept.get(key);
    const rows = known ?? read();
    kept.delete(key);
    if (known === undefined && (rows.length > mostRows || !isWorthKeeping(rows))) return rows;
    kept.set(key, rows);
    const [oldest] = kept.keys();
    if (kept.size > mostResults && oldest !== undefined) kept.delete(oldest);
    return rows;
  };
}
