/** Changing an account, its status and its roles: what is written, what follows, what is audited. */
import { describe, expect, test } from 'vitest';
import { accountEditSchema } from '#accounts/management/modify-account.ts';
import type { Account } from '#domain/account.ts';
import { parseNationalId } from '#domain/national-id.ts';
import { sampleBinding } from '#test/support/certificate-bindings.ts';
import {
  agency,
  context,
  createWorld,
  ids,
  intended,
  known,
  last,
  seen,
  system,
  today,
  warrant,
  type World,
  yesterday,
} from './people-world.ts';

describe('modifying', () => {
  const modify = (world: World, edit: object, actor = world.manager, target = seen(world.target)) =>
    world.registry.modifyAccount(actor, target, accountEditSchema.parse(edit), warrant, context);

  test('writes what differs alone; values stand apart from the chain', async () => {
    const world = await createWorld();
    const edit = {
      name: '王大明',
      unit: { oid: '1.2.3.4.2', name: '二科' },
      contact: { phone: null, title: '科長' },
    };
    const outcome = await modify(world, { ...edit, birthday: '0215' });
    expect(outcome).toMatchObject({ ok: true, before: world.target, revision: 3 });
    const after = await world.find(world.target.id);
    expect(after).toMatchObject({
      name: '王大明',
      scopeOid: '1.2.3.4.2',
      contact: { title: '科長' },
      emailConfirmed: false,
    });
    expect(after.contact.phone).toBeUndefined();
    expect(intended(world)).toMatchObject({
      action: 'account.modify',
      evidence: {
        fields: 'name phone title unit',
        unitBefore: '1.2.3.4.1',
        unitAfter: '1.2.3.4.2',
        revision: '3',
        reason: 'transferred',
      },
    });
    const kept = world.store.entries.at(0)?.personal ?? {};
    expect(kept['before.name']?.value).toBe('王小明');
    expect(JSON.stringify(world.events())).not.toMatch(/王大明|王小明|02-1|科長/);
    expect(world.followed).toEqual([]);
  });

  test('with nothing different writes and audits nothing', async () => {
    const world = await createWorld();
    const same = {
      name: '王小明',
      nationalId: known(ids[0]),
      birthday: '0215',
      contact: { email: 'ming@example.test' },
    };
    expect(await modify(world, same)).toMatchObject({ ok: true, revision: world.target.revision });
    expect([world.events(), world.followed]).toEqual([[], []]);
  });

  test('a new address is unconfirmed, the code of the day is dead, the old address is told', async () => {
    const world = await createWorld();
    await world.directory.accounts.modifyAccount(system, world.target.id, 2, { emailConfirmed: true });
    const target = await world.find(world.target.id);
    await modify(world, { contact: { email: 'other@example.test' } }, world.manager, seen(target));
    expect((await world.find(target.id)).emailConfirmed).toBe(false);
    expect(world.followed).toEqual([`withdraw ${target.id} ${today}`, `mail addressChanged ${target.id}`]);
  });

  test("a national ID changes, masked in the trail; another's is refused", async () => {
    const world = await createWorld();
    expect(await modify(world, { nationalId: known(ids[1]) })).toMatchObject({
      ok: false,
      reason: 'not-unique',
    });
    expect(await modify(world, { nationalId: known(ids[3]), birthday: '1231' })).toMatchObject({ ok: true });
    const found = await world.directory.accounts.findAccountByNationalId(system, known(ids[3]));
    expect(found?.id).toBe(world.target.id);
    expect(JSON.stringify(world.store.entries)).not.toMatch(/F830000009|A123456789|1231/);
  });

  describe('a national ID that ends otherwise', () => {
    const withCard = async () => {
      const world = await createWorld();
      const card = sampleBinding();
      const revision = await world.directory.accounts.modifyAccount(system, world.target.id, 2, {
        certificates: [card],
      });
      return { world, card, target: { id: world.target.id, revision } };
    };

    test('takes away the cards of whoever it was before, and ends what they have open', async () => {
      const { world, card, target } = await withCard();
      expect(await modify(world, { nationalId: known(ids[3]) }, world.manager, target)).toMatchObject({
        ok: true,
      });
      const after = await world.find(target.id);
      expect(after.certificates).toEqual([]);
      expect(after.formerCertificates).toMatchObject([{ certificate: card, reason: 'withdrawn' }]);
      expect(await world.directory.accounts.findAccountByCertificate(system, card)).toBeUndefined();
      expect(intended(world)).toMatchObject({
        evidence: { fields: 'nationalId', fingerprints: card.fingerprint },
      });
      expect(world.followed).toEqual([
        `end ${target.id} by-operator`,
        `mail certificateRemoved ${target.id}`,
      ]);
    });

    test('a correction further in front leaves them', async () => {
      const { world, card, target } = await withCard();
      const corrected = known(parseNationalId('A102456789'));
      expect(await modify(world, { nationalId: corrected }, world.manager, target)).toMatchObject({
        ok: true,
      });
      expect((await world.find(target.id)).certificates).toMatchObject([card]);
      expect(world.followed).toEqual([]);
    });
  });

  test.each<[string, object, string]>([
    ['moves nobody out of the subtree', { unit: { oid: '1.2.3.40', name: 'x' } }, 'outside-jurisdiction'],
    ['changes no agency', { agency: { ...agency, name: '改名' } }, 'programme-officers-only'],
  ])('a manager %s', async (_, edit, why) => {
    const world = await createWorld();
    expect(await modify(world, edit)).toMatchObject({ ok: false, reason: 'not-permitted', why });
    expect(last(world)).toMatchObject({ action: 'account.modify', outcome: 'refused', reason: why });
    expect(await world.find(world.target.id)).toEqual(world.target);
    expect(await modify(world, edit, world.officer)).toMatchObject({ ok: true });
  });

  test('an account changed meanwhile is given as it is now, and left alone', async () => {
    const world = await createWorld();
    await world.directory.accounts.modifyAccount(system, world.target.id, 2, { name: '別人改的' });
    const outcome = await modify(world, { name: '我改的' });
    expect(outcome).toMatchObject({
      reason: 'changed-meanwhile',
      current: { name: '別人改的', revision: 3 },
    });
    expect((await world.find(world.target.id)).name).toBe('別人改的');
    expect(world.events()).toEqual([]);
  });
});

