/** Who may do what to whose account: each reason of a refusal, and both ceilings. */
import { describe, expect, test } from 'vitest';
import { personActor, type Actor, type ClientActor, type PersonActor } from '#domain/actor.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import { parseOid, type Oid } from '#domain/oid.ts';
import {
  deedScopes,
  mayAct,
  mayActOn,
  mayGive,
  mayNameAgency,
  mayPlace,
  replaceGrants,
  type Deed,
} from '#domain/permission.ts';
import { sampleAccount, sampleId } from '#test/support/memory/accounts.ts';

const oid = (text: string): Oid => parseOid(text) ?? expect.unreachable(text);
const deeds = Object.keys(deedScopes) as Deed[];
const onAccounts = deeds.filter((deed) => deed !== 'list' && deed !== 'export');

const manager: PersonActor = {
  kind: 'person',
  id: sampleId('m'),
  office: 'manager',
  scopeOid: oid('1.2.3.4'),
  categories: ['csm', 'psm'],
  meets: 'certificate',
};
const officer: PersonActor = { ...manager, office: 'programme-officer', categories: [] };
const client: ClientActor = {
  kind: 'client',
  id: 'hr',
  scopes: ['accounts.read', 'accounts.write', 'accounts.export', 'accounts.remove', 'roles.write'],
  scopeOid: oid('1.2.3.4'),
  categories: ['csm'],
};
const command: Actor = { kind: 'system', purpose: 'command' };

const role = (code: string, category: string, more: object = {}) =>
  ({ code, category, name: code, requires: 'certificate', withoutCertificate: false, ...more }) as const;
const catalogue: Catalogue = {
  categories: [
    { id: 'csm', name: 'csm', roles: [role('csm_user', 'csm'), role('csm_admin', 'csm')] },
    { id: 'fms', name: 'fms', roles: [role('fms_user', 'fms')] },
    { id: 'psr', name: 'psr', roles: [role('psr_user', 'psr', { givenByCategories: ['psm'] })] },
  ],
  systems: [],
};

describe('at all', () => {
  test.each(deeds)('%s', (deed) => {
    const officersOnly = deed === 'set-office';
    const own = officersOnly ? { ok: false, why: 'programme-officers-only' } : { ok: true };
    expect(mayAct(manager, deed)).toEqual(own);
    expect(mayAct(officer, deed)).toEqual({ ok: true });
    expect(mayAct(command, deed)).toEqual({ ok: true });
    expect(mayAct(client, deed)).toEqual(own);
    expect(mayAct({ ...client, scopes: [] }, deed)).toMatchObject({
      why: officersOnly ? 'programme-officers-only' : 'scope-missing',
    });
    expect(mayAct({ ...manager, office: 'general' }, deed)).toMatchObject({ why: 'not-a-manager' });
    for (const office of ['manager', 'programme-officer'] as const) {
      const weak = { ...manager, office, meets: 'second-factor' } as const;
      expect(mayAct(weak, deed)).toMatchObject({ why: 'certificate-required' });
    }
    for (const purpose of ['login', 'claims', 'operations'] as const) {
      expect(mayAct({ kind: 'system', purpose }, deed)).toMatchObject({ why: 'not-a-manager' });
    }
  });
});

describe('on an account', () => {
  const inside = { id: sampleId('a'), scopeOid: oid('1.2.3.4.9'), jurisdictionOid: oid('1.2.3.4') };
  const general = sampleAccount({ ...inside, office: 'general' });
  const managerOf = (jurisdictionOid: string) =>
    sampleAccount({ ...inside, office: 'manager', jurisdictionOid: oid(jurisdictionOid) });
  const programmeOfficer = sampleAccount({ ...inside, office: 'programme-officer' });
  const notOffice = onAccounts.filter((deed) => deed !== 'set-office');

  test.each(notOffice)('%s of a general user of the subtree, by a manager or a client', (deed) => {
    for (const actor of [manager, client]) {
      expect(mayActOn(actor, deed, general)).toEqual({ ok: true });
      for (const place of ['1.2.3.40', '1.2.3', '1.2.3.40.1', '1.2.4.4']) {
        expect(mayActOn(actor, deed, { ...general, scopeOid: oid(place) })).toMatchObject({
          why: 'outside-jurisdiction',
        });
      }
    }
  });

  test.each(onAccounts)('%s: never of the own account, whatever the office', (deed) => {
    expect(mayActOn(officer, deed, { ...programmeOfficer, id: officer.id })).toMatchObject({
      why: 'own-account',
    });
    if (deed !== 'set-office')
      expect(mayActOn(manager, deed, { ...general, id: manager.id })).toMatchObject({ why: 'own-account' });
  });

  test.each(notOffice)('%s of a manager only from strictly above', (deed) => {
    expect(mayActOn(manager, deed, managerOf('1.2.3.4.5'))).toEqual({ ok: true });
    for (const jurisdiction of ['1.2.3.4', '1.2.3', '1.2.3.40', '1.2.3.40.5']) {
      expect(mayActOn(manager, deed, managerOf(jurisdiction))).toMatchObject({ why: 'manager-not-below' });
      expect(mayActOn(client, deed, managerOf(jurisdiction))).toMatchObject({ why: 'manager-not-below' });
      expect(mayActOn(officer, deed, managerOf(jurisdiction))).toEqual({ ok: true });
    }
  });

  test.each(onAccounts)('%s of a programme officer only by another', (deed) => {
    for (const actor of [manager, client])
      expect(mayActOn(actor, deed, programmeOfficer)).toMatchObject({ why: 'programme-officers-only' });
    expect(mayActOn(officer, deed, programmeOfficer)).toEqual({ ok: true });
  });

  test('looking at it needs no more than the subtree', () => {
    for (const account of [general, programmeOfficer, managerOf('1.2.3'), { ...general, id: manager.id }])
      expect(mayActOn(manager, 'list', account)).toEqual({ ok: true });
  });
});

