import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { relyingPartiesOf } from '#config/relying-parties.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import { createConfigFiles, production, type ConfigFiles } from '#test/support/config-files.ts';

let files: ConfigFiles;
beforeEach(() => {
  files = createConfigFiles();
});
afterEach(() => files[Symbol.dispose]());

const environment = { SECRET: 'a'.repeat(32) };
const good = {
  client_id: 'csm',
  name: '公司登記',
  systems: ['csm'],
  redirect_uris: ['https://csm.example.org/cb'],
  client_secret: { env: 'SECRET' },
};

function write(client: object): string {
  return files.write('hufu.yaml', `${production}clients: [${JSON.stringify(client)}]`);
}
/** The keys of the client that are at fault. */
function faulty(changes: object): string[] {
  const faults = files.faults([write({ ...good, ...changes })], environment);
  return faults.map(({ path }) => path.replace(/^clients\[csm\]\./, ''));
}

test('the national ID is for clients that prove who they are', () => {
  const scopes = ['openid', 'national_id'];
  expect(faulty({ scopes })).toEqual([]);
  const open = { client_secret: undefined, token_endpoint_auth_method: 'none' };
  expect(faulty({ ...open, scopes: ['openid'] })).toEqual([]);
  expect(faulty({ ...open, scopes })).toEqual(['token_endpoint_auth_method']);
});

describe('addresses to return to', () => {
  test.each([
    'https://csm.example.org',
    'https://csm.example.org/cb?system=csm',
    'https://csm.example.org:8443/cb',
    'http://localhost:5000/cb',
    'http://127.0.0.1/cb',
    'http://[::1]:5000/cb',
  ])('%s may be one', (uri) => {
    expect(faulty({ redirect_uris: [uri], post_logout_redirect_uris: [uri] })).toEqual([]);
  });

  test.each([
    ['plain http', 'http://csm.example.org/cb'],
    ['plain http to what only looks like loopback', 'http://localhost.example.org/cb'],
    ['another number of loopback', 'http://2130706433/cb'],
    ['a fragment', 'https://csm.example.org/cb#x'],
    ['an empty fragment', 'https://csm.example.org/cb#'],
    ['a wildcard', 'https://*.example.org/cb'],
    ['a wildcard in the path', 'https://csm.example.org/*'],
    ['a user', 'https://user@csm.example.org/cb'],
    ['a password', 'https://user:pw@csm.example.org/cb'],
    ['a backslash', 'https://csm.example.org\\@evil.example/cb'],
    ['a space', 'https://csm.example.org/a b'],
    ['a line break', 'https://csm.example.org/\ncb'],
    ['dot segments', 'https://csm.example.org/a/../cb'],
    ['upper case in the host', 'https://CSM.example.org/cb'],
    ["the scheme's own port", 'https://csm.example.org:443/cb'],
    ['a script', 'javascript:alert(1)'],
    ['data', 'data:text/html,x'],
    ['an own scheme', 'app://callback'],
    ['a path alone', '/cb'],
    ['no scheme', '//csm.example.org/cb'],
    ['nothing', ''],
  ])('%s may not', (_name, uri) => {
    expect(faulty({ redirect_uris: [uri] })).toEqual(['redirect_uris[0]']);
    expect(faulty({ post_logout_redirect_uris: ['https://csm.example.org/', uri] })).toEqual([
      'post_logout_redirect_uris[1]',
    ]);
  });

  test('there is at least one', () => {
    expect(faulty({ redirect_uris: [] })).toEqual(['redirect_uris']);
  });
});

