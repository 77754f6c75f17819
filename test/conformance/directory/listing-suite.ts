/** Lists of accounts: every criterion, order and page, within what the actor sees; and lists too long to be counted. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '#domain/account.ts';
import type { AccountListing, AccountPageRequest, AccountQuery } from '#domain/account-listing.ts';
import type { Actor } from '#domain/actor.ts';
import type { NewAccount } from '#domain/directory.ts';
import { agency, day, newAccount, oid, person, system, type DirectoryWorld } from './directory-world.ts';

const root = oid('2.16.886.101.70.3');
const places = {
  root,
  below: oid('2.16.886.101.70.3.1'),
  deeper: oid('2.16.886.101.70.3.1.5'),
  lookalike: oid('2.16.886.101.70.34'),
  longer: oid('2.16.886.101.70.3.10'),
  parent: oid('2.16.886.101.70'),
};
const manager = person({ office: 'manager', scopeOid: root });
const officer = person({ office: 'programme-officer' });

export function describeListing(world: () => DirectoryWorld): void {
  const listing = (): AccountListing => world().directory.listing;
  const people = new Map<string, Account>();

  async function open(name: string, given: Partial<NewAccount>, status?: Account['status']): Promise<void> {
    const { accounts } = world().directory;
    const opened = await accounts.openAccount(system, newAccount({ name, ...given }));
    if (status) await accounts.modifyAccount(system, opened.id, 1, { status });
    people.set(name, opened);
  }
  const at = (place: keyof typeof places) => ({ agency: { ...agency, oid: places[place] } });
  const idOf = (name: string) => people.get(name)?.id ?? expect.unreachable(name);

  beforeAll(async () => {
    await open('丁一', {
      ...at('root'),
      openedOn: day('2026-01-05'),
      grants: [{ role: 'csm_user', until: day('2026-12-31') }],
    });
    await open(
      '丙二',
      { ...at('below'), openedOn: day('2026-01-04'), grants: [{ role: 'csm_user' }] },
      'enabled',
    );
    await open(
      '乙三 (*)\\',
      { ...at('deeper'), openedOn: day('2026-01-03'), office: 'manager', categories: ['csm', 'fms'] },
      'disabled',
    );
    await open('甲二', {
      ...at('longer'),
      openedOn: day('2026-03-20'),
      grants: [{ role: 'csm_user_nocert' }],
    });
    await open('外一', at('lookalike'));
    await open('外二', at('parent'));
    const { accounts } = world().directory;
    await accounts.recordLogin(system, idOf('丁一'), 'password', new Date('2026-03-01T00:00:00Z'));
    await accounts.recordLogin(system, idOf('丁一'), 'certificate', new Date('2026-02-01T00:00:00Z'));
    await accounts.recordLogin(system, idOf('丙二'), 'certificate', new Date('2026-01-15T00:00:00Z'));
  });

  const ask = (query: AccountQuery, more: Partial<AccountPageRequest> = {}): AccountPageRequest => ({
    query,
    order: 'name',
    descending: false,
    pageSize: 50,
    page: 1,
    ...more,
  });
  const names = async (query: AccountQuery, more?: Partial<AccountPageRequest>, actor: Actor = manager) =>
    (await listing().listAccounts(actor, ask(query, more))).accounts.map(({ name }) => name);
  const inside = ['丁一', '丙二', '乙三 (*)\\', '甲二'];

  it.each(['', ' ', '*', '(', '\\', '\0', ';', 'a b', 'é', '王', 'x'.repeat(64), '\uD800'])(
    'takes %j as a role for one that nobody holds, and as a name for what is found or not',
    async (text) => {
      const byRole = await listing().listAccounts(manager, ask({ anyRole: [text] }));
      expect(await listing().countAccounts(manager, { anyRole: [] })).toBe(0);
      expect(byRole).toMatchObject({ kind: 'exact', count: 0 });
      const byName = await listing().listAccounts(manager, ask({ nameKeyword: text }));
      expect(byName.kind).toBe('exact');
      const found = await world().directory.organizations.searchOrganizations(manager, text, 20);
      expect(Array.isArray(found)).toBe(true);
    },
  );

  describe('what an actor sees', () => {
    it('is all of the subtree and nothing beside it, whatever is asked', async () => {
      const queries: AccountQuery[] = [{}, { nameKeyword: '一' }, { underOid: places.parent }];
      for (const query of queries) {
        const seen = await names(query);
        expect(seen.filter((name) => !inside.includes(name))).toEqual([]);
      }
      expect((await names({})).toSorted()).toEqual(inside.toSorted());
      expect(await names({ underOid: places.lookalike })).toEqual([]);
      expect(await listing().countAccounts(manager, {})).toBe(4);
      const outside = people.get('外一') ?? expect.unreachable();
      const found = await listing().countAccounts(manager, { underOid: outside.scopeOid });
      expect(found).toBe(0);
    });

    it('is the own account for a manager without a certificate, and for a general user', async () => {
      for (const office of ['general', 'manager', 'programme-officer'] as const) {
        const self = person({ id: idOf('丁一'), office, scopeOid: root, meets: 'second-factor' });
        expect(await names({}, {}, self)).toEqual(['丁一']);
      }
    });

    it('is exported whole, and no more', async () => {
      const exported: string[] = [];
      for await (const { name } of listing().exportAccounts(manager, {})) exported.push(name);
      expect(exported.toSorted()).toEqual(inside.toSorted());
      const ids = [];
      for await (const { id } of listing().exportAccounts(officer, { underOid: places.parent })) ids.push(id);
      expect(ids).toEqual(ids.toSorted());
      expect(ids).toHaveLength(6);
    });
  });

  describe('criteria', () => {
    it.each<[string, AccountQuery, readonly string[]]>([
      ['unit', { underOid: places.below }, ['丙二', '乙三 (*)\\']],
      [
        'unit, not what only begins like it',
        { underOid: oid('2.16.886.101.70.3.1') },
        ['丙二', '乙三 (*)\\'],
      ],
      ['a part of the name', { nameKeyword: '二' }, ['丙二', '甲二']],
      ['a part with what filters are made of', { nameKeyword: '三 (*)\\' }, ['乙三 (*)\\']],
      ['an asterisk, taken as it is', { nameKeyword: '*' }, ['乙三 (*)\\']],
      ['space alone, which is no criterion', { nameKeyword: '  ' }, inside],
      ['status', { status: 'disabled' }, ['乙三 (*)\\']],
      ['office', { office: 'manager' }, ['乙三 (*)\\']],
      ['category that a manager may give', { managedCategory: 'fms' }, ['乙三 (*)\\']],
      ['a category that nobody may give', { managedCategory: 'fm' }, []],
      ['role, with an end and without, not its namesake', { anyRole: ['csm_user'] }, ['丁一', '丙二']],
      ['any of several roles', { anyRole: ['csm_user_nocert', 'bms_user'] }, ['甲二']],
      ['no role at all of an empty category', { anyRole: [] }, []],
      ['never logged in', { neverLoggedIn: true }, ['乙三 (*)\\', '甲二']],
      [
        'dormant: no login since, and opened before',
        { dormantSince: new Date('2026-02-15T00:00:00Z') },
        ['丙二', '乙三 (*)\\'],
      ],
      ['several at once', { nameKeyword: '二', anyRole: ['csm_user'], status: 'enabled' }, ['丙二']],
    ])('%s', async (_, query, expected) => {
      expect((await names(query)).toSorted()).toEqual(expected.toSorted());
    });

    it('national ID, in the subtree alone', async () => {
      const wanted = newAccount({ name: '憑號', ...at('below') });
      const beside = newAccount({ name: '憑號外', ...at('lookalike') });
      const { accounts } = world().directory;
      for (const each of [wanted, beside]) await accounts.openAccount(system, each);
      expect(await names({ nationalId: wanted.nationalId })).toEqual(['憑號']);
      expect(await names({ nationalId: beside.nationalId })).toEqual([]);
      await accounts.removeAccount(system, wanted.id, 1);
    });
  });

  describe('a page', () => {
    it('shows what a table needs, and of the national ID its beginning alone', async () => {
      const page = await listing().listAccounts(manager, ask({ nameKeyword: '丁一' }));
      const shown = page.accounts[0] ?? expect.unreachable();
      const opened = people.get('丁一') ?? expect.unreachable();
      expect(shown).toStrictEqual({
        id: opened.id,
        revision: 1,
        name: '丁一',
        maskedNationalId: expect.stringMatching(/^Z9\d\d\*{6}$/),
        agency: opened.agency,
        scopeOid: root,
        jurisdictionOid: opened.jurisdictionOid,
        office: 'general',
        status: 'not-opened',
        openedOn: '2026-01-05',
        grants: [{ role: 'csm_user', until: '2026-12-31' }],
        hasEmail: false,
        lastPasswordLogin: new Date('2026-03-01T00:00:00Z'),
        lastCertificateLogin: new Date('2026-02-01T00:00:00Z'),
      });
    });

    it.each<[AccountPageRequest['order'], readonly string[]]>([
      ['opened-on', ['乙三 (*)\\', '丙二', '丁一', '甲二']],
      ['last-login', ['丙二', '丁一']],
    ])('is sorted by %s, either way', async (order, expected) => {
      const query: AccountQuery = order === 'last-login' ? { anyRole: ['csm_user'] } : {};
      expect(await names(query, { order })).toEqual(expected);
      expect(await names(query, { order, descending: true })).toEqual(expected.toReversed());
    });

    it('is sorted by name and by unit the way people here sort', async () => {
      const collator = new Intl.Collator('zh-TW-u-co-stroke');
      expect(await names({}, { order: 'name' })).toEqual(inside.toSorted(collator.compare));
      expect(await names({}, { order: 'unit' })).toHaveLength(4);
    });

    it('is cut from the whole, with the count of it; past the end is the last', async () => {
      const first = await listing().listAccounts(manager, ask({}, { pageSize: 3, order: 'opened-on' }));
      expect(first).toMatchObject({ kind: 'exact', count: 4, page: 1 });
      expect(first.accounts).toHaveLength(3);
      const past = await listing().listAccounts(
        manager,
        ask({}, { pageSize: 3, page: 9, order: 'opened-on' }),
      );
      expect(past).toMatchObject({ kind: 'exact', count: 4, page: 2 });
      expect(past.accounts.map(({ name }) => name)).toEqual(['甲二']);
      expect(await listing().listAccounts(manager, ask({ nameKeyword: '無此人' }))).toEqual({
        kind: 'exact',
        accounts: [],
        count: 0,
        page: 1,
      });
    });

    it.each([
      { page: 0 },
      { page: 1.5 },
      { pageSize: 0 },
      { pageSize: 100_000 },
      { cursor: '*' },
      { cursor: 'a)(uid=*' },
    ])('refuses %j', async (fault) => {
      const answer = listing().listAccounts(manager, ask({}, fault));
      await expect(answer).rejects.toMatchObject({ code: 'bad-request' });
    });
  });

  describe('a list too long to be counted', () => {
    it('goes on by id: every account once, whatever comes and goes between two pages', async () => {
      const own = world().connect({ mostCounted: 3 });
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await own.listing.listAccounts(manager, {
          ...ask({}, { pageSize: 3 }),
          ...(cursor !== undefined && { cursor }),
        });
        if (page.kind === 'exact') expect.unreachable('four are more than three');
        seen.push(...page.accounts.map(({ id }) => id));
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(seen).toEqual(inside.map(idOf).toSorted());
      expect(await own.listing.countAccounts(manager, {})).toBe(4);
      expect(await own.listing.listAccounts(manager, ask({ nameKeyword: '丁' }))).toMatchObject({
        kind: 'exact',
        count: 1,
      });
      await own.close();
    });

    it('takes no cursor beyond the subtree', async () => {
      const own = world().connect({ mostCounted: 1 });
      for (const cursor of [idOf('外一'), idOf('外二')]) {
        const { accounts } = await own.listing.listAccounts(manager, ask({}, { cursor }));
        expect(accounts.filter(({ name }) => !inside.includes(name))).toEqual([]);
      }
      await own.close();
    });
  });
}
