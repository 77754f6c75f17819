/**
 * Random programs, accounts and OIDs that look alike, through every operation of both tables: nothing is read or written
 * outside both ceilings. An operation without a trial here does not compile, and one that never succeeds fails.
 */
import { describe, expect, test } from 'vitest';
import { accountOperations } from '#api/accounts/operations.ts';
import type { Operation } from '#api/operation.ts';
import { scimOperations } from '#api/scim/operations.ts';
import { officialSchemaId, userSchemaId } from '#api/scim/user-schema.ts';
import { newAccountId } from '#accounts/account-id.ts';
import type { Account } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import { parseNationalId, type NationalId } from '#domain/national-id.ts';
import { deedScopes } from '#domain/permission.ts';
import {
  allScopes,
  openApiWorld,
  type ApiAnswer,
  type ApiWorld,
  type Program,
} from '#test/support/api/api-world.ts';
import { realRandom } from '#test/support/real.ts';
import { known, oid, system, today } from '../accounts/management/people-world.ts';
import { contains, gives, mayTouch, reaches } from '../accounts/management/plain-permission.ts';
import { createSeeded, type Seeded } from '../accounts/management/seeded.ts';

const oids = ['1.2.3', '1.2.3.4', '1.2.3.40', '1.2.3.4.5', '1.2.3.45', '1.2.3.40.5', '1.2.4', '1.2.34'].map(
  oid,
);
const categories = ['csm', 'fms', 'psm', 'psr'];
const roles = ['csm_user', 'csm_admin', 'fms_user', 'psr_user'];
const offices = ['general', 'general', 'manager', 'programme-officer'] as const;

let lastNumber = 0;
function newNationalId(): NationalId {
  for (;;) {
    lastNumber += 1;
    const id = parseNationalId(`Y1${String(lastNumber).padStart(8, '0')}`);
    if (id) return id;
  }
}

async function createPeople({ directory }: ApiWorld, random: Seeded, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const opened = await directory.accounts.openAccount(system, {
      id: newAccountId(realRandom),
      name: `員${n}`,
      nationalId: newNationalId(),
      birthday: '0215',
      agency: { oid: random.pick(oids), code: '387000000A', name: '機關' },
      ...(random.once(2) && { unit: { oid: random.pick(oids), name: '科' } }),
      jurisdictionOid: random.pick(oids),
      office: random.pick(offices),
      categories: random.some(categories),
      openedOn: today,
      openingDay: today,
      contact: { email: `p${n}@example.test` },
      grants: random.some(roles).map((role) => ({ role })),
    });
    await directory.accounts.modifyAccount(system, opened.id, 1, {
      status: random.pick(['not-opened', 'enabled', 'disabled']),
      passwordHash: '{X}',
      ...(random.once(2) && { oneDayPassword: { day: today, enabledAt: new Date('2026-03-02T00:00:00Z') } }),
    });
  }
}

interface Sent {
  readonly path: string;
  readonly body?: unknown;
}

type Trial = (random: Seeded, target: Account) => Sent;

const warrant = { form: 'F-1', reason: 'trial' };
const warranted = { body: { warrant } };
const place = (random: Seeded) => ({ oid: random.pick(oids), name: '科' });
const agencyAt = (random: Seeded) => ({ oid: random.pick(oids), code: '387000000A', name: '機關' });
const operations = (...Operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});
const search = (filter: string) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
  filter,
});
const at =
  (of: string) =>
  (rest: string) =>
  (_: Seeded, { id }: Account): Sent => ({ path: `${of}/${id}${rest}`, ...warranted });
const account = at('/api/v1/accounts');

