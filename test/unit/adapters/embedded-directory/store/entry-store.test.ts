import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { getDescription } from '#adapters/embedded-directory/schema/attribute-description.ts';
import { createSchema } from '#adapters/embedded-directory/schema/schema.ts';
import { partOf } from '#adapters/embedded-directory/store/entry-codec.ts';
import { createEntryStore, storeSchema } from '#adapters/embedded-directory/store/entry-store.ts';
import { createIndexVersions, type IndexPart } from '#adapters/embedded-directory/store/index-versions.ts';
import { prepareIndexes } from '#adapters/embedded-directory/store/prepare-indexes.ts';

const schema = createSchema('');

function attributesOf(plain: Readonly<Record<string, string>>) {
  return new Map(
    Object.entries(plain).map(([key, value]) => [
      key,
      { description: getDescription(schema, key), values: [Buffer.from(value)] },
    ]),
  );
}

test('entries read together are those that are there, in the order of their ids, each as if read alone', () => {
  const database = new DatabaseSync(':memory:');
  database.exec(storeSchema);
  const store = createEntryStore(database, schema, createIndexVersions());
  for (const name of ['一', '二', '三']) {
    const attributes = attributesOf({ cn: name, sn: name });
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

test('each write counts for the parts of the index that it changes, and for no other', async () => {
  const database = new DatabaseSync(':memory:');
  database.exec(storeSchema);
  await prepareIndexes(database, schema, ['cn', 'sn']);
  const versions = createIndexVersions();
  const store = createEntryStore(database, schema, versions);
  const partOfName = new Map(
    database
      .prepare('SELECT id, name FROM indexed_attribute')
      .all()
      .map((row) => [String(row['name']), Number(row['id'])]),
  );
  const parts: IndexPart[] = [partOfName.get('cn') ?? 0, partOfName.get('sn') ?? 0, 'entries'];
  const changedBy = (write: () => void) => {
    const before = parts.map(versions.of);
    write();
    return parts.map((part, index) => versions.of(part) !== before[index]);
  };
  const load = () => store.load(1) ?? expect.unreachable();

  const attributes = attributesOf({ cn: 'a', title: 'x' });
  expect(changedBy(() => store.insert({ parent: undefined, key: 'cn=a', dn: 'cn=a', attributes }))).toEqual([
    true,
    false,
    true,
  ]);
  const write = (plain: Record<string, string>) => () => store.replaceAttributes(load(), attributesOf(plain));
  expect(changedBy(write({ cn: 'a', title: 'y' }))).toEqual([false, false, false]);
  expect(changedBy(write({ cn: 'b', sn: 's' }))).toEqual([true, true, false]);
  expect(changedBy(write({ cn: 'b' }))).toEqual([false, true, false]);
  expect(changedBy(() => store.move(load(), { parent: 1, key: 'cn=c', dn: 'cn=c' }))).toEqual([
    false,
    false,
    true,
  ]);
  expect(changedBy(() => store.remove(load()))).toEqual([true, false, true]);
});