describe('credentials', () => {
  const jwks = { keys: [{ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }] };
  const none = { client_secret: null };

  test.each([
    ['a secret by Basic', {}],
    ['a secret by POST', { token_endpoint_auth_method: 'client_secret_post' }],
    ['a public client', { token_endpoint_auth_method: 'none', ...none }],
    ['a key', { token_endpoint_auth_method: 'private_key_jwt', jwks, ...none }],
    [
      'a fetched key',
      { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'https://csm.example.org/jwks', ...none },
    ],
  ])('%s', (_name, changes) => {
    expect(faulty(changes)).toEqual([]);
  });

  test.each([
    ['no secret', none, 'client_secret'],
    ['a public client with a secret', { token_endpoint_auth_method: 'none' }, 'client_secret'],
    ['a key and a secret', { token_endpoint_auth_method: 'private_key_jwt', jwks }, 'client_secret'],
    ['no key', { token_endpoint_auth_method: 'private_key_jwt', ...none }, 'jwks'],
    ['keys from two places', { jwks, jwks_uri: 'https://csm.example.org/jwks' }, 'jwks_uri'],
    ['keys over plain http', { jwks_uri: 'http://csm.example.org/jwks' }, 'jwks_uri'],
    ['a private key', { jwks: { keys: [{ kty: 'EC', d: 'canary' }] } }, 'jwks.keys[0]'],
    ['a shared key', { jwks: { keys: [{ kty: 'oct', k: 'canary' }] } }, 'jwks.keys[0].kty'],
    ['an unknown method', { token_endpoint_auth_method: 'client_secret_jwt' }, 'token_endpoint_auth_method'],
  ])('not: %s', (_name, changes, at) => {
    expect(faulty(changes)).toContain(at);
    expect(JSON.stringify(files.faults([write({ ...good, ...changes })], environment))).not.toContain(
      'canary',
    );
  });
});

test.each([
  [{ systems: ['cms'] }, 'systems[0]'],
  [{ systems: [] }, 'systems'],
  [{ scopes: ['roles'] }, 'scopes'],
  [{ scopes: ['openid', 'everything'] }, 'scopes[1]'],
  [{ grant_types: ['implicit'] }, 'grant_types[0]'],
  [{ grant_types: ['password'] }, 'grant_types[0]'],
  [{ response_types: ['token'] }, 'response_types[0]'],
  [{ response_types: ['code id_token'] }, 'response_types[0]'],
  [{ id_token_signed_response_alg: 'none' }, 'id_token_signed_response_alg'],
  [{ id_token_signed_response_alg: 'HS256' }, 'id_token_signed_response_alg'],
  [{ firstparty: true }, 'firstparty'],
  [{ redirectUris: [] }, 'redirectUris'],
])('%j is a fault', (changes, at) => {
  expect(faulty(changes)).toEqual([at]);
});

test('a client id is plain', () => {
  expect(files.faults([write({ ...good, client_id: 'a b' })], environment)[0]?.path).toBe(
    'clients[a b].client_id',
  );
});

test('become relying parties with metadata as RFC 7591 names it', () => {
  const config = files.load([write({ ...good, firstParty: true, nameEn: 'Companies' })], environment);
  const parties: readonly RelyingParty[] = relyingPartiesOf(config);
  expect(parties).toEqual([
    {
      clientId: 'csm',
      name: '公司登記',
      nameEn: 'Companies',
      systems: ['csm'],
      firstParty: true,
      countsAsActivity: false,
      scopes: ['openid', 'profile', 'organization', 'roles'],
      allowedOrigins: [],
      resources: [],
      metadata: {
        client_id: 'csm',
        client_name: '公司登記',
        client_secret: environment.SECRET,
        redirect_uris: ['https://csm.example.org/cb'],
        post_logout_redirect_uris: [],
        token_endpoint_auth_method: 'client_secret_basic',
        id_token_signed_response_alg: 'RS256',
        application_type: 'web',
        subject_type: 'public',
        require_pushed_authorization_requests: false,
        dpop_bound_access_tokens: false,
        tls_client_certificate_bound_access_tokens: false,
        require_signed_request_object: false,
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        scope: 'openid profile organization roles',
      },
    },
  ]);
});
