import { beforeAll, describe, expect, it } from 'vitest';
import type { AccountId } from '#domain/account.ts';
import { hashPassword } from '#src/authentication/password-hash.ts';
import { realRandom } from '#test/support/real.ts';
import { newAccount, newAccountId, system, withPassword, type DirectoryWorld } from './directory-world.ts';

export function describePasswords(world: () => DirectoryWorld): void {
  const check = async (id: AccountId | undefined, password: string) =>
    world().directory.passwords.checkPassword(await found(id), password);
  const found = async (id: AccountId | undefined) =>
    id && (await world().directory.accounts.findAccount(system, id));

  async function openWithPassword(password: string): Promise<AccountId> {
    const { accounts } = world().directory;
    const { id } = await accounts.openAccount(system, newAccount());
    await accounts.modifyAccount(system, id, 1, { passwordHash: await hashPassword(password, realRandom) });
    return id;
  }

  let id: AccountId;
  let bare: AccountId;
  beforeAll(async () => {
    id = await openWithPassword('Correct-Horse-1');
    ({ id: bare } = await world().directory.accounts.openAccount(system, newAccount()));
  });

  it('tells the right password from wrong ones', async () => {
    expect(await check(id, 'Correct-Horse-1')).toBe(true);
    for (const wrong of ['correct-horse-1', 'Correct-Horse-1 ', 'Correct-Horse-', '*', '\0']) {
      expect(await check(id, wrong)).toBe(false);
    }
    expect(await check(id, 'Correct-Horse-1')).toBe(true);
  });

  it.each(['密碼Password1🐅', 'e\u0301'.repeat(64), 'x'.repeat(128), 'a b*()\\\0c'])(
    'takes %j',
    async (password) => {
      const own = await openWithPassword(password);
      expect(await check(own, password)).toBe(true);
      expect(await check(own, password.normalize('NFC'))).toBe(true);
      expect(await check(own, `${password}x`)).toBe(false);
    },
  );

  it.each([
    ['no account', () => undefined],
    ['an account that is not there', () => newAccountId()],
    ['an account without a password', () => bare],
  ])('is false for %s, whatever the password', async (_, account) => {
    for (const password of ['', 'x', 'x'.repeat(129), 'x'.repeat(100_000)]) {
      expect(await check(account(), password)).toBe(false);
    }
  });

  it('is false for an account that went, or lost its password, since it was read', async () => {
    const { passwords } = world().directory;
    expect(await passwords.checkPassword(withPassword(newAccountId()), 'x')).toBe(false);
    expect(await passwords.checkPassword(withPassword(bare), 'x')).toBe(false);
  });

  it('never accepts an empty or overlong password', async () => {
    expect(await check(id, '')).toBe(false);
    expect(await check(id, 'Correct-Horse-1'.padEnd(129, 'x'))).toBe(false);
  });

  it('no longer accepts a password that was replaced or removed', async () => {
    const { accounts } = world().directory;
    const own = await openWithPassword('Password-One-1');
    const passwordHash = await hashPassword('Password-Two-2', realRandom);
    await accounts.modifyAccount(system, own, 2, { passwordHash });
    expect(await check(own, 'Password-One-1')).toBe(false);
    expect(await check(own, 'Password-Two-2')).toBe(true);
    await accounts.modifyAccount(system, own, 3, { passwordHash: null });
    expect(await check(own, 'Password-Two-2')).toBe(false);
  });

  it('leaves searches running as the service while people bind', async () => {
    const { accounts } = world().directory;
    const binds = Array.from({ length: 10 }, (_, turn) => check(id, turn % 2 ? 'wrong' : 'Correct-Horse-1'));
    const reads = Array.from({ length: 50 }, () => accounts.findAccount(system, id));
    expect((await Promise.all(reads)).every((account) => account?.id === id)).toBe(true);
    expect(await Promise.all(binds)).toStrictEqual(Array.from({ length: 10 }, (_, turn) => turn % 2 === 0));
  });

  describe('work', () => {
    async function duration(account: AccountId | undefined, password: string): Promise<number> {
      const known = await found(account);
      const start = performance.now();
      await world().directory.passwords.checkPassword(known, password);
      return performance.now() - start;
    }

    it.each<[string, () => AccountId | undefined, string]>([
      ['no account', () => undefined, 'wrong'],
      ['an account that is not there', () => newAccountId(), 'wrong'],
      ['an account without a password', () => bare, 'wrong'],
      ['an empty password', () => id, ''],
    ])('is the same for %s as for a wrong password', async (_, account, password) => {
      // The shortest of each nears what the work itself takes, however busy the machine is.
      let honest = Infinity;
      let other = Infinity;
      for (let turn = 0; turn < 40 && !(turn > 2 && other > honest / 2); turn += 1) {
        honest = Math.min(honest, await duration(id, 'wrong'));
        other = Math.min(other, await duration(account(), password));
      }
      expect(other).toBeGreaterThan(honest / 2);
    });
  });
}
