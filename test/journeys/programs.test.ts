/** A personnel system that keeps accounts by the API: its token, what it does with it, and how it loses it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  clientConfig,
  clientSecret,
  startHubWorld,
  type HubWorld,
  type Person,
} from '../support/hub/hub-world.ts';

let world: HubWorld;
let person: Person;
let token: string;

const rights = { scopeOid: '2.16.886.101', categories: ['csm'] };
const program = { grant_types: ['client_credentials'], redirect_uris: [], post_logout_redirect_uris: [] };

beforeAll(async () => {
  world = await startHubWorld({
    clients: [
      clientConfig('hr', [], {
        ...program,
        api: { ...rights, scopes: ['accounts.read', 'accounts.write', 'roles.write'] },
      }),
      clientConfig('csm', ['csm']),
    ],
  });
  person = await world.openPerson({ n: 810, name: '受管人員' });
});
afterAll(() => world.close());

const askToken = (parameters: Record<string, string> = {}) =>
  fetch(new URL('/oidc/token', world.origin), {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`hr:${encodeURIComponent(clientSecret)}`)}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'accounts.read accounts.write roles.write',
      resource: `${world.origin}/api`,
      ...parameters,
    }),
  });

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(new URL(path, world.origin), {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse(text || '{}') as Record<string, unknown>,
  };
}

test('discovery says that there are client credentials, and the document is where it should be', async () => {
  const { body } = await call('GET', '/.well-known/openid-configuration');
  expect(body['grant_types_supported']).toContain('client_credentials');
  expect((await call('GET', '/api/v1/openapi.json')).status).toBe(200);
});

test('with a token it reads, gives a role and changes; the trail names it', async () => {
  token = String(((await (await askToken()).json()) as Record<string, unknown>)['access_token']);
  const path = `/api/v1/accounts/${person.account.id}`;
  const read = await call('GET', path);
  expect([read.status, read.body['name']]).toEqual([200, '受管人員']);
  const warrant = { form: 'HR-1', reason: '新進' };
  const given = await call(
    'PUT',
    `${path}/roles`,
    { warrant, grants: [{ role: 'csm_user' }] },
    {
      'If-Match': read.headers.get('ETag') ?? '',
    },
  );
  expect([given.status, given.body['grants']]).toEqual([200, [{ role: 'csm_user' }]]);
  const changed = await call(
    'PATCH',
    path,
    { warrant, change: { contact: { title: '科員' } } },
    {
      'If-Match': given.headers.get('ETag') ?? '',
    },
  );
  expect([changed.status, changed.body['title']]).toEqual([200, '科員']);
  const found = await world.hub.services.stores.records.audit.search({ actor: 'client:hr' }, undefined, 10);
  expect(found.map(({ index }) => index.action)).toContain('account.set-roles');
});

test('a role of a category that it does not hold is refused by its rule', async () => {
  const path = `/api/v1/accounts/${person.account.id}`;
  const { headers } = await call('GET', path);
  const answer = await call(
    'PUT',
    `${path}/roles`,
    { warrant: { form: 'HR-2', reason: '試' }, grants: [{ role: 'fms_user' }] },
    {
      'If-Match': headers.get('ETag') ?? '',
    },
  );
  expect([answer.status, answer.body]).toMatchObject([403, { why: 'category-not-held', about: 'fms_user' }]);
});

test('it finds organisations, and accounts by national ID', async () => {
  expect((await call('GET', '/api/v1/organizations?text=2.16')).status).toBe(200);
  const found = await call('POST', '/api/v1/accounts/search', { nationalId: person.nationalId });
  expect(found.body).toMatchObject({ count: 1, accounts: [{ id: person.account.id }] });
});

test('a provisioning system does the same by SCIM', async () => {
  const warrant = { 'Hufu-Form': 'HR-3', 'Hufu-Reason': encodeURIComponent('調任') };
  const find = (filter: string) => call('GET', `/scim/v2/Users?filter=${encodeURIComponent(filter)}`);
  const { id } = person.account;
  expect((await find('displayName co "受管"')).body).toMatchObject({ totalResults: 1, Resources: [{ id }] });
  expect((await find(`displayName sw "受" and not (active eq false)`)).body['totalResults']).toBe(1);
  expect((await find('displayName co "*)(uid=*"')).body['totalResults']).toBe(0);
  for (const blank of [' ', '受 ', '  '])
    expect([blank, (await find(`displayName co "${blank}"`)).body['totalResults']]).toEqual([blank, 0]);
  expect((await call('GET', '/scim/v2/Users?cursor=&count=1')).body['itemsPerPage']).toBe(1);
  const operation = { op: 'replace', path: 'title', value: '科長' };
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  const changed = await call('PATCH', `/scim/v2/Users/${id}`, { schemas, Operations: [operation] }, warrant);
  expect([changed.status, changed.body['title']]).toEqual([200, '科長']);
  const Operations = [{ op: 'remove', path: `members[value eq "${id}"]` }];
  expect((await call('PATCH', '/scim/v2/Groups/csm_user', { schemas, Operations }, warrant)).status).toBe(
    204,
  );
  expect((await call('GET', `/scim/v2/Users/${id}`)).body['groups']).toEqual([]);
});

test('its token is good for nothing else', async () => {
  expect((await call('GET', '/oidc/userinfo')).status).toBe(401);
  expect(
    (
      await fetch(new URL('/registry', world.origin), {
        redirect: 'manual',
        headers: { Authorization: `Bearer ${token}` },
      })
    ).status,
  ).toBe(404);
});

test('a revoked token is gone', async () => {
  await fetch(new URL('/oidc/revocation', world.origin), {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`hr:${encodeURIComponent(clientSecret)}`)}` },
    body: new URLSearchParams({ token }),
  });
  const answer = await call('GET', `/api/v1/accounts/${person.account.id}`);
  expect([answer.status, answer.body['code']]).toEqual([401, 'token-invalid']);
});

test('browsers find no way in: no cookie, no other site', async () => {
  const answer = await fetch(new URL('/api/v1/accounts', world.origin), {
    headers: { Origin: 'https://elsewhere.example' },
  });
  expect([answer.status, answer.headers.get('Access-Control-Allow-Origin')]).toEqual([401, null]);
});
