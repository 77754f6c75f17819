/** Walking a list by windows of id beginnings, whatever its size and shape. */
import { OrFilter, SubstringFilter, type Filter } from 'ldapts';
import { expect, test } from 'vitest';
import { readEntry } from '#adapters/directory/ldap-values.ts';
import { isFarBeyond, walkById, type SearchWindow } from '#adapters/directory/walk-by-id.ts';

function beginningsOf(window: Filter): string[] {
  if (!(window instanceof OrFilter)) return expect.unreachable('a window is a choice of beginnings');
  return window.filters.map((filter) =>
    filter instanceof SubstringFilter ? filter.initial : expect.unreachable('of beginnings alone'),
  );
}

function serverOf(ids: readonly string[]) {
  const asked: { readonly beginnings: number; readonly found: number }[] = [];
  const search: SearchWindow = async (window, limit) => {
    const beginnings = beginningsOf(window);
    const found = ids
      .filter((id) => beginnings.some((beginning) => id.startsWith(beginning)))
      .slice(0, limit);
    asked.push({ beginnings: beginnings.length, found: found.length });
    return found.map((uid) => readEntry({ dn: `uid=${uid}`, uid }));
  };
  return { search, asked };
}

async function idsOf(search: SearchWindow, after = ''): Promise<string[]> {
  const ids = [];
  for await (const entry of walkById(search, after, 100)) ids.push(entry.find('uid') ?? '');
  return ids;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
/** Ids spread evenly, in no order. */
const spread = (count: number) =>
  Array.from({ length: count }, (_, n) => {
    let rest = Math.imul(n + 1, 0x9e3779b1) >>> 0;
    const characters = Array.from({ length: 6 }, () => {
      const character = alphabet[rest & 31];
      rest = Math.floor(rest / 32);
      return character;
    });
    return `${characters.join('')}${n.toString(32).replace(/[01]/g, 'z').padStart(6, 'q')}`;
  });

test.each([0, 1, 40, 3000, 20_000])('gives each of %i entries once, in order of id', async (count) => {
  const ids = [...new Set(spread(count))];
  const { search, asked } = serverOf(ids);
  expect(await idsOf(search)).toEqual(ids.toSorted());
  // Few entries cost few searches, many are never read at once.
  expect(asked.length).toBeLessThan(40 + count / 10);
  expect(Math.max(0, ...asked.map(({ found }) => found))).toBeLessThanOrEqual(1001);
  expect(Math.max(...asked.map(({ beginnings }) => beginnings))).toBeLessThanOrEqual(32);
});

test('cuts a window finer where too many ids begin alike', async () => {
  const ids = Array.from({ length: 2500 }, (_, n) => `ab${alphabet[n % 32]}${String(n).padStart(5, 'x')}`);
  const { search } = serverOf(ids);
  expect(await idsOf(search)).toEqual(ids.toSorted());
});

test('goes on after an id, which need not be there any more', async () => {
  const ids = spread(500).toSorted();
  const { search, asked } = serverOf(ids);
  const at = ids[249] ?? '';
  expect(await idsOf(search, at)).toEqual(ids.slice(250));
  const before = asked.length;
  expect(await idsOf(serverOf(ids.toSpliced(249, 1)).search, at)).toEqual(ids.slice(250));
  expect(before).toBeGreaterThan(0);
  expect(await idsOf(search, '~')).toEqual([]);
});

test.each([
  [0, false],
  [250, false],
  [2000, false],
  [6000, true],
  [20_000, true],
])('of %i entries, whether they are far more than 2,000: %s', async (count, expected) => {
  const { search, asked } = serverOf([...new Set(spread(count))]);
  expect(await isFarBeyond(search, 2000)).toBe(expected);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.found).toBeLessThan(150);
});
