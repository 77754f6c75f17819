/**
 * The probe of scim-sanity (https://github.com/thomaselliottbetz/scim-sanity, strict), each result by its name there, against a whole hub. As
 * there, every answer with a resource is judged by the same rules (`expectResource`). The extension of this domain stands beside what the probe
 * sends of a new user. Agents (phases 4, 5 and 5a) are no kind of resource here, so that the probe passes them over.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { officialSchemaId } from '#api/scim/user-schema.ts';
import {
  errorSchema,
  listSchema,
  official,
  patchOf,
  resourcesOf,
  startScimHub,
  type Json,
  type ScimAnswer,
} from '../../support/scim/scim-hub.ts';

const hub = await startScimHub();
const { call } = hub;
afterAll(() => hub.close());

const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
const newUser = {
  schemas: [userSchema],
  userName: 'scim-sanity-test-1@example.test',
  name: { givenName: 'Test', familyName: 'User', formatted: '林大同' },
  displayName: '林大同',
  emails: [{ value: 'scim-sanity-test-1@example.test', type: 'work', primary: true }],
  active: true,
  ...official(8100),
};

/** Its validate_resource_response, but for `meta.lastModified`: no account has one, and a group is as old as the catalogue. */
function expectResource({ status, headers, body, text }: ScimAnswer, expected: number, kind: string): void {
  expect([status, body['detail'], headers.get('Content-Type')]).toEqual([
    expected,
    undefined,
    'application/scim+json',
  ]);
  expect(body).toMatchObject({
    schemas: expect.any(Array),
    id: expect.any(String),
    meta: { resourceType: kind },
  });
  const meta = body['meta'] as Json;
  expect(headers.get('ETag')).toBe(meta['version'] ?? null);
  if (expected === 201) expect(headers.get('Location')).toBe(meta['location']);
  for (const hidden of ['password', 'nationalId', 'birthday']) expect(text).not.toContain(`"${hidden}"`);
}

function expectError({ status, headers, body }: ScimAnswer, expected: number): void {
  expect([status, headers.get('Content-Type')]).toEqual([expected, 'application/scim+json']);
  expect(body).toMatchObject({ schemas: [errorSchema], status: String(expected) });
}

describe('Phase 1 — Discovery', () => {
  test.each(['/ServiceProviderConfig', '/Schemas', '/ResourceTypes'])('GET %s', async (path) => {
    const { status, headers } = await call('GET', path);
    expect([status, headers.get('Content-Type')]).toEqual([200, 'application/scim+json']);
  });
});

describe('Phase 2 — User CRUD Lifecycle', () => {
  let created: Json;
  const path = () => `/Users/${String(created['id'])}`;

  test('POST /Users', async () => {
    const answer = await call('POST', '/Users', newUser);
    expectResource(answer, 201, 'User');
    created = answer.body;
  });
  test('GET /Users/{id}', async () => {
    const answer = await call('GET', path());
    expectResource(answer, 200, 'User');
    expect(answer.body).toEqual(created);
  });
  test('PUT /Users/{id}, GET /Users/{id} after PUT: what was read, with another displayName', async () => {
    const { meta: _meta, ...read } = created;
    expectResource(await call('PUT', path(), { ...read, displayName: '林更名' }), 200, 'User');
    const { displayName, name } = (await call('GET', path())).body;
    expect([displayName, name]).toEqual(['林更名', { formatted: '林更名' }]);
  });
  test('PATCH /Users/{id}, GET /Users/{id} after PATCH', async () => {
    const off = patchOf({ op: 'replace', path: 'active', value: false });
    expectResource(await call('PATCH', path(), off), 200, 'User');
    expect((await call('GET', path())).body['active']).toBe(false);
  });
  test('DELETE /Users/{id}, GET /Users/{id} after DELETE (expect 404)', async () => {
    const { status, text } = await call('DELETE', path());
    expect([status, text]).toEqual([204, '']);
    expectError(await call('GET', path()), 404);
  });
});

