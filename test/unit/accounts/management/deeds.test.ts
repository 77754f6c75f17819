/** The other deeds of a manager: what each writes, what follows, and what stands in its way. */
import { describe, expect, test } from 'vitest';
import { newAccountId } from '#accounts/account-id.ts';
import { personActor } from '#domain/actor.ts';
import { sealingContext, sealingPurpose } from '#domain/sealing.ts';
import { testSealing } from '#test/support/test-sealing.ts';
import { realRandom } from '#test/support/real.ts';
import {
  agency,
  context,
  createWorld,
  ids,
  known,
  last,
  openPerson,
  seen,
  system,
  today,
  warrant,
} from './people-world.ts';

describe('a one-day password', () => {
  test('is enabled with who did it, and taken back the same day with its code and sessions', async () => {
    const world = await createWorld();
    const { registry, manager, target } = world;
    expect(await registry.oneDayPasswords.enable(manager, seen(target), warrant, context)).toEqual({
      ok: true,
      day: today,
    });
    const enabled = await world.find(target.id);
    expect(enabled.password.oneDay).toMatchObject({
      day: today,
      enabledBy: `person:${manager.kind === 'person' ? manager.id : ''}`,
    });
    expect(await registry.oneDayPasswords.withdraw(manager, seen(enabled), warrant, context)).toMatchObject({
      ok: true,
    });
    expect((await world.find(target.id)).password.oneDay).toBeUndefined();
    expect(world.followed.slice(1)).toEqual([
      `withdraw ${target.id} ${today}`,
      `end ${target.id} by-operator`,
    ]);
    expect(last(world)).toMatchObject({ action: 'one-day-password.withdraw', outcome: 'done' });
  });

  test('is refused with the reason where it makes no sense', async () => {
    const world = await createWorld({ contact: {} });
    const { registry, manager, target, directory } = world;
    const enable = async () =>
      registry.oneDayPasswords.enable(manager, seen(await world.find(target.id)), warrant, context);
    expect(await enable()).toMatchObject({ why: 'no-mail-address' });
    await directory.accounts.modifyAccount(system, target.id, 2, { status: 'disabled' });
    expect(await enable()).toMatchObject({ why: 'account-not-enabled' });
    const withdrawn = await registry.oneDayPasswords.withdraw(
      manager,
      seen(await world.find(target.id)),
      warrant,
      context,
    );
    expect(withdrawn).toMatchObject({ why: 'not-enabled-today' });
    expect(world.events().map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused']);
  });
});

test('a reset gives the day, ends the code mailed before and sessions, and keeps the card', async () => {
  const world = await createWorld();
  const outcome = await world.registry.resetPassword(world.manager, seen(world.target), warrant, context);
  expect(outcome).toEqual({ ok: true, day: today });
  expect(await world.find(world.target.id)).toMatchObject({
    status: 'not-opened',
    password: { openingDay: today },
  });
  expect(world.followed).toEqual([
    `withdraw ${world.target.id} ${today}`,
    `end ${world.target.id} account-disabled`,
  ]);
});

test('certificates are taken away one or all, kept as history, sessions ended, the person told', async () => {
  const world = await createWorld();
  const certificate = (serial: string) => ({
    issuerKeyId: 'a'.repeat(64),
    serial,
    holderKind: 'natural-person' as const,
    fingerprint: serial.repeat(64).slice(0, 64),
    subjectName: '王小明',
    issuerName: 'CA',
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2031-01-01T00:00:00Z'),
    medium: 'card' as const,
    registeredAt: new Date('2026-03-01T00:00:00Z'),
  });
  world.directory.put({ ...world.target, certificates: [certificate('1'), certificate('2')] });
  const { registry, manager, target } = world;
  const one = await registry.removeFactors(manager, seen(target), [certificate('1')], warrant, context);
  expect(one).toMatchObject({ ok: true });
  const after = await world.find(target.id);
  expect(after.certificates.map(({ serial }) => serial)).toEqual(['2']);
  expect(after.formerCertificates[0]).toMatchObject({ reason: 'withdrawn', certificate: { serial: '1' } });
  expect(
    await registry.removeFactors(manager, seen(after), [certificate('1')], warrant, context),
  ).toMatchObject({ why: 'not-registered' });
  expect(await registry.removeFactors(manager, seen(after), 'all', warrant, context)).toMatchObject({
    ok: true,
  });
  expect(world.followed).toEqual([
    `end ${target.id} by-operator`,
    `mail certificateRemoved ${target.id}`,
    `end ${target.id} by-operator`,
    `mail certificateRemoved ${target.id}`,
  ]);
});

describe('deleting', () => {
  test('several: each by itself, what is refused does not stop the others; the ID is free again', async () => {
    const world = await createWorld();
    const { registry, manager, officer, target } = world;
    const own = manager.kind === 'person' ? await world.find(manager.id) : expect.unreachable();
    const gone = { id: newAccountId(realRandom), revision: 1 };
    const targets = [seen(own), gone, { ...seen(target), revision: 1 }, seen(target)];
    const outcomes = await registry.removeAccounts(manager, targets, warrant, context);
    expect([...outcomes.values()]).toMatchObject([
      { ok: false, why: 'own-account' },
      { ok: false, reason: 'not-found' },
      { ok: false, reason: 'changed-meanwhile' },
    ]);
    const removed = await registry.removeAccounts(officer, [seen(target)], warrant, context);
    expect(removed.get(target.id)).toMatchObject({ ok: true, removed: { id: target.id } });
    expect(world.followed).toEqual([`withdraw ${target.id} ${today}`, `end ${target.id} account-removed`]);
    expect(last(world)).toMatchObject({ action: 'account.remove', outcome: 'done', onAccount: target.id });
    await openPerson(world.directory, { nationalId: known(ids[0]) });
  });
});

describe('finding', () => {
  test('is for managers, with category and role turned into roles', async () => {
    const world = await createWorld({ grants: [{ role: 'csm_admin' }] });
    const list = (criteria: object, actor = world.manager) =>
      world.registry.listAccounts(
        actor,
        { criteria, order: 'name', descending: false, pageSize: 50, page: 1 },
        context,
      );
    expect(await list({ category: 'csm' })).toMatchObject({ ok: true, count: 1 });
    expect(await list({ category: 'csm', role: 'csm_user' })).toMatchObject({ count: 0 });
    expect(await list({ category: 'csm', role: 'csm_admin' })).toMatchObject({ count: 1 });
    expect(await list({ category: 'nothing' })).toMatchObject({ count: 0 });
    const self = personActor(world.target, 3);
    expect(await list({}, self)).toEqual({ ok: false, reason: 'not-permitted', why: 'not-a-manager' });
    expect(last(world)).toMatchObject({ action: 'account.list', outcome: 'refused' });
    expect(await world.registry.findAccount(self, self.id)).toBeUndefined();
    expect(await world.registry.countAccounts(self, agency.oid)).toBe(0);
  });

  test('an export is audited before the first line, without what was looked for', async () => {
    const world = await createWorld();
    const criteria = { nameKeyword: '王', status: 'enabled' } as const;
    const exported = await world.registry.exportAccounts(world.manager, criteria, context, async () => true);
    expect(last(world)).toMatchObject({
      action: 'account.export',
      outcome: 'done',
      unitOid: '1.2.3.4',
      evidence: { criteria: 'nameKeyword status', status: 'enabled' },
    });
    expect(JSON.stringify(world.events())).not.toContain('王');
    const names = [];
    if (exported.ok) for await (const { name } of exported.accounts) names.push(name);
    expect(names).toHaveLength(3);
    expect(last(world)).toMatchObject({ evidence: { count: '3', whole: 'yes' } });
  });

  test('an export ends between two pieces once whoever asked may no more, and the trail has how many left', async () => {
    const world = await createWorld();
    for (let n = 0; n < 500; n += 1) {
      const id = newAccountId(realRandom);
      const nationalId = testSealing.seal('A123456789', sealingContext(sealingPurpose.nationalId, id));
      world.directory.put({ ...world.target, id, nationalId, name: '多人' });
    }
    const answers = [true, true, false];
    const criteria = { nameKeyword: '多人' };
    const mayGoOn = async () => answers.shift() ?? expect.unreachable('asked after the end');
    const exported = await world.registry.exportAccounts(world.manager, criteria, context, mayGoOn);
    const taken: string[] = [];
    const take = async () => {
      if (exported.ok) for await (const { name } of exported.accounts) taken.push(name);
    };
    await expect(take()).rejects.toMatchObject({ code: 'not-permitted' });
    expect(taken).toHaveLength(400);
    expect(last(world)).toMatchObject({
      action: 'account.export',
      evidence: { count: '400', whole: 'no', ending: 'rights-changed' },
    });
  });
});
