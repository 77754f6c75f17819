/** How long a list has to be to be counted, and what is read to find out: the same rule on every server. */
import { AndFilter, EqualityFilter, OrFilter, PresenceFilter, SubstringFilter, type Filter } from 'ldapts';
import { expect, test } from 'vitest';
import { newAccountId } from '#accounts/account-id.ts';
import { newAccountEntry } from '#adapters/directory/account-entry.ts';
import { createAccountListing } from '#adapters/directory/account-listing.ts';
import type { DirectorySession } from '#adapters/directory/directory-session.ts';
import { directoryTree } from '#adapters/directory/distinguished-names.ts';
import { readEntry, type EntryReader } from '#adapters/directory/ldap-values.ts';
import { mostCounted } from '#domain/account-listing.ts';
import type { Actor } from '#domain/actor.ts';
import { parseDay } from '#domain/calendar.ts';
import { parseNationalId } from '#domain/national-id.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { realRandom } from '#test/support/real.ts';
import { testSealing } from '#test/support/test-sealing.ts';

const system: Actor = { kind: 'system', purpose: 'command' };
const known = <T>(value: T | undefined): T => value ?? expect.unreachable('malformed value');
const { agency, jurisdictionOid } = sampleAccount();
const common = newAccountEntry(
  {
    id: newAccountId(realRandom),
    name: '王小明',
    nationalId: known(parseNationalId('A123456789')),
    birthday: '0215',
    agency,
    jurisdictionOid,
    office: 'general',
    categories: [],
    openedOn: known(parseDay('2026-03-01')),
    openingDay: known(parseDay('2026-03-01')),
    contact: {},
    grants: [],
  },
  testSealing,
);

const values: Readonly<Record<string, string[]>> = Object.fromEntries(
  Object.entries(common).map(([name, given]) => [name, given === undefined ? [] : [given].flat()]),
);

/** The sealed values are another id's: what is listed here is ids. */
const sealing = { ...testSealing, open: () => 'A123456789' };

function matches(filter: Filter, uid: string): boolean {
  if (filter instanceof AndFilter) return filter.filters.every((part) => matches(part, uid));
  if (filter instanceof OrFilter) return filter.filters.some((part) => matches(part, uid));
  if (filter instanceof SubstringFilter) return uid.startsWith(filter.initial);
  if (filter instanceof EqualityFilter) return uid === filter.value;
  return filter instanceof PresenceFilter || expect.unreachable('no such filter here');
}

function listingOf(count: number) {
  const ids = Array.from({ length: count }, () => newAccountId(realRandom));
  const read: number[] = [];
  const search: DirectorySession['search'] = async ({ filter, limit = Infinity }) => {
    const found: EntryReader[] = [];
    for (const uid of ids) {
      if (found.length < limit && matches(filter, uid)) {
        found.push(readEntry({ dn: `uid=${uid}`, ...values, uid }));
      }
    }
    read.push(found.length);
    return found;
  };
  const never = async () => expect.unreachable('a list writes nothing');
  const session: DirectorySession = { search, add: never, modify: never, remove: never, bind: never };
  const listing = createAccountListing(session, directoryTree('dc=test'), {
    sealing,
    log: createKeptLog(),
    mostCounted,
  });
  return { listing, ids, read };
}

const request = { query: {}, order: 'name', descending: false, pageSize: 20, page: 1 } as const;

test.each([249, 250, 251, 1999, 2000])('%i hits are counted exactly', async (count) => {
  const { listing, ids } = listingOf(count);
  const page = await listing.listAccounts(system, { ...request, page: 2 });
  expect(page).toMatchObject({ kind: 'exact', count, page: 2 });
  expect(page.accounts.map(({ id }) => id)).toEqual(ids.toSorted().slice(20, 40));
  expect(await listing.countAccounts(system, {})).toBe(count);
});

test.each([2001, 3000, 9000])('%i hits are beyond: the first page goes by id', async (count) => {
  const { listing, ids } = listingOf(count);
  const page = await listing.listAccounts(system, request);
  const sorted = ids.toSorted();
  expect(page).toMatchObject({ kind: 'beyond', cursor: sorted[19] });
  expect(page.accounts.map(({ id }) => id)).toEqual(sorted.slice(0, 20));
  expect(await listing.countAccounts(system, {})).toBe(2001);
});

test('of a list far too long not even so much is read as could be counted', async () => {
  const { listing, read } = listingOf(20_000);
  await listing.listAccounts(system, request);
  expect(read.reduce((sum, each) => sum + each, 0)).toBeLessThan(600);
});

test.each([300, 700])('an export of %i gives each once, in order of id', async (count) => {
  const { listing, ids } = listingOf(count);
  const exported: string[] = [];
  for await (const { id } of listing.exportAccounts(system, {})) exported.push(id);
  expect(exported).toEqual(ids.toSorted());
});