describe('Phase 3 — Group CRUD Lifecycle', () => {
  const role = '/Groups/csm_user';

  test('explained: POST /Groups, DELETE /Groups/{id}: roles are of the catalogue', async () => {
    const group = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'scim-sanity-test-1',
    };
    const refused = [await call('POST', '/Groups', group), await call('DELETE', role)];
    for (const answer of refused) expectError(answer, 405);
    expect(refused.map(({ headers }) => headers.get('Allow'))).toEqual([
      'HEAD, GET',
      'HEAD, GET, PUT, PATCH',
    ]);
  });
  test('GET /Groups/{id}', async () => {
    expectResource(await call('GET', role), 200, 'Group');
  });
  test('explained: PUT /Groups/{id}: it names members, or nobody would know whom it means', async () => {
    const { meta: _meta, ...read } = (await call('GET', role)).body;
    const answer = await call('PUT', role, { ...read, displayName: 'Updated' });
    expectError(answer, 400);
    expect((await call('GET', role)).body['displayName']).toBe(read['displayName']);
  });
  test('explained: PATCH /Groups/{id}: a role has the name that the catalogue has', async () => {
    const rename = patchOf({ op: 'replace', path: 'displayName', value: 'scim-sanity-test-patched' });
    const answer = await call('PATCH', role, rename);
    expectError(answer, 400);
    expect(answer.body['scimType']).toBe('mutability');
  });
  test('explained: PATCH /Groups/{id} add member: whom there is not holds no role', async () => {
    const add = patchOf({ op: 'add', path: 'members', value: [{ value: 'fake-member-id' }] });
    expectError(await call('PATCH', role, add), 400);
  });
  test('PATCH /Groups/{id} remove members (204 unless attributes are named)', async () => {
    const remove = patchOf({ op: 'remove', path: 'members' });
    expect((await call('PATCH', role, remove)).status).toBe(204);
    expectResource(await call('PATCH', `${role}?attributes=meta,members`, remove), 200, 'Group');
  });
});

describe('Phase 6 — Search', () => {
  test('GET /Users (ListResponse)', async () => {
    await call('POST', '/Users', { ...newUser, ...official(8101) });
    const { status, headers, body } = await call('GET', '/Users');
    expect([status, headers.get('Content-Type')]).toEqual([200, 'application/scim+json']);
    expect(body).toMatchObject({ schemas: [listSchema], totalResults: 1, startIndex: 1, itemsPerPage: 1 });
    expect(resourcesOf({ body })).toMatchObject([{ [officialSchemaId]: { status: 'not-opened' } }]);
  });
  test('GET /Users?filter (no match)', async () => {
    const filter = encodeURIComponent('userName eq "nonexistent@test.invalid"');
    expect(await call('GET', `/Users?filter=${filter}`)).toMatchObject({
      status: 200,
      body: { totalResults: 0 },
    });
  });
  test('GET /Users?startIndex=1&count=1, Pagination: itemsPerPage honors count', async () => {
    await call('POST', '/Users', { ...newUser, ...official(8102) });
    const { status, body } = await call('GET', '/Users?startIndex=1&count=1');
    expect([status, body['itemsPerPage'], body['totalResults']]).toEqual([200, 1, 2]);
  });
  test('GET /Users?count=0 (boundary)', async () => {
    const answer = await call('GET', '/Users?count=0');
    expect([answer.status, resourcesOf(answer), answer.body['totalResults']]).toEqual([200, [], 2]);
  });
});

describe('Phase 7 — Error Handling', () => {
  test('GET /Users/nonexistent (expect 404)', async () => {
    expectError(await call('GET', '/Users/nonexistent-id-000000'), 404);
  });
  test.each([
    ['POST /Users invalid body (expect 400)', { not: 'a scim resource' }],
    ['POST /Users missing userName (expect 400)', { schemas: [userSchema] }],
  ])('%s', async (_name, body) => {
    expectError(await call('POST', '/Users', body), 400);
  });
});
