/**
 * The entries and their index in SQLite. Nothing about them is kept in memory, because other processes may write the
 * same file: what a change depends on is read inside its BEGIN IMMEDIATE, what a search reads is read afresh (but for
 * search/remembered-rows.ts, which asks SQLite whether the file is still the same).
 */
import type { DatabaseSync } from 'node:sqlite';
import { retryBusy } from '#adapters/sqlite/retry-busy.ts';
import { subtreeRange } from '../schema/naming.ts';
import type { Schema } from '../schema/schema.ts';
import type { Entry, StoredAttribute } from './entry.ts';
import { createEntryCodec, type EntryPart } from './entry-codec.ts';
import { indexKeysOf } from './index-keys.ts';
import type { IndexVersions } from './index-versions.ts';

export const storeSchema = `
  CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent INTEGER REFERENCES entry (id),
    name TEXT NOT NULL UNIQUE,
    dn TEXT NOT NULL,
    attributes TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS entry_parent ON entry (parent);
  CREATE TABLE IF NOT EXISTS indexed_attribute (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS value_index (
    attribute INTEGER NOT NULL,
    value TEXT NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (attribute, value, entry)
  ) WITHOUT ROWID;
`;

export interface NewEntry {
  readonly parent: number | undefined;
  readonly key: string;
  readonly dn: string;
  readonly attributes: ReadonlyMap<string, StoredAttribute>;
}

export interface EntryStore {
  /** Runs `work` alone among all processes, in one durable transaction; what it throws undoes everything. */
  transact<T>(work: () => T): Promise<T>;
  find(key: string): Entry | undefined;
  load(id: number): Entry | undefined;
  /** Those of `ids` that are there, in growing order of ids; with `part`, those of their attributes at least. */
  loadAll(ids: readonly number[], part?: EntryPart): Entry[];
  hasChildren(id: number): boolean;
  /** Ids of the entries that have a value indexed under `indexKey`, at most `limit`. */
  holdersOf(attribute: string, indexKey: string, limit: number): number[];
  insert(entry: NewEntry): void;
  replaceAttributes(entry: Entry, attributes: ReadonlyMap<string, StoredAttribute>): void;
  /** Gives the entry another name and place, and all below it the names that follow. */
  move(entry: Entry, to: { readonly parent: number; readonly key: string; readonly dn: string }): void;
  remove(entry: Entry): void;
}

interface EntryRow {
  readonly id: number;
  readonly parent: number | null;
  readonly name: string;
  readonly dn: string;
  readonly attributes: string;
}

type EntryColumns = [id: number, parent: number | null, name: string, dn: string, attributes: string];