describe('status', () => {
  const set = (world: World, status: Account['status'], target = world.target) =>
    world.registry.setStatus(world.manager, seen(target), status, warrant, context);

  test.each(['disabled', 'not-opened'] as const)(
    '%s: ends sessions and the code of the day',
    async (status) => {
      const world = await createWorld();
      expect(await set(world, status)).toMatchObject({ ok: true });
      const after = await world.find(world.target.id);
      expect(after.status).toBe(status);
      expect(after.password.set).toBe(status === 'disabled');
      expect(world.followed).toEqual([`withdraw ${after.id} ${today}`, `end ${after.id} account-disabled`]);
      expect(intended(world)).toMatchObject({
        evidence: { 'before.status': 'enabled', 'after.status': status },
      });
    },
  );

  test('enabled again after it was disabled; never what nobody has activated', async () => {
    const world = await createWorld();
    await set(world, 'disabled');
    expect(await set(world, 'enabled', await world.find(world.target.id))).toMatchObject({ ok: true });
    await set(world, 'not-opened', await world.find(world.target.id));
    const waiting = await world.find(world.target.id);
    expect(await set(world, 'enabled', waiting)).toMatchObject({ ok: false, why: 'never-activated' });
    expect(await world.find(world.target.id)).toEqual(waiting);
  });

  test('a disabling that was broken off is completed when asked again', async () => {
    const world = await createWorld();
    await set(world, 'disabled');
    const again = await set(world, 'disabled', await world.find(world.target.id));
    expect(again).toMatchObject({ ok: true, revision: 3 });
    expect(world.followed.filter((step) => step.startsWith('end'))).toHaveLength(2);
  });
});

describe('roles', () => {
  test('of held categories are replaced, others survive; relying parties left without are told', async () => {
    const world = await createWorld({
      grants: [{ role: 'fms_user' }, { role: 'csm_admin', until: yesterday }],
    });
    const wanted = [{ role: 'csm_user', until: today }];
    const outcome = await world.registry.setRoles(
      world.manager,
      seen(world.target),
      wanted,
      warrant,
      context,
    );
    expect(outcome).toMatchObject({ ok: true });
    expect((await world.find(world.target.id)).grants).toEqual([{ role: 'fms_user' }, ...wanted]);
    expect(world.followed).toEqual([`admissions ${world.target.id}`]);
    expect(intended(world).evidence).toMatchObject({
      'before.roles': 'csm_admin;until=2026-03-01 fms_user',
      'after.roles': 'csm_user;until=2026-03-02 fms_user',
    });
  });
});