const trials: Record<keyof typeof accountOperations | keyof typeof scimOperations, Trial> = {
  listAccounts: (random) => ({ path: `/api/v1/accounts?underOid=${random.pick(oids)}&pageSize=200` }),
  searchAccounts: (random) => ({
    path: '/api/v1/accounts/search',
    body: random.pick([{}, { nameKeyword: '員' }, { role: random.pick(roles) }]),
  }),
  exportAccounts: (random) => ({
    path: '/api/v1/accounts/export',
    body: random.pick([{}, { underOid: random.pick(oids) }]),
  }),
  openAccount: (random) => ({
    path: '/api/v1/accounts',
    body: {
      warrant,
      account: {
        name: '新員',
        nationalId: newNationalId(),
        birthday: '0301',
        agency: agencyAt(random),
        ...(random.once(2) && { unit: place(random) }),
        grants: random.once(2) ? [] : random.some(roles).map((role) => ({ role })),
        contact: { email: 'new@example.test' },
        ...(random.once(8) && { office: 'programme-officer' }),
        ...(random.once(8) && { jurisdictionOid: '1.2' }),
      },
    },
  }),
  getAccount: (_, { id }) => ({ path: `/api/v1/accounts/${id}` }),
  changeAccount: (random, { id }) => ({
    path: `/api/v1/accounts/${id}`,
    body: {
      warrant,
      change: random.pick<object>([
        { name: `改${random.below(9)}` },
        { unit: place(random) },
        { unit: null },
        { agency: agencyAt(random) },
        { categories },
        { scopeOid: '1.2' },
      ]),
    },
  }),
  setStatus: (random, { id }) => ({
    path: `/api/v1/accounts/${id}/status`,
    body: { warrant, status: random.pick(['not-opened', 'enabled', 'disabled']) },
  }),
  setRoles: (random, { id }) => ({
    path: `/api/v1/accounts/${id}/roles`,
    body: { warrant, grants: random.some(roles).map((role) => ({ role })) },
  }),
  resetPassword: account('/password-reset'),
  enableOneDayPassword: account('/one-day-password'),
  withdrawOneDayPassword: account('/one-day-password/withdrawal'),
  removeFactors: account('/certificates/removal'),
  removeAccount: account('/removal'),
  searchOrganizations: () => ({ path: '/api/v1/organizations?text=1.2' }),
  listOrganizations: (random) => ({ path: `/api/v1/organizations/below?oid=${random.pick(oids)}` }),
  listUsers: (random, { id }) => ({
    path: `/scim/v2/Users?filter=${encodeURIComponent(random.pick([`id eq "${id}"`, 'active eq true', 'not (active eq true)', `groups.value eq "${random.pick(roles)}"`]))}`,
  }),
  searchUsers: (random) => ({
    path: '/scim/v2/Users/.search',
    body: search(`${officialSchemaId}:unit.oid eq "${random.pick(oids)}" or displayName co "員"`),
  }),
  getUser: (_, { id }) => ({ path: `/scim/v2/Users/${id}` }),
  createUser: (random) => ({
    path: '/scim/v2/Users',
    body: {
      schemas: [userSchemaId, officialSchemaId],
      displayName: '新員',
      emails: [{ value: 'new@example.test' }],
      groups: [{ value: 'csm_admin' }],
      [officialSchemaId]: {
        nationalId: newNationalId(),
        birthday: '0301',
        agency: agencyAt(random),
        ...(random.once(2) && { unit: place(random) }),
        office: 'programme-officer',
      },
    },
  }),
  replaceUser: (random, { id, agency }) => ({
    path: `/scim/v2/Users/${id}`,
    body: {
      schemas: [userSchemaId, officialSchemaId],
      displayName: `換${random.below(9)}`,
      active: random.once(2),
      emails: [{ value: 'put@example.test' }],
      [officialSchemaId]: { agency, ...(random.once(2) && { unit: place(random) }), office: 'manager' },
    },
  }),
  patchUser: (random, { id }) => ({
    path: `/scim/v2/Users/${id}`,
    body: operations(
      random.pick<object>([
        { op: 'replace', path: 'active', value: random.once(2) },
        { op: 'replace', path: 'displayName', value: `修${random.below(9)}` },
        { op: 'replace', path: `${officialSchemaId}:unit`, value: place(random) },
        { op: 'add', path: 'groups', value: [{ value: 'csm_admin' }] },
        { op: 'replace', path: `${officialSchemaId}:office`, value: 'programme-officer' },
      ]),
    ),
  }),
  deleteUser: (_, { id }) => ({ path: `/scim/v2/Users/${id}` }),
  listGroups: () => ({ path: '/scim/v2/Groups?attributes=members' }),
  searchGroups: (random) => ({
    path: '/scim/v2/Groups/.search',
    body: search(`id eq "${random.pick(roles)}"`),
  }),
  getGroup: (random) => ({ path: `/scim/v2/Groups/${random.pick(roles)}?attributes=members` }),
  replaceGroup: (random, { id }) => ({
    path: `/scim/v2/Groups/${random.pick(roles)}`,
    body: { members: random.once(2) ? [] : [{ value: id }] },
  }),
  searchAll: (random) => ({
    path: '/scim/v2/.search',
    body: search(random.pick(['displayName co "員"', `id eq "${random.pick(roles)}"`])),
  }),
  patchGroup: (random, { id }) => ({
    path: `/scim/v2/Groups/${random.pick(roles)}`,
    body: operations(
      random.pick<object>([
        { op: 'add', path: 'members', value: [{ value: id }] },
        { op: 'remove', path: `members[value eq "${id}"]` },
        { op: 'replace', path: 'members', value: [{ value: id }] },
      ]),
    ),
  }),
};

const tables: Readonly<Record<string, Operation>> = { ...accountOperations, ...scimOperations };

/** Of each kind: reading, opening, changing, roles, deleting. */
const readings: ReadonlySet<string> = new Set(['list', 'export']);

function checkReads(actor: Actor, answer: ApiAnswer, before: readonly Account[]): void {
  for (const { id, scopeOid } of before) {
    if (!reaches(actor, scopeOid)) expect(answer.text).not.toContain(id);
  }
  expect(answer.text).not.toMatch(/Y1\d{8}|0215/);
}

