import { beforeAll, describe, expect, it } from 'vitest';
import type { AccountId } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { NationalId } from '#domain/national-id.ts';
import { agency, newAccount, oid, person, system, type DirectoryWorld } from './directory-world.ts';

interface Placed {
  readonly id: AccountId;
  readonly nationalId: NationalId;
}

const root = oid('2.16.886.101.34.3');
const manager = person({ office: 'manager', scopeOid: root });

/** What each kind of actor sees and may write: the root's own accounts, those below, those beside. */
export function describeScope(world: () => DirectoryWorld): void {
  const accounts = () => world().directory.accounts;
  const places = {
    root,
    below: oid('2.16.886.101.34.3.1'),
    lookalike: oid('2.16.886.101.34.34'),
    parent: oid('2.16.886.101.34'),
    beside: oid('2.16.886.101.34.4.3'),
  };
  const placed = {} as Record<keyof typeof places, Placed>;

  beforeAll(async () => {
    for (const [name, place] of Object.entries(places)) {
      const wanted = newAccount({ agency: { ...agency, oid: place } });
      await accounts().openAccount(system, wanted);
      placed[name as keyof typeof places] = wanted;
    }
  });

  const everything = Object.keys(places) as (keyof typeof places)[];
  const client: Actor = { kind: 'client', id: 'hr', scopes: [], scopeOid: root, categories: [] };
  const actors: [string, Actor, readonly (keyof typeof places)[]][] = [
    ['the system', system, everything],
    [
      'a programme officer with a certificate',
      person({ office: 'programme-officer', scopeOid: root }),
      everything,
    ],
    ['a programme officer without', person({ office: 'programme-officer', meets: 'second-factor' }), []],
    ['a manager with a certificate', manager, ['root', 'below']],
    ['a manager without', person({ office: 'manager', scopeOid: root, meets: 'second-factor' }), []],
    ['a general user', person({ scopeOid: root }), []],
    ['a client', client, ['root', 'below']],
  ];

  describe.each(actors)('%s', (_, actor, visible) => {
    it.each(everything)('finds the account %s if it is in scope', async (name) => {
      const expected = visible.includes(name) ? placed[name].id : undefined;
      expect((await accounts().findAccount(actor, placed[name].id))?.id).toBe(expected);
      expect((await accounts().findAccountByNationalId(actor, placed[name].nationalId))?.id).toBe(expected);
    });

    it.each(everything.filter((name) => !visible.includes(name)))(
      'changes nothing of %s, out of scope, and is told that it is not found',
      async (name) => {
        const { id } = placed[name];
        const before = await accounts().findAccount(system, id);
        const notFound = { code: 'not-found' };
        await expect(accounts().modifyAccount(actor, id, 1, { name: 'x' })).rejects.toMatchObject(notFound);
        const moved = { agency: { ...agency, oid: root } };
        await expect(accounts().modifyAccount(actor, id, 1, moved)).rejects.toMatchObject(notFound);
        await expect(accounts().removeAccount(actor, id, 1)).rejects.toMatchObject(notFound);
        await expect(accounts().recordLogin(actor, id, 'password', new Date())).rejects.toMatchObject(
          notFound,
        );
        expect(await accounts().findAccount(system, id)).toStrictEqual(before);
      },
    );
  });

  it('lets a manager change and remove accounts of the subtree', async () => {
    const wanted = newAccount({ agency: { ...agency, oid: places.below } });
    await accounts().openAccount(manager, wanted);
    expect(await accounts().modifyAccount(manager, wanted.id, 1, { status: 'disabled' })).toBe(2);
    await expect(accounts().modifyAccount(manager, wanted.id, 1, {})).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    await accounts().recordLogin(manager, wanted.id, 'certificate', new Date('2026-03-02T00:00:00Z'));
    await accounts().removeAccount(manager, wanted.id, 2);
    expect(await accounts().findAccount(system, wanted.id)).toBeUndefined();
  });

  it.each(['lookalike', 'parent', 'beside'] as const)(
    'lets a manager neither open an account in %s nor move one there',
    async (name) => {
      const outside = { ...agency, oid: places[name] };
      await expect(accounts().openAccount(manager, newAccount({ agency: outside }))).rejects.toMatchObject({
        code: 'not-permitted',
      });
      const wanted = newAccount({ agency: { ...agency, oid: root } });
      await accounts().openAccount(manager, wanted);
      for (const change of [{ agency: outside }, { unit: { oid: outside.oid, name: 'u' } }]) {
        await expect(accounts().modifyAccount(manager, wanted.id, 1, change)).rejects.toMatchObject({
          code: 'not-permitted',
        });
      }
      expect(await accounts().findAccount(system, wanted.id)).toMatchObject({ revision: 1, scopeOid: root });
    },
  );

  it('lets a general user see and change the own account, without opening or moving any', async () => {
    const wanted = newAccount();
    await accounts().openAccount(system, wanted);
    const self = person({ id: wanted.id });
    expect((await accounts().findAccount(self, wanted.id))?.id).toBe(wanted.id);
    expect((await accounts().findAccountByNationalId(self, wanted.nationalId))?.id).toBe(wanted.id);
    expect(await accounts().modifyAccount(self, wanted.id, 1, { contact: { phone: '1' } })).toBe(2);
    const notPermitted = { code: 'not-permitted' };
    await expect(accounts().openAccount(self, newAccount())).rejects.toMatchObject(notPermitted);
    const moved = { agency: { ...agency, oid: root } };
    await expect(accounts().modifyAccount(self, wanted.id, 2, moved)).rejects.toMatchObject(notPermitted);
  });
}
