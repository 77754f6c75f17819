/**
 * The requests of Okta's "SCIM 2.0 SPEC Test" (published with its developer documentation), each by its name there and in its order, and
 * what Okta sends afterwards to push profiles and groups. The extension of this domain stands beside what the test sends of a new user: nobody
 * is opened without a national ID. What the test expects and no official has is said by name: `explained`.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officialSchemaId } from '#api/scim/user-schema.ts';
import {
  errorSchema,
  listSchema,
  official,
  patchOf,
  resourcesOf,
  startScimHub,
  type Json,
  type ScimHub,
} from '../../support/scim/scim-hub.ts';

let hub: ScimHub;
let first: Json;
let one: Json;
beforeAll(async () => {
  hub = await startScimHub();
  // The test asks for one user to be there.
  await hub.world.openPerson({ n: 6100, name: '既有人員' });
});
afterAll(() => hub.close());

const okta = { 'User-Agent': 'OKTA SCIM Integration', 'Accept-Charset': 'utf-8' };
const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  hub.call(method, path, body, { ...okta, ...headers });
const byName = (name: string) => `/Users?filter=${encodeURIComponent(`userName eq "${name}"`)}`;
const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
const newUser = {
  schemas,
  userName: 'lin.datong@example.test',
  name: { givenName: '大同', familyName: '林' },
  emails: [{ primary: true, value: 'lin.datong@example.test', type: 'work' }],
  displayName: '林大同',
  active: true,
};

describe('Okta SCIM 2.0 SPEC Test', () => {
  test('Required Test: Test Users endpoint', async () => {
    const answer = await call('GET', '/Users?count=1&startIndex=1');
    expect(answer).toMatchObject({ status: 200, body: { schemas: [listSchema] } });
    for (const name of ['itemsPerPage', 'startIndex', 'totalResults'])
      expect([name, typeof answer.body[name]]).toEqual([name, 'number']);
    first = resourcesOf(answer)[0] ?? {};
    expect(first).toMatchObject({ id: expect.any(String), userName: expect.any(String), active: true });
    expect(first['emails']).toMatchObject([{ value: expect.stringContaining('@') }]);
  });
  test('Required Test: Get Users/{{id}}', async () => {
    const { status, body } = await call('GET', `/Users/${String(first['id'])}`);
    expect([status, body]).toMatchObject([200, { id: first['id'], active: true }]);
    expect(body['emails']).toMatchObject([{ value: expect.stringContaining('@') }]);
  });
  test('explained: name.familyName and name.givenName: a name is in one piece here, name.formatted', () => {
    expect(first['name']).toEqual({ formatted: '既有人員' });
  });
  test.each([
    ['Test invalid User by username', 'nobody@example.test'],
    ["Make sure random user doesn't exist", newUser.userName],
    ['Username Case Sensitivity Check', newUser.userName.toUpperCase()],
  ])('Required Test: %s', async (_name, userName) => {
    const answer = await call('GET', byName(userName));
    expect(answer).toMatchObject({ status: 200, body: { schemas: [listSchema], totalResults: 0 } });
    expect(resourcesOf(answer)).toEqual([]);
  });
  test.each([
    ['Test invalid User by ID', 'user-that-does-not-exist'],
    ['Check status 404', '00919288221112222'],
  ])('Required Test: %s', async (_name, id) => {
    const { status, body } = await call('GET', `/Users/${id}`);
    expect([status, body]).toMatchObject([404, { schemas: [errorSchema], status: '404' }]);
    expect(body['detail']).toEqual(expect.stringMatching(/./));
  });
  test('Required Test: Create Okta user with realistic values', async () => {
    const answer = await call(
      'POST',
      '/Users',
      { ...newUser, ...official(6101) },
      {
        'Content-Type': 'application/json',
      },
    );
    one = answer.body;
    expect([answer.status, one['detail']]).toEqual([201, undefined]);
    expect(one).toMatchObject({
      active: true,
      displayName: '林大同',
      schemas: expect.arrayContaining(schemas),
    });
  });
  test('explained: created without the extension of this domain', async () => {
    const { status, body } = await call('POST', '/Users', newUser);
    expect([status, body]).toMatchObject([400, { scimType: 'invalidValue' }]);
    expect(body['detail']).toContain('nationalId');
  });
  test('Required Test: Verify that user was created', async () => {
    expect(await call('GET', `/Users/${String(one['id'])}`)).toMatchObject({
      status: 200,
      body: { id: one['id'], displayName: '林大同' },
    });
  });
  test('explained: userName: the login name is the national ID, which is shown to nobody; the id stands for it', () => {
    expect(one['userName']).toBe(one['id']);
  });
  test('Required Test: Expect failure when recreating user with same values', async () => {
    const { status, body } = await call('POST', '/Users', { ...newUser, ...official(6101) });
    expect([status, body]).toMatchObject([409, { scimType: 'uniqueness' }]);
  });
  test('Optional Test: Verify Groups endpoint', async () => {
    const answer = await call('GET', '/Groups');
    expect([answer.status, Array.isArray(answer.body['Resources'])]).toEqual([200, true]);
    expect(answer.body['totalResults']).toBe(resourcesOf(answer).length);
  });
  test('Required Test: Check status 401', async () => {
    const { status, body } = await call('GET', byName('x'), undefined, { Authorization: 'non-token' });
    expect([status, body]).toMatchObject([401, { schemas: [errorSchema], status: '401' }]);
  });
});

describe('what Okta sends afterwards', () => {
  const user = () => `/Users/${String(one['id'])}`;
  test('finds the user by the id that it was given', async () => {
    expect((await call('GET', byName(String(one['userName'])))).body['totalResults']).toBe(1);
  });
  test('pushes the profile by PUT, with id and everything it knows', async () => {
    const body = {
      ...newUser,
      [officialSchemaId]: one[officialSchemaId],
      id: one['id'],
      externalId: '00u1abcd',
      locale: 'zh-TW',
      groups: [],
      displayName: '林小同',
      title: '科長',
    };
    const answer = await call('PUT', user(), body);
    expect(answer).toMatchObject({
      status: 200,
      body: { displayName: '林小同', title: '科長', active: true },
    });
  });
  test('deactivates and reactivates by PATCH without a path', async () => {
    for (const active of [false, true]) {
      const answer = await call('PATCH', user(), patchOf({ op: 'replace', value: { active } }));
      expect(answer).toMatchObject({ status: 200, body: { active } });
    }
  });
  test('looks for the group by its name, pushes members and takes one out', async () => {
    const [role] = resourcesOf(await call('GET', `/Groups?filter=${encodeURIComponent('id eq "csm_user"')}`));
    const path = `/Groups/${String(role?.['id'])}`;
    const named = `/Groups?filter=${encodeURIComponent(`displayName eq "${String(role?.['displayName'])}"`)}`;
    expect((await call('GET', `${named}&startIndex=1&count=100`)).body['totalResults']).toBe(1);
    const value = [{ value: one['id'], display: 'lin.datong@example.test' }];
    expect((await call('PATCH', path, patchOf({ op: 'add', path: 'members', value }))).status).toBe(204);
    const same = { id: role?.['id'], displayName: role?.['displayName'] };
    expect((await call('PATCH', path, patchOf({ op: 'replace', value: same }))).status).toBe(204);
    const filter = `members[value eq "${String(one['id'])}"]`;
    expect((await call('PATCH', path, patchOf({ op: 'remove', path: filter }))).status).toBe(204);
    expect((await call('GET', `${path}?attributes=members`)).body['members']).toEqual([]);
  });
});