function checkWrites(
  actor: Actor,
  name: string,
  before: readonly Account[],
  after: readonly Account[],
): void {
  const { rule } = known(tables[name]);
  const mayWrite = rule !== 'public' && !readings.has(rule.deed);
  const was = new Map(before.map((one) => [one.id, one]));
  const is = new Map(after.map((one) => [one.id, one]));
  for (const one of before) {
    const now = is.get(one.id);
    if (now === one) continue;
    expect([name, mayWrite && mayTouch(actor, one)]).toEqual([name, true]);
    if (!now) continue;
    expect(reaches(actor, now.scopeOid)).toBe(true);
    expect(now).toMatchObject({
      office: one.office,
      jurisdictionOid: one.jurisdictionOid,
      categories: one.categories,
      agency: one.agency,
    });
    checkGrants(actor, one, now);
  }
  for (const one of after) {
    if (was.has(one.id)) continue;
    expect(actor.kind === 'client' && contains(actor.scopeOid, one.scopeOid)).toBe(true);
    expect(one).toMatchObject({
      office: 'general',
      categories: [],
      jurisdictionOid: actor.kind === 'client' && actor.scopeOid,
    });
    checkGrants(actor, { grants: [] }, one);
  }
}

function checkGrants(actor: Actor, before: Pick<Account, 'grants'>, after: Pick<Account, 'grants'>): void {
  const [was, is] = [before, after].map(({ grants }) => new Set(grants.map(({ role }) => role)));
  for (const role of roles) {
    if (was?.has(role) !== is?.has(role)) expect([role, gives(actor, role)]).toEqual([role, true]);
  }
}

async function runTrials(seed: number, count: number): Promise<ReadonlyMap<string, number>> {
  const random = createSeeded(seed);
  const world = await openApiWorld();
  for (const place of oids) world.organizations.set(place, { oid: place, name: '機關', code: '387000000A' });
  await createPeople(world, random, 60);
  const done = new Map(Object.keys(trials).map((name) => [name, 0]));
  for (let n = 0; n < count; n += 1) {
    const name = random.pick(Object.keys(trials)) as keyof typeof trials;
    const before = world.directory.all();
    // Who removes most of the people leaves nothing to try on.
    if (/^(?:remove|delete)/.test(name) && before.length < 40) continue;
    const scopes = random.once(3) ? random.some(allScopes) : [...allScopes];
    const program: Program = {
      clientId: 'x',
      scopes,
      scopeOid: random.pick(oids),
      categories: random.some(categories),
    };
    world.programs.set('x', program);
    const actor: Actor = { kind: 'client', id: 'x', ...program, scopeOid: oid(program.scopeOid) };
    const target = random.pick(before);
    const { path, body } = trials[name](random, target);
    const operation = known(tables[name]);
    const events = world.store.entries.length;
    const answer = await world.send(operation.method.toUpperCase(), path, {
      token: 'x',
      ...(body !== undefined && { body }),
      headers: { 'If-Match': `"${target.revision}"`, 'Hufu-Form': 'F-1', 'Hufu-Reason': 'trial' },
    });
    const after = world.directory.all();
    expect([name, answer.status < 500]).toEqual([name, true]);
    checkReads(actor, answer, before);
    checkWrites(actor, name, before, after);
    const isGood = answer.status < 300;
    const scope = operation.rule === 'public' ? undefined : deedScopes[operation.rule.deed];
    if (scope !== undefined && !scopes.includes(scope)) expect([name, answer.status]).toEqual([name, 403]);
    // Whatever is refused for who asks is in the trail.
    if (answer.status === 403) expect(world.store.entries.length).toBeGreaterThan(events);
    if (!isGood && answer.status !== 204) checkNothingNew(before, after, name);
    done.set(name, (done.get(name) ?? 0) + Number(isGood));
  }
  await world.close();
  return done;
}

/** What was refused has changed nothing; the members of a group, and status and fields of a user, are several deeds. */
function checkNothingNew(before: readonly Account[], after: readonly Account[], name: string): void {
  if (name === 'patchGroup' || name === 'replaceGroup' || name === 'replaceUser') return;
  expect(after).toEqual(before);
}

/** Any seed; one that fails is repeated by HUFU_TEST_SEED. */
const anySeed = Number(process.env['HUFU_TEST_SEED'] ?? Date.now() % 1_000_000);

describe('both ceilings, over the wire', () => {
  test(`seed ${anySeed}`, async () => {
    await runTrials(anySeed, 500);
  });

  test('seed 1, by which every operation also succeeds: refusing everything would prove nothing', async () => {
    const done = await runTrials(1, 1500);
    const never = [...done].filter(([, times]) => times === 0).map(([name]) => name);
    // Nobody here has a certificate to be removed.
    expect(never).toEqual(['removeFactors']);
  });
});

test('every operation of both tables states its deed', () => {
  for (const [name, { rule }] of Object.entries(tables)) {
    expect([name, rule !== 'public' && deedScopes[rule.deed] !== undefined]).toEqual([name, true]);
  }
  expect(Object.keys(trials).toSorted()).toEqual(Object.keys(tables).toSorted());
});
