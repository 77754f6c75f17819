/** Slices of the entries that SQLite can give without reading all of them. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { endOfPrefix, longestKey, truncateKey } from '../store/index-keys.ts';
import { subtreeRange } from '../schema/naming.ts';
import type { IndexPart, IndexVersions } from '../store/index-versions.ts';
import { createRememberedRows } from './remembered-rows.ts';

/** A set of entries; it holds at least those it stands for. */
export interface Slice {
  /** How many, counted up to `limit`. */
  count(limit: number): number;
  /** All ids above `after`, in any order, doubles possible. */
  ids(after: number): readonly number[];
  /** The next ids above `after` in growing order, where the index gives them so without sorting. */
  readonly next?: (after: number, limit: number) => number[];
  /** Counting reads all values of an attribute: to be tried when the others have failed. */
  readonly costly?: boolean;
}

export interface EntryIndex {
  /** Undefined when the attribute is not indexed. */
  equality(attribute: string, key: string): Slice | undefined;
  prefix(attribute: string, prefix: string): Slice | undefined;
  /** Values with `piece` somewhere in them: reads the values of one attribute instead of whole entries. */
  contains(attribute: string, piece: string): Slice | undefined;
  present(attribute: string): Slice | undefined;
  children(parent: number): Slice;
  subtree(key: string): Slice;
  everything(): Slice & Required<Pick<Slice, 'next'>>;
}

/** Rows that take long enough to read that they are remembered. */
const longRead = 500;

export function createEntryIndex(database: DatabaseSync, versions: IndexVersions): EntryIndex {
  const remember = createRememberedRows(database, versions);
  const statements = new Map<string, StatementSync>();
  function rows(sql: string, ...values: SQLInputValue[]): number[] {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = database.prepare(sql);
      statement.setReturnArrays(true);
      statements.set(sql, statement);
    }
    return (statement.all(...values) as unknown as [number][]).map(([first]) => first);
  }

  /** `where` selects from the part; a part by its number is the first of `values`. */
  function slice(
    part: IndexPart,
    where: string,
    values: SQLInputValue[],
    { ordered = false, costly = false }: { readonly ordered?: boolean; readonly costly?: boolean } = {},
  ): Slice {
    const [table, column] = part === 'entries' ? ['entry', 'id'] : ['value_index', 'entry'];
    const from = `FROM ${table} WHERE ${where}`;
    const above = `SELECT ${column} ${from} AND ${column} > ?`;
    const count = (limit: number) =>
      rows(`SELECT count(*) FROM (SELECT 1 ${from} LIMIT ?)`, ...values, limit);
    const key = (what: string | number) => JSON.stringify([where, values, what]);
    const whole = {
      count: (limit: number) => {
        const counted =
          limit < longRead
            ? count(limit)
            : remember(
                key(limit),
                part,
                () => count(limit),
                ([found = 0]) => costly || found >= longRead,
              );
        return counted[0] ?? 0;
      },
      ids: (after: number) => {
        const all = remember(
          key('ids'),
          part,
          () => rows(above, ...values, 0),
          ({ length }) => costly || length >= longRead,
        );
        return after === 0 ? all : all.filter((id) => id > after);
      },
      costly,
    };
    if (!ordered) return whole;
    return {
      ...whole,
      next: (after, limit) => rows(`${above} ORDER BY ${column} LIMIT ?`, ...values, after, limit),
    };
  }

  /** The set only ever grows (prepareIndexes), so what was once found stays true. */
  const attributeIds = new Map<string, number>();
  function attributeId(name: string): number | undefined {
    let id = attributeIds.get(name);
    if (id === undefined) {
      id = rows('SELECT id FROM indexed_attribute WHERE name = ?', name)[0];
      if (id !== undefined) attributeIds.set(name, id);
    }
    return id;
  }

  return {
    equality(attribute, key) {
      const id = attributeId(attribute);
      if (id === undefined) return undefined;
      return slice(id, 'attribute = ? AND value = ?', [id, truncateKey(key)], {
        ordered: true,
      });
    },
    prefix(attribute, prefix) {
      const id = attributeId(attribute);
      if (id === undefined) return undefined;
      const from = truncateKey(prefix);
      const to = endOfPrefix(from);
      return to === undefined
        ? slice(id, 'attribute = ? AND value >= ?', [id, from])
        : slice(id, 'attribute = ? AND value >= ? AND value < ?', [id, from, to]);
    },
    contains(attribute, piece) {
      const id = attributeId(attribute);
      if (id === undefined) return undefined;
      // What was cut off a long value may hold the piece; a cut value has at least half of the longest length.
      const where = 'attribute = ? AND (instr(value, ?) > 0 OR length(value) >= ?)';
      const values = [id, truncateKey(piece), longestKey / 2 - 1];
      return slice(id, where, values, { costly: true });
    },
    present(attribute) {
      const id = attributeId(attribute);
      return id === undefined ? undefined : slice(id, 'attribute = ?', [id]);
    },
    children: (parent) => slice('entries', 'parent = ?', [parent], { ordered: true }),
    subtree(key) {
      const { from, to } = subtreeRange(key);
      return slice('entries', '(name = ? OR (name > ? AND name < ?))', [key, from, to]);
    },
    everything() {
      return {
        count: (limit) => rows('SELECT count(*) FROM (SELECT 1 FROM entry LIMIT ?)', limit)[0] ?? 0,
        ids: (after) => rows('SELECT id FROM entry WHERE id > ?', after),
        next: (after, limit) => rows('SELECT id FROM entry WHERE id > ? ORDER BY id LIMIT ?', after, limit),
      };
    },
  };
}
