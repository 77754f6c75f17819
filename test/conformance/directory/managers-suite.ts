import { beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '#domain/account.ts';
import { parseOid } from '#domain/oid.ts';
import { agency, newAccount, system, unit, type DirectoryWorld } from './directory-world.ts';

export function describeManagers(world: () => DirectoryWorld): void {
  const list = (query: object = {}) =>
    world().directory.managers.listManagers(system, { offset: 0, limit: 50, agency: '名冊', ...query });

  async function enabled(more: Parameters<typeof newAccount>[0]): Promise<Account> {
    const { accounts } = world().directory;
    const account = await accounts.openAccount(system, newAccount(more));
    await accounts.modifyAccount(system, account.id, 1, { status: 'enabled' });
    return account;
  }

  describe('the list of managers', () => {
    const first = { ...agency, name: '名冊甲縣政府' };
    const second = { ...agency, name: '名冊乙縣政府(*)' };

    beforeAll(async () => {
      const contact = { phone: '02-1', extension: '2', email: 'm@example.test', mobile: '0900' };
      await enabled({ name: '張二', agency: second, office: 'manager', categories: ['fms'] });
      await enabled({
        name: '王一',
        agency: first,
        unit,
        office: 'manager',
        categories: ['fms', 'csm'],
        contact,
      });
      await enabled({ name: '一般', agency: first, office: 'general' });
      await enabled({ name: '承辦', agency: first, office: 'programme-officer' });
      await world().directory.accounts.openAccount(
        system,
        newAccount({ name: '未開', agency: first, office: 'manager' }),
      );
    });

    it('gives enabled managers alone, with their office data alone', async () => {
      const { count, managers } = await list();
      expect(count).toBe(2);
      expect(managers.map(({ name }) => name).sort()).toEqual(['張二', '王一']);
      expect(managers.find(({ name }) => name === '王一')).toEqual({
        name: '王一',
        agency: first.name,
        unit: unit.name,
        phone: '02-1',
        extension: '2',
        email: 'm@example.test',
        categories: ['csm', 'fms'],
      });
    });

    it('is searched by a part of the agency, taken as it is, and by category', async () => {
      const names = async (query: object) => (await list(query)).managers.map(({ name }) => name);
      expect(await names({ agency: '甲縣' })).toEqual(['王一']);
      expect(await names({ agency: '(*)' })).toEqual(['張二']);
      expect(await names({ agency: '*' })).toEqual(['張二']);
      expect(await names({ category: 'csm' })).toEqual(['王一']);
      expect(await names({ category: 'none' })).toEqual([]);
    });

    it('comes in portions of one order, with the count of all', async () => {
      const all = (await list()).managers;
      expect(await list({ limit: 1 })).toEqual({ count: 2, managers: all.slice(0, 1) });
      expect(await list({ offset: 1, limit: 1 })).toEqual({ count: 2, managers: all.slice(1) });
      expect(await list({ offset: 2 })).toEqual({ count: 2, managers: [] });
    });

    it('gives the managers nearest over an OID, by whole components', async () => {
      const oid = (text: string) => {
        const parsed = parseOid(text);
        if (!parsed) throw new Error(`${text} is no OID`);
        return parsed;
      };
      const at = (name: string, jurisdiction: string) =>
        enabled({ name, agency: first, office: 'manager', jurisdictionOid: oid(jurisdiction) });
      await at('鄉', '2.999.7.10.5');
      await at('縣', '2.999.7.10');
      await at('縣二', '2.999.7.10');
      await at('旁', '2.999.7.1');
      await enabled({ name: '不管', agency: first, jurisdictionOid: oid('2.999.7.10.5') });
      const over = async (text: string, limit = 5) =>
        (await world().directory.managers.listManagersOver(system, oid(text), limit)).map(({ name }) => name);
      expect(await over('2.999.7.10.5')).toEqual(['鄉']);
      expect(await over('2.999.7.10.5.1')).toEqual(['鄉']);
      expect((await over('2.999.7.10.55')).toSorted()).toEqual(['縣', '縣二']);
      expect(await over('2.999.7.10.55', 1)).toHaveLength(1);
      expect(await over('2.999.7.1')).toEqual(['旁']);
      expect(await over('2.999.7')).toEqual([]);
    });

    it('is empty for a person who sees only their own account', async () => {
      const account = await enabled({ name: '旁人', agency: first });
      const person = {
        kind: 'person',
        id: account.id,
        office: 'general',
        scopeOid: agency.oid,
        categories: [],
        meets: 'certificate',
      } as const;
      const found = await world().directory.managers.listManagers(person, { offset: 0, limit: 50 });
      expect(found.count).toBe(0);
    });
  });
}
