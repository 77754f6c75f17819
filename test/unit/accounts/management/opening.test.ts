/** Opening accounts and managers: what is locked, what is refused, and what is said of somebody who has an account. */
import { describe, expect, test } from 'vitest';
import { accountEditSchema } from '#accounts/management/modify-account.ts';
import { managedAccountSchema } from '#accounts/management/open-managed-account.ts';
import { managerSchema } from '#accounts/management/open-manager.ts';
import { personActor, type Actor } from '#domain/actor.ts';
import {
  agency,
  context,
  createWorld,
  ids,
  known,
  last,
  oid,
  today,
  warrant,
  yesterday,
} from './people-world.ts';

describe('opening an account', () => {
  const input = (more: object = {}) =>
    managedAccountSchema.parse({
      name: '新人',
      nationalId: known(ids[3]),
      birthday: '0101',
      unit: { oid: '1.2.3.4.7', name: '七科' },
      contact: { email: 'new@example.test' },
      ...more,
    });

  test("takes agency and jurisdiction from the manager's own account, and mails the person", async () => {
    const world = await createWorld();
    const outcome = await world.registry.openAccount(world.manager, input(), warrant, context);
    const { account } = outcome.ok ? outcome : expect.unreachable();
    expect(account).toMatchObject({
      agency,
      jurisdictionOid: agency.oid,
      scopeOid: '1.2.3.4.7',
      office: 'general',
      status: 'not-opened',
      password: { openingDay: today },
    });
    expect(world.followed).toEqual([`mail accountOpened ${account.id}`]);
    expect(world.events().map(({ outcome: said }) => said)).toEqual(['intended', 'done']);
    expect(last(world)).toMatchObject({ action: 'account.open', form: 'F-9', unitOid: '1.2.3.4.7' });
  });

  test.each<[string, object, string, string]>([
    ['an agency of choice', { agency }, 'programme-officers-only', 'agency'],
    ['a unit beside', { unit: { oid: '1.2.3.40', name: 'x' } }, 'outside-jurisdiction', 'unit'],
    ['a role of a category not held', { grants: [{ role: 'fms_user' }] }, 'category-not-held', 'fms_user'],
    ['a role that there is not', { grants: [{ role: 'csm_king' }] }, 'unknown-role', 'csm_king'],
    [
      'a grant that has ended',
      { grants: [{ role: 'csm_user', until: yesterday }] },
      'grant-ended',
      'csm_user',
    ],
    ['a role twice', { grants: [{ role: 'csm_user' }, { role: 'csm_user' }] }, 'role-twice', 'csm_user'],
  ])('refuses a manager %s, and audits it', async (_, more, why, about) => {
    const world = await createWorld();
    const outcome = await world.registry.openAccount(world.manager, input(more), warrant, context);
    expect(outcome).toEqual({ ok: false, reason: 'not-permitted', why, about });
    expect(world.directory.all()).toHaveLength(3);
    expect(world.events()).toHaveLength(1);
    expect(last(world)).toMatchObject({ action: 'account.open', outcome: 'refused', reason: why });
  });

  test.each(['office', 'categories', 'jurisdictionOid', 'status', 'scopeOid', '__proto__x', 'id'])(
    'takes no field %s from a form',
    (field) => {
      expect(managedAccountSchema.safeParse({ ...input(), [field]: 'x' }).success).toBe(false);
      expect(accountEditSchema.safeParse({ [field]: 'x' }).success).toBe(false);
    },
  );

  test('of somebody who has an account: shows it inside the subtree, says no more outside', async () => {
    const world = await createWorld();
    const again = input({ nationalId: known(ids[0]) });
    const outcome = await world.registry.openAccount(world.manager, again, warrant, context);
    expect(outcome).toMatchObject({ ok: false, reason: 'not-unique', existing: { id: world.target.id } });
    const beside: Actor = { ...personActor(world.target, 3), office: 'manager', scopeOid: oid('1.2.3.4.2') };
    const unit = { unit: { oid: '1.2.3.4.2', name: '二科' } };
    const elsewhere = await world.registry.openAccount(
      beside,
      { ...again, ...input(unit), nationalId: again.nationalId },
      warrant,
      context,
    );
    expect(elsewhere).toEqual({ ok: false, reason: 'not-unique' });
    expect(last(world)).toMatchObject({ outcome: 'refused', reason: 'has-account-elsewhere' });
  });

  test('is for programme officers with the agency they choose, and for programs with their scope', async () => {
    const world = await createWorld();
    const other = { oid: '1.9.9', code: '387000000B', name: '他機關' };
    const chosen = await world.registry.openAccount(
      world.officer,
      input({ agency: other, unit: { oid: '1.9.9.1', name: '一科' } }),
      warrant,
      context,
    );
    expect(chosen).toMatchObject({ ok: true, account: { agency: other, jurisdictionOid: '1.9.9' } });
    const client: Actor = { kind: 'client', id: 'hr', scopes: [], scopeOid: agency.oid, categories: [] };
    const without = await world.registry.openAccount(client, input({ agency }), warrant, context);
    expect(without).toMatchObject({ why: 'scope-missing' });
    await expect(
      world.registry.openAccount({ ...client, scopes: ['accounts.write'] }, input(), warrant, context),
    ).rejects.toMatchObject({ code: 'bad-request' });
    const program = { ...client, scopes: ['accounts.write'] };
    const foreign = input({ agency: other, unit: { oid: agency.oid, name: '本處' } });
    expect(await world.registry.openAccount(program, foreign, warrant, context)).toMatchObject({
      why: 'outside-jurisdiction',
      about: 'agency',
    });
  });
});

describe('opening a manager', () => {
  const input = (more: object = {}) =>
    managerSchema.parse({
      name: '新管理者',
      nationalId: known(ids[3]),
      birthday: '0101',
      agency,
      jurisdictionOid: '1.2.3.4',
      categories: ['csm', 'psm'],
      contact: { email: 'new@example.test' },
      ...more,
    });

  test('is for programme officers alone, who set subtree and categories', async () => {
    const world = await createWorld();
    const refused = await world.registry.openManager(world.manager, input(), warrant, context);
    expect(refused).toEqual({ ok: false, reason: 'not-permitted', why: 'programme-officers-only' });
    expect(last(world)).toMatchObject({ action: 'account.set-office', outcome: 'refused' });
    const outcome = await world.registry.openManager(world.officer, input(), warrant, context);
    expect(outcome).toMatchObject({
      ok: true,
      account: { office: 'manager', categories: ['csm', 'psm'], jurisdictionOid: '1.2.3.4' },
    });
    expect(world.followed).toHaveLength(1);
  });

  test.each<[string, object, string]>([
    ['a category', { categories: ['csm', 'nothing'] }, 'unknown-category'],
    ['a role', { grants: [{ role: 'nothing' }] }, 'unknown-role'],
    ['a grant', { grants: [{ role: 'csm_user', until: yesterday }] }, 'grant-ended'],
  ])('refuses %s that there is not', async (_, more, why) => {
    const world = await createWorld();
    const outcome = await world.registry.openManager(world.officer, input(more), warrant, context);
    expect(outcome).toMatchObject({ ok: false, reason: 'not-permitted', why });
    expect(world.directory.all()).toHaveLength(3);
  });
});
