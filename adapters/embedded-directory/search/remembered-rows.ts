import type { DatabaseSync } from 'node:sqlite';
import type { IndexPart, IndexVersions } from '../store/index-versions.ts';

/** Results kept, the last used ones. */
const mostResults = 16;
/** A result of more rows is not kept. */
const mostRows = 50_000;

/** What `read` gave for `key`, while the part of the index that it reads is as it was then, whoever writes to it. */
export type RememberRows = (
  key: string,
  part: IndexPart,
  read: () => readonly number[],
  isWorthKeeping: (rows: readonly number[]) => boolean,
) => readonly number[];

/**
 * One list is several searches that look through the same part of the index. SQLite tells whether other connections have
 * changed the file (`data_version`), `versions` what this one has written.
 */
export function createRememberedRows(database: DatabaseSync, versions: IndexVersions): RememberRows {
  const fileVersion = database.prepare('SELECT data_version FROM pragma_data_version');
  fileVersion.setReturnArrays(true);
  const kept = new Map<string, { readonly version: string; readonly rows: readonly number[] }>();

  return (key, part, read, isWorthKeeping) => {
    // What a transaction has written may be undone.
    if (database.isTransaction) return read();
    // Before reading: what is written meanwhile makes the rows too old, never the version too new.
    const [others] = fileVersion.get() as unknown as [number];
    const version = `${others} ${versions.of(part)}`;
    const known = kept.get(key);
    kept.delete(key);
    const isKnown = known?.version === version;
    const rows = isKnown ? known.rows : read();
    if (!isKnown && (rows.length > mostRows || !isWorthKeeping(rows))) return rows;
    kept.set(key, { version, rows });
    const [oldest] = kept.keys();
    if (kept.size > mostResults && oldest !== undefined) kept.delete(oldest);
    return rows;
  };
}
