/**
 * Entries in the order of their ids, a window at a time. Servers sort slowly and keep pages to one connection; an account's
 * id is random text, so that its beginnings cut any list into pieces of about one size, whatever the filter. Windows
 * grow where little is found and are cut finer where there is too much.
 */
import { OrFilter, SubstringFilter, type Filter } from 'ldapts';
import type { EntryReader } from './ldap-values.ts';

/** Finds at most `limit` entries in `window`. */
export type SearchWindow = (window: Filter, limit: number) => Promise<readonly EntryReader[]>;

/** Characters of ids in the order of their codes. */
const alphabet = [...'234567abcdefghijklmnopqrstuvwxyz'];
const pairs = alphabet.flatMap((first) => alphabet.map((second) => first + second));

/** Entries in one window at most. */
const mostInWindow = 1000;
/** Beginnings in one window at most. */
const widest = 32;

/** All entries with an id after `after`, the smallest first; windows are made to hold about `wanted`, 1,000 at most. */
export function walkById(search: SearchWindow, after: string, wanted: number): AsyncGenerator<EntryReader> {
  return walk(search, after, wanted, pairs);
}

async function* walk(
  search: SearchWindow,
  after: string,
  wanted: number,
  beginnings: readonly string[],
): AsyncGenerator<EntryReader> {
  const ahead = beginnings.filter((beginning) => beginning >= after.slice(0, beginning.length));
  let width = 1;
  for (let at = 0; at < ahead.length;) {
    const window = ahead.slice(at, at + width);
    const found = await search(startingWith(window), mostInWindow + 1);
    if (found.length > mostInWindow && window.length > 1) {
      width = 1;
      continue;
    }
    at += window.length;
    if (found.length > mostInWindow) {
      yield* walk(
        search,
        after,
        wanted,
        alphabet.map((next) => `${window[0]}${next}`),
      );
      continue;
    }
    yield* inOrder(found, after);
    width = Math.min(widest, Math.max(1, Math.ceil((window.length * wanted) / (found.length || 1))));
  }
}

/** Hits among one in 32 ids of which a list of at most `count` has so many by no chance worth speaking of. */
function surelyBeyond(count: number): number {
  const expected = count / alphabet.length;
  return Math.ceil(expected + 8 * Math.sqrt(expected)) + 1;
}

/**
 * Whether far more than `count` entries match, told from one in 32 ids, since ids are random. False says nothing: it may
 * still be more.
 */
export async function isFarBeyond(search: SearchWindow, count: number): Promise<boolean> {
  const [first = ''] = alphabet;
  const enough = surelyBeyond(count);
  const found = await search(startingWith([first]), enough);
  return found.length >= enough;
}

function startingWith(beginnings: readonly string[]): Filter {
  return new OrFilter({
    filters: beginnings.map((initial) => new SubstringFilter({ attribute: 'uid', initial })),
  });
}

function inOrder(entries: readonly EntryReader[], after: string): EntryReader[] {
  return entries
    .map((entry) => ({ entry, id: entry.find('uid') ?? '' }))
    .filter(({ id }) => id > after)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ entry }) => entry);
}
