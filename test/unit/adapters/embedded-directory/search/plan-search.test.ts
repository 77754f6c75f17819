import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Filter } from '#adapters/embedded-directory/protocol/ldap-message.ts';
import {
  findDescription,
  getDescription,
} from '#adapters/embedded-directory/schema/attribute-description.ts';
import { createSchema } from '#adapters/embedded-directory/schema/schema.ts';
import { compileFilter } from '#adapters/embedded-directory/search/condition.ts';
import { createEntryIndex, type EntryIndex } from '#adapters/embedded-directory/search/entry-index.ts';
import { planSearch } from '#adapters/embedded-directory/search/plan-search.ts';
import { createEntryStore, storeSchema } from '#adapters/embedded-directory/store/entry-store.ts';
import { createIndexVersions } from '#adapters/embedded-directory/store/index-versions.ts';
import { prepareIndexes } from '#adapters/embedded-directory/store/prepare-indexes.ts';

const schema = createSchema('');
const entries = 2000;

function attributesOf(plain: Record<string, string>) {
  return new Map(
    Object.entries(plain).map(([name, value]) => {
      const description = getDescription(schema, name);
      return [description.key, { description, values: [Buffer.from(value)] }];
    }),
  );
}

describe('the plan of a search', () => {
  const database = new DatabaseSync(':memory:');
  const versions = createIndexVersions();
  let index: EntryIndex;

  beforeAll(async () => {
    database.exec(storeSchema);
    const store = createEntryStore(database, schema, versions);
    await store.transact(() => {
      for (let number = 0; number < entries; number += 1) {
        const sn = number % 2 === 0 ? 'even' : 'odd';
        const attributes = attributesOf({ objectClass: 'person', cn: `n${number}`, sn, title: 'x' });
        store.insert({ parent: undefined, key: `cn=n${number}`, dn: `cn=n${number}`, attributes });
      }
    });
    await prepareIndexes(database, schema, ['objectClass', 'cn', 'sn']); // over entries that are there already
    index = createEntryIndex(database, versions);
  });

  const equality = (attribute: string, value: string): Filter => ({
    kind: 'equality',
    attribute,
    value: Buffer.from(value),
  });
  const prefix = (attribute: string, initial: string): Filter => ({
    kind: 'substrings',
    attribute,
    initial: Buffer.from(initial),
    any: [],
    final: undefined,
  });
  const candidates = (filter: Filter) => {
    const next = planSearch(
      schema,
      index,
      compileFilter(schema, filter, () => false),
      index.everything(),
    );
    const found: number[] = [];
    for (let ids = next(0, 64); ids.length > 0; ids = next(found.at(-1) ?? 0, 64)) found.push(...ids);
    return found;
  };

  test.each<[string, Filter, number]>([
    ['one value', equality('cn', 'N7'), 1],
    [
      'the smallest part of an and',
      {
        kind: 'and',
        parts: [equality('objectClass', 'person'), equality('sn', 'odd'), equality('cn', 'n7')],
      },
      1,
    ],
    [
      'the parts of an or together',
      { kind: 'or', parts: [equality('cn', 'n7'), equality('cn', 'n8'), equality('cn', 'n7')] },
      2,
    ],
    ['a beginning', prefix('cn', 'n49'), 11],
    ['a value or beginnings', { kind: 'or', parts: [equality('cn', 'n4'), prefix('cn', 'n49')] }, 12],
    ['a value nobody has', equality('cn', 'nobody'), 0],
    ['an unknown attribute', equality('nonesuch', 'x'), 0],
    ['a common value', equality('sn', 'even'), entries / 2],
    [
      'what two common parts of an and have in common',
      { kind: 'and', parts: [equality('sn', 'odd'), prefix('cn', 'n1')] },
      556,
    ],
    ['an inherited class', equality('objectClass', 'top'), entries],
    ['an attribute without index', equality('title', 'x'), entries],
    [
      'an or with a part without index',
      { kind: 'or', parts: [equality('cn', 'n7'), equality('title', 'x')] },
      entries,
    ],
    ['a not', { kind: 'not', part: equality('cn', 'n7') }, entries],
    [
      'an ending',
      { kind: 'substrings', attribute: 'cn', initial: undefined, any: [], final: Buffer.from('7') },
      542,
    ],
  ])('%s', (_, filter, expected) => {
    const found = candidates(filter);
    expect(found).toHaveLength(expected);
    expect(found).toEqual([...new Set(found)].sort((left, right) => left - right));
  });

  test('the index follows changes and removals', async () => {
    const store = createEntryStore(database, schema, versions);
    const entry = store.find('cn=n7');
    if (entry === undefined) throw new Error('no entry');
    await store.transact(() =>
      store.replaceAttributes(entry, attributesOf({ objectClass: 'person', cn: 'renamed' })),
    );
    expect(candidates(equality('cn', 'n7'))).toEqual([]);
    expect(candidates(equality('cn', 'renamed'))).toEqual([entry.id]);
    const changed = store.find('cn=n7');
    await store.transact(() => changed && store.remove(changed));
    expect(candidates(equality('cn', 'renamed'))).toEqual([]);
    expect(
      database.prepare('SELECT count(*) AS n FROM value_index WHERE entry = ?').get(entry.id)?.['n'],
    ).toBe(0);
    expect(findDescription(schema, 'cn')).toBeDefined();
  });

  test('a long value is found by its beginning', async () => {
    const store = createEntryStore(database, schema, versions);
    const cn = '長'.repeat(1000);
    const attributes = attributesOf({ objectClass: 'person', cn });
    await store.transact(() =>
      store.insert({ parent: undefined, key: 'cn=long', dn: 'cn=long', attributes }),
    );
    expect(candidates(equality('cn', cn))).toHaveLength(1);
    expect(candidates(prefix('cn', cn.slice(0, 700)))).toHaveLength(1);
    const any = [Buffer.from(`${cn.slice(0, 500)}`)];
    expect(
      candidates({ kind: 'substrings', attribute: 'cn', initial: undefined, any, final: undefined }),
    ).toHaveLength(1);
  });
});
