import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { getDescription } from '#adapters/embedded-directory/schema/attribute-description.ts';
import { createSchema } from '#adapters/embedded-directory/schema/schema.ts';
import { partOf } from '#adapters/embedded-directory/store/entry-codec.ts';
import { createEntryStore, storeSchema } from '#adapters/embedded-directory/store/entry-store.ts';

const schema = createSchema('');

test('entries read together are those that are there, in the order of their ids, each as if read alone', () => {
  const database = new DatabaseSync(':memory:');
  database.exec(storeSchema);
  const store = createEntryStore(database, schema);
  for (const name of ['一', '二', '三']) {
    const values = [Buffer.from(name)];
    const attributes = new Map(
      ['cn', 'sn'].map((key) => [key, { description: getDescription(schema, key), values }]),
    );
    store.insert({ parent: name === '一' ? undefined : 1, key: name, dn: `cn=${name}`, attributes });
  }
  const entries = store.loadAll([3, 99, 1, 3]);
  expect(entries.map(({ id, parent, key, dn }) => [id, parent, key, dn])).toEqual([
    [1, undefined, '一', 'cn=一'],
    [3, 1, '三', 'cn=三'],
  ]);
  expect(entries.map(({ attributes }) => attributes.get('sn')?.values.map(String))).toEqual([['一'], ['三']]);
  const part = partOf([schema.findAttributeType('cn') ?? expect.unreachable()]);
  expect(store.loadAll([2], part).map(({ attributes }) => [...attributes.keys()])).toEqual([['cn']]);
  expect(store.loadAll([])).toEqual([]);
});