export function createEntryStore(
  database: DatabaseSync,
  schema: Schema,
  versions: IndexVersions,
): EntryStore {
  const codec = createEntryCodec(schema);
  const byName = database.prepare('SELECT * FROM entry WHERE name = ?');
  const byId = database.prepare('SELECT * FROM entry WHERE id = ?');
  // One statement for many: most of what a small one costs is to begin and to end it.
  const byIds = database.prepare(
    `SELECT id, parent, name, dn, attributes FROM entry WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
  );
  byIds.setReturnArrays(true);
  const child = database.prepare('SELECT 1 FROM entry WHERE parent = ? LIMIT 1');
  const insertEntry = database.prepare(
    'INSERT INTO entry (parent, name, dn, attributes) VALUES (?, ?, ?, ?)',
  );
  const updateEntry = database.prepare('UPDATE entry SET attributes = ? WHERE id = ?');
  const moveEntry = database.prepare('UPDATE entry SET parent = ?, name = ?, dn = ? WHERE id = ?');
  // A name ends with the name of its parent, whatever its length in characters, as SQLite counts them too.
  const moveBelow = database.prepare(
    `UPDATE entry SET name = ? || substr(name, length(?) + 1), dn = substr(dn, 1, length(dn) - length(?)) || ?
     WHERE name > ? AND name < ?`,
  );
  const deleteEntry = database.prepare('DELETE FROM entry WHERE id = ?');
  const indexed = database.prepare('SELECT id, name FROM indexed_attribute');
  const insertIndex = database.prepare(
    'INSERT OR IGNORE INTO value_index (attribute, value, entry) VALUES (?, ?, ?)',
  );
  const deleteIndex = database.prepare(
    'DELETE FROM value_index WHERE attribute = ? AND value = ? AND entry = ?',
  );
  const holders = database.prepare(
    `SELECT entry FROM value_index WHERE value = ? AND attribute = (SELECT id FROM indexed_attribute WHERE name = ?)
     LIMIT ?`,
  );

  function toEntry(row: unknown): Entry | undefined {
    if (row === undefined) return undefined;
    const { id, parent, name, dn, attributes } = row as EntryRow;
    return { id, parent: parent ?? undefined, key: name, dn, attributes: codec.decode(attributes) };
  }

  /** `<attribute id> <index key>` of everything that `attributes` puts into the index as the file has it now. */
  function indexRows(attributes: ReadonlyMap<string, StoredAttribute>): Map<string, [number, string]> {
    const rows = new Map<string, [number, string]>();
    const ids = new Map((indexed.all() as { id: number; name: string }[]).map(({ id, name }) => [name, id]));
    for (const attribute of attributes.values()) {
      const id = ids.get(attribute.description.type.key);
      if (id === undefined) continue;
      for (const key of indexKeysOf(schema, attribute)) rows.set(`${id} ${key}`, [id, key]);
    }
    return rows;
  }

  function addRow(attribute: number, value: string, entry: number | bigint): void {
    insertIndex.run(attribute, value, entry);
    versions.countWrite(attribute);
  }

  function removeRow(attribute: number, value: string, entry: number): void {
    deleteIndex.run(attribute, value, entry);
    versions.countWrite(attribute);
  }

  return {
    transact: (work) =>
      retryBusy(() => {
        database.exec('BEGIN IMMEDIATE');
        try {
          const result = work();
          database.exec('COMMIT');
          return result;
        } catch (error) {
          if (database.isTransaction) database.exec('ROLLBACK');
          throw error;
        }
      }),
    find: (key) => toEntry(byName.get(key)),
    load: (id) => toEntry(byId.get(id)),
    loadAll: (ids, part) =>
      (byIds.all(JSON.stringify(ids)) as unknown as EntryColumns[]).map(
        ([id, parent, key, dn, attributes]) => ({
          id,
          parent: parent ?? undefined,
          key,
          dn,
          attributes: codec.decode(attributes, part),
        }),
      ),
    hasChildren: (id) => child.get(id) !== undefined,
    holdersOf: (attribute, indexKey, limit) =>
      holders.all(indexKey, attribute, limit).map((row) => Number(row['entry'])),
    insert({ parent, key, dn, attributes }) {
      const { lastInsertRowid } = insertEntry.run(parent ?? null, key, dn, codec.encode(attributes));
      for (const [attribute, value] of indexRows(attributes).values()) {
        addRow(attribute, value, lastInsertRowid);
      }
      versions.countWrite('entries');
    },
    replaceAttributes(entry, attributes) {
      updateEntry.run(codec.encode(attributes), entry.id);
      const before = indexRows(entry.attributes);
      const after = indexRows(attributes);
      for (const [row, [attribute, value]] of before) {
        if (!after.has(row)) removeRow(attribute, value, entry.id);
      }
      for (const [row, [attribute, value]] of after) {
        if (!before.has(row)) addRow(attribute, value, entry.id);
      }
    },
    move(entry, { parent, key, dn }) {
      const { from, to } = subtreeRange(entry.key);
      moveEntry.run(parent, key, dn, entry.id);
      moveBelow.run(key, entry.key, entry.dn, dn, from, to);
      versions.countWrite('entries');
    },
    remove(entry) {
      for (const [attribute, value] of indexRows(entry.attributes).values()) {
        removeRow(attribute, value, entry.id);
      }
      deleteEntry.run(entry.id);
      versions.countWrite('entries');
    },
  };
}
