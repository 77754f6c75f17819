import type { DatabaseSync } from 'node:sqlite';
import { retryBusy } from '#adapters/sqlite/retry-busy.ts';
import type { Schema } from '../schema/schema.ts';
import { createEntryCodec } from './entry-codec.ts';
import { indexKeysOf } from './index-keys.ts';

/**
 * Brings the attributes named into the index, one transaction for each that is new to this file, with the values of
 * the entries there are. The file says what is indexed, and only ever gains: processes that were started with fewer
 * attributes go on writing all of them. Throws on an attribute that is unknown or cannot be indexed.
 */
export async function prepareIndexes(
  database: DatabaseSync,
  schema: Schema,
  attributes: readonly string[],
): Promise<void> {
  const codec = createEntryCodec(schema);
  const known = database.prepare('SELECT 1 FROM indexed_attribute WHERE name = ?');
  const add = database.prepare('INSERT INTO indexed_attribute (name) VALUES (?)');
  const insert = database.prepare(
    'INSERT OR IGNORE INTO value_index (attribute, value, entry) VALUES (?, ?, ?)',
  );
  const entries = database.prepare('SELECT id, attributes FROM entry');

  for (const name of attributes) {
    const type = schema.findAttributeType(name);
    if (type?.equality?.indexable !== true) throw new Error(`embedded directory: ${name} cannot be indexed`);
    await retryBusy(() => {
      if (known.get(type.key) !== undefined) return;
      database.exec('BEGIN IMMEDIATE');
      try {
        if (known.get(type.key) === undefined) {
          const { lastInsertRowid } = add.run(type.key);
          for (const row of entries.iterate()) {
            for (const attribute of codec.decode(String(row['attributes'])).values()) {
              if (attribute.description.type !== type) continue;
              for (const key of indexKeysOf(schema, attribute))
                insert.run(lastInsertRowid, key, Number(row['id']));
            }
          }
        }
        database.exec('COMMIT');
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    });
  }
}