test('a place must be under the jurisdiction by whole components', () => {
  for (const place of ['1.2.3.4', '1.2.3.4.1']) expect(mayPlace(manager, oid(place))).toEqual({ ok: true });
  for (const place of ['1.2.3', '1.2.3.40', '1.2.3.5']) {
    expect(mayPlace(manager, oid(place))).toMatchObject({ why: 'outside-jurisdiction' });
    expect(mayPlace(officer, oid(place))).toEqual({ ok: true });
    expect(mayPlace({ ...officer, meets: 'second-factor' }, oid(place))).toMatchObject({ ok: false });
  }
});

test('an agency is named that lies within the jurisdiction, or that all of it is a part of', () => {
  for (const agency of ['1.2.3.4', '1.2.3.4.1', '1.2.3', '1.2'])
    expect(mayNameAgency(client, oid(agency))).toEqual({ ok: true });
  for (const agency of ['1.2.3.5', '1.2.3.40', '1.2.30'])
    expect(mayNameAgency(client, oid(agency))).toMatchObject({ why: 'outside-jurisdiction' });
  expect(mayNameAgency(officer, oid('1.9'))).toEqual({ ok: true });
});

describe('roles', () => {
  test('of categories held, and those that a held category gives besides', () => {
    expect(mayGive(manager, catalogue, 'csm_user')).toEqual({ ok: true });
    expect(mayGive(manager, catalogue, 'psr_user')).toEqual({ ok: true });
    expect(mayGive(client, catalogue, 'psr_user')).toMatchObject({ why: 'category-not-held' });
    expect(mayGive(manager, catalogue, 'fms_user')).toMatchObject({ why: 'category-not-held' });
    expect(mayGive(manager, catalogue, 'nothing')).toMatchObject({ why: 'unknown-role' });
    expect(mayGive(officer, catalogue, 'fms_user')).toEqual({ ok: true });
    expect(mayGive(officer, catalogue, 'nothing')).toMatchObject({ why: 'unknown-role' });
    expect(mayGive({ ...officer, meets: 'second-factor' }, catalogue, 'fms_user')).toMatchObject({
      ok: false,
    });
  });

  test("those of others survive untouched, the catalogue's unknown ones too", () => {
    const held = [{ role: 'fms_user' }, { role: 'gone' }, { role: 'csm_admin' }, { role: 'psr_user' }];
    expect(replaceGrants(manager, catalogue, held, [{ role: 'csm_user' }])).toEqual({
      ok: true,
      grants: [{ role: 'fms_user' }, { role: 'gone' }, { role: 'csm_user' }],
    });
    expect(replaceGrants(officer, catalogue, held, [])).toEqual({ ok: true, grants: [] });
  });

  test('one too many refuses them all, even one that the account has already', () => {
    const wanted = [{ role: 'csm_user' }, { role: 'fms_user' }];
    expect(replaceGrants(manager, catalogue, [{ role: 'fms_user' }], wanted)).toEqual({
      ok: false,
      why: 'category-not-held',
      role: 'fms_user',
    });
  });
});

test.each([
  [1, 'nothing'],
  [2, 'second-factor'],
  [3, 'certificate'],
] as const)('somebody logged in at level %i meets %s', (level, meets) => {
  const account = sampleAccount({ office: 'manager', categories: ['csm'] });
  expect(personActor(account, level)).toEqual({
    kind: 'person',
    id: account.id,
    office: 'manager',
    scopeOid: account.jurisdictionOid,
    categories: ['csm'],
    meets,
  });
});
