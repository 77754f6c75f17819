/** Nobody changes their own rights, whatever the way: each attempt is refused and in the trail. */
import { describe, expect, test } from 'vitest';
import type { Account } from '#domain/account.ts';
import { context, createWorld, last, oid, seen, warrant, type World } from './people-world.ts';

describe('self-elevation', () => {
  test.each<[string, (world: World, own: Account) => Promise<unknown>]>([
    [
      'own roles',
      ({ registry, manager }, own) =>
        registry.setRoles(manager, seen(own), [{ role: 'csm_user' }], warrant, context),
    ],
    [
      'own status',
      ({ registry, manager }, own) => registry.setStatus(manager, seen(own), 'disabled', warrant, context),
    ],
    [
      'own name',
      ({ registry, manager }, own) =>
        registry.modifyAccount(manager, seen(own), { name: 'x' }, warrant, context),
    ],
    [
      'own one-day password',
      ({ registry, manager }, own) => registry.oneDayPasswords.enable(manager, seen(own), warrant, context),
    ],
    [
      'own reset',
      ({ registry, manager }, own) => registry.resetPassword(manager, seen(own), warrant, context),
    ],
    [
      'own certificates',
      ({ registry, manager }, own) => registry.removeFactors(manager, seen(own), 'all', warrant, context),
    ],
  ])('%s: refused and audited', async (_, act) => {
    const world = await createWorld();
    const own = await world.find(world.manager.kind === 'person' ? world.manager.id : expect.unreachable());
    expect(await act(world, own)).toEqual({ ok: false, reason: 'not-permitted', why: 'own-account' });
    expect(world.events()).toHaveLength(1);
    expect(last(world)).toMatchObject({ outcome: 'refused', reason: 'own-account', onAccount: own.id });
    expect(await world.find(own.id)).toEqual(own);
  });

  test('own office, by a programme officer: refused and audited', async () => {
    const world = await createWorld();
    const own = await world.find(world.officer.kind === 'person' ? world.officer.id : expect.unreachable());
    const held = { office: 'manager', jurisdictionOid: oid('1.2'), categories: ['csm'] } as const;
    const outcome = await world.registry.setOffice(world.officer, seen(own), held, warrant, context);
    expect(outcome).toMatchObject({ why: 'own-account' });
    expect(last(world)).toMatchObject({ action: 'account.set-office', outcome: 'refused' });
  });

  test("another's record by id: not found, and audited", async () => {
    const world = await createWorld({ unit: { oid: oid('1.2.3.40'), name: 'x' } });
    const outcome = await world.registry.setRoles(world.manager, seen(world.target), [], warrant, context);
    expect(outcome).toEqual({ ok: false, reason: 'not-found' });
    expect(last(world)).toMatchObject({
      outcome: 'refused',
      reason: 'not-found',
      onAccount: world.target.id,
    });
  });
});
