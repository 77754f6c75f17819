/**
 * The requests of Microsoft's SCIM reference collection ("SCIM Tests" of AzureAD/SCIMReferenceCode), each by its name there; those with
 * garbage are in entra-garbage.test.ts. The extension of this domain stands beside what the collection sends of a new user. What it expects
 * and this domain does not give is held by its answer: `explained`.
 */
import { describe, expect, test } from 'vitest';
import { officialSchemaId } from '#api/scim/user-schema.ts';
import { expectError, useEntraClient } from '../../support/scim/entra-client.ts';
import { short } from '../../support/scim/entra-users.ts';
import { patchOf, resourcesOf, type Json } from '../../support/scim/scim-hub.ts';

const { call, post, idOf } = useEntraClient(6200);

describe('Endpoint tests', () => {
  test.each([
    ['Get empty Users', '/users'],
    ['Get empty Groups', '/Groups'],
    ['Get ServiceProviderConfig', '/ServiceProviderConfig'],
    ['Get Schemas', '/Schemas'],
  ])('%s', async (_name, path) => {
    expect((await call('GET', path)).status).toBe(200);
  });
  test('Get ResourceTypes: the endpoint of users is the first', async () => {
    expect(resourcesOf(await call('GET', '/ResourceTypes'))[0]).toMatchObject({ endpoint: '/Users' });
  });
  test('Get ServiceProviderConfig: PATCH is supported; Get Schemas: user accounts', async () => {
    expect((await call('GET', '/ServiceProviderConfig')).body['patch']).toEqual({ supported: true });
    expect((await call('GET', '/Schemas')).text).toContain('User Account');
  });
});

describe('User tests', () => {
  let [id1, id2] = ['', ''];
  test('Post User, Post EnterpriseUser', async () => {
    const [one, two] = [
      await post(short('Ryan', 'one@example.test')),
      await post(short('Andrew', 'two@example.test')),
    ];
    expect([one.status, two.status]).toEqual([201, 201]);
    [id1, id2] = [String(one.body['id']), String(two.body['id'])];
  });
  test('Get user1, Get user2', async () => {
    for (const id of [id1, id2])
      expect(await call('GET', `/Users/${id}`)).toMatchObject({ status: 200, body: { id } });
  });
  test('Get User Attributes', async () => {
    const { status, text } = await call('GET', '/Users?attributes=userName,emails');
    expect([status, text]).toEqual([200, expect.stringContaining(id1)]);
  });
  test('Get User Filters', async () => {
    expect((await call('GET', '/Users/?filter=DisplayName+eq+%22Ryan%22')).text).toContain(id1);
  });
  test('explained: patch user1, Get User1 Check Patch: userName is the hub’s', async () => {
    const answer = await call(
      'PATCH',
      `/Users/${id1}`,
      patchOf({ op: 'replace', path: 'userName', value: 'ryan3' }),
    );
    expectError(answer, 400, 'mutability');
  });
  test('User 2 replace test, Get user2 Check replace', async () => {
    const { [officialSchemaId]: extension } = (await call('GET', `/Users/${id2}`)).body;
    const user = { ...short('NewName', 'replaced@example.test'), displayName: 'BobIsAmazing', id: id2 };
    const { status } = await call('PUT', `/Users/${id2}`, { ...user, [officialSchemaId]: extension });
    const { body } = await call('GET', `/Users/${id2}`);
    expect([status, body['name']]).toEqual([200, { formatted: 'NewName' }]);
  });
  test('Delete user1, Delete user2', async () => {
    for (const id of [id1, id2]) expect((await call('DELETE', `/Users/${id}`)).status).toBe(204);
  });
});

describe('Group tests', () => {
  const role = '/Groups/csm_user';
  const members = async () =>
    ((await call('GET', `${role}?attributes=members`)).body['members'] ?? []) as readonly Json[];
  test.each([
    ['Create empty group', []],
    ['Create filled group 2', [{ value: 'x', display: 'VP' }]],
    ['Create group 3', []],
  ])('explained: %s: which roles there are is the catalogue’s', async (displayName, given) => {
    const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName, members: given };
    expectError(await call('POST', '/Groups', body), 405);
  });
  test.each(['Delete group 1', 'Delete group 2', 'Delete group3'])('explained: %s', async () => {
    expectError(await call('DELETE', role), 405);
  });
  test('Get Groups', async () => {
    expect((await call('GET', '/Groups')).status).toBe(200);
  });
  test('create user for group 2, Create user 4 for group 2, Put replace group3', async () => {
    const [id3, id4] = [
      await idOf(short('Three', '3@example.test')),
      await idOf(short('Four', '4@example.test')),
    ];
    const named = [
      { value: id3, display: 'VP' },
      { value: id4, display: 'SenorVP' },
    ];
    const put = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      id: 'csm_user',
      displayName: 'putName',
    };
    expect((await call('PUT', role, { ...put, members: named })).status).toBe(200);
    expect((await members()).map(({ value }) => value).toSorted()).toEqual([id3, id4].toSorted());
    // explained: Validate group 3: members are told on request.
    expect((await call('GET', role)).body).not.toHaveProperty('members');
    for (const id of [id3, id4]) expect((await call('DELETE', `/Users/${id}`)).status).toBe(204);
  });
  test('Patch add user4 to group1, Patch remove user4 to group1, Patch remove all users, Get group by id', async () => {
    const id4 = await idOf(short('Again', 'again@example.test'));
    const add = patchOf({
      name: 'addMember',
      op: 'add',
      path: 'members',
      value: [{ displayName: 'new User', value: id4 }],
    });
    expect((await call('PATCH', role, add)).status).toBe(204);
    expect((await members()).map(({ value }) => value)).toEqual([id4]);
    const remove = patchOf({ op: 'remove', path: `members[value eq "${id4}"]` });
    expect([(await call('PATCH', role, remove)).status, await members()]).toEqual([204, []]);
    await call('PATCH', role, add);
    const all = patchOf({ op: 'remove', path: 'members' });
    expect([(await call('PATCH', role, all)).status, await members()]).toEqual([204, []]);
  });
  test('explained: Get group by id: what a member is called is told by the user, not by the group', async () => {
    const id = await idOf(short('Called', 'called@example.test'));
    await call(
      'PATCH',
      role,
      patchOf({ op: 'add', path: 'members', value: [{ value: id, display: 'new User' }] }),
    );
    expect((await members())[0]).not.toHaveProperty('display');
  });
});

describe('ComplexAttribute tests', () => {
  test('explained: create user1: an address that is none gets no codes', async () => {
    expectError(await post(short('Bob', 'emailName357')), 400, 'invalidValue');
  });
  test('create user2, Get user attributes, Get user via attributes filter, Delete User1, Delete User2', async () => {
    const id = await idOf(short('Bob', 'jump@example.test'));
    for (const attributes of ['emails[type eq "work"]', 'emails[value eq "jump@example.test"]']) {
      const answer = await call('GET', `/Users?attributes=${encodeURIComponent(attributes)}`);
      expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('jump@example.test')]);
    }
    expect((await call('DELETE', `/Users/${id}`)).status).toBe(204);
  });
});
