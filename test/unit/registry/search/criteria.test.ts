import { expect, test } from 'vitest';
import { hrefOf, judgeCriteria, listView, typedCriteria } from '#registry/search/criteria.ts';

const now = new Date('2026-05-31T04:00:00Z');
const judged = (texts: Record<string, string>) => judgeCriteria(typedCriteria(texts), now);

test('what is typed becomes criteria, nothing at all becomes none', () => {
  expect(judged({})).toEqual({ ok: true, criteria: {} });
  expect(
    judged({
      unit: '1.2.3',
      name: ' 王 ',
      nationalId: 'a123456789',
      status: 'enabled',
      role: 'csm_user',
      category: 'csm',
      never: 'yes',
    }),
  ).toEqual({
    ok: true,
    criteria: {
      underOid: '1.2.3',
      nameKeyword: '王',
      nationalId: 'A123456789',
      status: 'enabled',
      role: 'csm_user',
      category: 'csm',
      neverLoggedIn: true,
    },
  });
});

test('months are counted back, to the last day of a shorter one', () => {
  expect(judged({ dormant: '3' })).toMatchObject({
    criteria: { dormantSince: new Date('2026-02-28T04:00:00Z') },
  });
  expect(judged({ dormant: '12' })).toMatchObject({
    criteria: { dormantSince: new Date('2025-05-31T04:00:00Z') },
  });
});

test.each([
  ['unit', '1.02'],
  ['nationalId', 'A123456788'],
  ['status', 'gone'],
  ['role', 'A B'],
  ['category', '*'],
  ['dormant', '0'],
  ['never', 'no'],
])('%s %j is a fault', (name, value) => {
  expect(judged({ [name]: value })).toEqual({ ok: false, faults: [name] });
});

test('no address holds a name or a national ID, whatever else it holds', () => {
  const typed = typedCriteria({ unit: '1.2', name: '王小明', nationalId: 'A123456789' });
  const href = decodeURIComponent(hrefOf({ typed, token: 't', view: listView({}) }));
  expect(href).toBe('/registry/accounts?unit=1.2&search=t');
  expect(hrefOf({ typed: { ...typed, name: '' }, token: 't', view: listView({}) })).toContain(
    'search=t&without=name',
  );
  expect(
    hrefOf({ typed: { ...typed, name: '', nationalId: '' }, token: 't', view: listView({}) }),
  ).not.toContain('search');
});

test('how the list is looked at reads back from its address, and nonsense is the beginning', () => {
  const view = { order: 'unit', descending: true, size: 100, page: 3, from: 0 } as const;
  const place = { typed: typedCriteria({}), token: undefined };
  const query = Object.fromEntries(new URL(hrefOf({ ...place, view }), 'http://x').searchParams);
  expect(listView(query)).toEqual(view);
  expect(listView({ order: 'x', size: '7', page: '-1', cursor: ['a'] })).toEqual(listView({}));
});
