/**
 * The tests of SCIM Verify (https://github.com/limosa-io/scimverify), each by its name there, against a whole hub; the extension of this domain
 * stands beside what it sends of a new user. What it expects and this domain does not give is held by the answer that it gets: `explained`.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const core = { displayName: '林大同', emails: [{ value: 'barbara.jensen@example.test' }] };

let hub: ScimHub;
let user: string;
beforeAll(async () => {
  hub = await startScimHub();
  await hub.world.openPerson({ n: 8200, name: '既有人員' });
  user = String(resourcesOf(await hub.call('GET', '/Users'))[0]?.['id']);
});
afterAll(() => hub.close());

const call: ScimHub['call'] = (...request) => hub.call(...request);
const expectList = async (path: string) => {
  const answer = await call('GET', path);
  expect([answer.status, answer.body['schemas']]).toEqual([200, [listSchema]]);
  return answer;
};
const attributesOf = async (id: string) => {
  const attributes = (await call('GET', `/Schemas/${id}`)).body['attributes'] as readonly Json[];
  return new Map(attributes.map((one) => [String(one['name']), one]));
};
const expectError = async (answer: ReturnType<ScimHub['call']>, status: number, scimType?: string) => {
  const { body, ...found } = await answer;
  expect([found.status, body['schemas'], body['scimType']]).toEqual([status, [errorSchema], scimType]);
};

describe('Basic tests', () => {
  test('Base URL should be reachable', async () => {
    await expectError(call('GET', ''), 404);
  });
  test('Authentication should be required for /Users', async () => {
    await expectError(call('GET', '/Users', undefined, { Authorization: '' }), 401);
  });
});

test('ResourceTypes: Retrieves resource types', async () => {
  const types = resourcesOf(await expectList('/ResourceTypes'));
  expect(types.map(({ id, schema }) => [id, schema])).toEqual([
    ['User', userSchema],
    ['Group', groupSchema],
  ]);
});
test('Schemas: Retrieves schemas', async () => {
  const schemas = resourcesOf(await expectList('/Schemas'));
  for (const id of [userSchema, groupSchema])
    expect(schemas).toContainEqual(expect.objectContaining({ id, attributes: expect.any(Array) as unknown }));
});

describe('Users', () => {
  test('explained: userSchema contains attribute userName, not required: the hub names users itself', async () => {
    const userName = (await attributesOf(userSchema)).get('userName');
    expect(userName).toMatchObject({ required: false, mutability: 'readOnly' });
  });
  test.each([
    ['Retrieves a list of users', () => '/Users'],
    ['Retrieves a single user', () => `/Users/${user}`],
  ])('%s: with no attribute that the schema does not have', async (_name, path) => {
    const answer = await call('GET', path());
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'application/scim+json']);
    const extension = (await call('GET', '/ResourceTypes/User')).body['schemaExtensions'] as readonly Json[];
    const known = [
      ...(await attributesOf(userSchema)).keys(),
      ...extension.map(({ schema }) => String(schema)),
    ];
    const shown = path() === '/Users' ? resourcesOf(answer) : [answer.body];
    expect(shown.map(({ id }) => id)).toEqual([user]);
    for (const name of shown.flatMap((one) => Object.keys(one)))
      expect(['schemas', 'id', 'meta', ...known]).toContain(name);
  });
  test('Handles retrieval of a non-existing user', async () => {
    await expectError(call('GET', '/Users/9876543210123456'), 404);
  });
  test('Paginates users using startIndex', async () => {
    const answer = await expectList('/Users?startIndex=20&count=5');
    expect([answer.body['startIndex'], resourcesOf(answer)]).toEqual([20, []]);
  });
  test('explained: Sorts users by userName: that is the id, by which nobody reads a list; by displayName', async () => {
    await expectError(call('GET', '/Users?sortBy=userName'), 400, 'invalidValue');
    await expectList('/Users?sortBy=displayName');
  });
  test('Retrieves only userName attributes', async () => {
    const [one = {}] = resourcesOf(await expectList('/Users?attributes=userName'));
    expect(Object.keys(one).toSorted()).toEqual(['id', 'schemas', 'userName']);
  });
  test('explained: Creates a new user - Alternative 1: userName is the id, whatever was sent', async () => {
    const { status, body } = await call('POST', '/Users', {
      schemas: [userSchema],
      userName: 'testuser6238',
      ...core,
      ...official(8201),
    });
    expect([status, body['userName'], body['displayName']]).toEqual([201, body['id'], core.displayName]);
  });
  test('explained: Creates a new user - Alternative 2: core attributes stand at the top (RFC 7643, section 3)', async () => {
    const nested = { schemas: [userSchema], [userSchema]: core, ...official(8202) };
    await expectError(call('POST', '/Users', nested), 400, 'invalidSyntax');
  });
  test('explained: Updates a user using PUT, using PATCH: with another userName', async () => {
    const { body } = await call('GET', `/Users/${user}`);
    const put = await call('PUT', `/Users/${user}`, { ...body, userName: 'MarieLarsen' });
    expect(put).toMatchObject({ status: 200, body: { userName: user } });
    const patch = patchOf({ op: 'replace', path: 'userName', value: 'JohnDoe' });
    await expectError(call('PATCH', `/Users/${user}`, patch), 400, 'mutability');
  });
});

describe('Groups', () => {
  const role = '/Groups/csm_user';

  test('explained: groupSchema contains attribute displayName, not required: it is the catalogue’s', async () => {
    const displayName = (await attributesOf(groupSchema)).get('displayName');
    expect(displayName).toMatchObject({ required: false, mutability: 'readOnly' });
  });
  test('Retrieves a list of groups', async () => {
    const { body } = await expectList('/Groups');
    const names = ['Resources', 'itemsPerPage', 'schemas', 'startIndex', 'totalResults'];
    expect(Object.keys(body).toSorted()).toEqual(names);
  });
  test('Retrieves a single group', async () => {
    const { status, body } = await call('GET', role);
    expect([status, body]).toMatchObject([200, { schemas: [groupSchema], id: 'csm_user' }]);
    expect(body['displayName']).toMatch(/^csm_user ./);
  });
  test('Handles retrieval of a non-existing group', async () => {
    await expectError(call('GET', '/Groups/9876543210123456'), 404);
  });
  test('Paginates groups using startIndex', async () => {
    const answer = await expectList('/Groups?startIndex=20&count=5');
    expect([answer.body['startIndex'], resourcesOf(answer)]).toEqual([20, []]);
  });
  test('Sorts groups by displayName', async () => {
    const groups = resourcesOf(await expectList('/Groups?sortBy=displayName'));
    const names = groups.map(({ displayName }) => String(displayName));
    expect(names.length).toBeGreaterThan(1);
    expect(names).toEqual(names.toSorted());
  });
  test.each([
    ['Creates a new group', 'POST', '/Groups'],
    ['Returns errors when creating an invalid group', 'POST', '/Groups'],
    ['Deletes a group', 'DELETE', role],
  ])('explained: %s: roles are of the catalogue', async (_name, method, path) => {
    await expectError(call(method, path, method === 'POST' ? { schemas: [groupSchema] } : undefined), 405);
  });
  test('Updates a group using PUT', async () => {
    const put = await call('PUT', `${role}?attributes=members`, {
      schemas: [groupSchema],
      members: [{ value: user }],
    });
    expect(put).toMatchObject({ status: 200, body: { members: [{ value: user }] } });
  });
  test('Updates a group using PATCH, Assigns a user to a group (200 where attributes are named)', async () => {
    const of = (op: string) => patchOf({ op, path: 'members', value: [{ value: user, display: 'x' }] });
    const assigned = await call('PATCH', `${role}?attributes=members`, of('add'));
    expect(assigned).toMatchObject({
      status: 200,
      body: { schemas: [groupSchema], members: [{ value: user }] },
    });
    expect((await call('PATCH', role, of('remove'))).status).toBe(204);
  });
  test('Deletes a user', async () => {
    expect((await call('DELETE', `/Users/${user}`)).status).toBe(204);
  });
});
