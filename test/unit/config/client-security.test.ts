import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { relyingPartiesOf } from '#config/relying-parties.ts';
import { createConfigFiles, production, type ConfigFiles } from '#test/support/config-files.ts';

let files: ConfigFiles;
beforeEach(() => {
  files = createConfigFiles();
});
afterEach(() => files[Symbol.dispose]());

const environment = { SECRET: 'a'.repeat(32) };
const confidential = { client_secret: { env: 'SECRET' } };
const key = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' };
const byKey = { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key] } };
const good = {
  client_id: 'csm',
  name: '公司登記',
  systems: ['csm'],
  redirect_uris: ['https://csm.example.org/cb'],
};

function write(client: object, others: object = {}): string {
  const more = Object.entries(others).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
  return files.write(
    'hufu.yaml',
    `${production}${more.join('')}clients: [${JSON.stringify({ ...good, ...client })}]`,
  );
}

function faulty(client: object, others: object = {}): string[] {
  return files
    .faults([write(client, others)], environment)
    .map(({ path }) => path.replace(/^clients\[csm\]\./, ''));
}

const header = { clientCertificates: { header: 'client-cert' } };

describe('native clients', () => {
  const native = { application_type: 'native', token_endpoint_auth_method: 'none' };
  test.each([
    'http://127.0.0.1/cb',
    'http://[::1]/cb',
    'tw.gov.example.app:/cb',
    'https://app.example.org/cb',
  ])('may return to %s', (uri) => {
    expect(faulty({ ...native, redirect_uris: [uri] })).toEqual([]);
  });
  test.each(['http://localhost/cb', 'https://127.0.0.1/cb', 'app:/cb', 'javascript:alert(1)'])(
    'may not return to %s',
    (uri) => {
      expect(faulty({ ...native, redirect_uris: [uri] })).toEqual(['redirect_uris[0]']);
    },
  );
  test('own schemes are for them alone', () => {
    expect(faulty({ ...confidential, redirect_uris: ['tw.gov.example.app:/cb'] })).toEqual([
      'redirect_uris[0]',
    ]);
  });
});

describe('keys and certificates', () => {
  test.each([
    [{ ...confidential, require_signed_request_object: true }, {}, 'jwks'],
    [{ ...confidential, token_endpoint_auth_signing_alg: 'ES256' }, {}, 'token_endpoint_auth_signing_alg'],
    [{ token_endpoint_auth_method: 'self_signed_tls_client_auth' }, header, 'jwks'],
    [{ token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks: { keys: [key] } }, header, 'jwks'],
    [
      { ...byKey, dpop_bound_access_tokens: true, tls_client_certificate_bound_access_tokens: true },
      header,
      'dpop_bound_access_tokens',
    ],
    [
      { ...byKey, tls_client_certificate_bound_access_tokens: true },
      {},
      'tls_client_certificate_bound_access_tokens',
    ],
    [{ ...byKey, tls_client_auth_san_dns: 'a.example' }, header, 'tls_client_auth_san_dns'],
    [
      { token_endpoint_auth_method: 'tls_client_auth' },
      { clientCertificates: { header: 'a', authorities: 'a.pem' } },
      'tls_client_auth_subject_dn',
    ],
    [
      { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_san_dns: 'a' },
      header,
      'token_endpoint_auth_method',
    ],
    [{ ...confidential, sector: 'example.org' }, {}, 'sector'],
    [
      {
        ...confidential,
        subject_type: 'pairwise',
        redirect_uris: ['https://a.example.org/', 'https://b.example.org/'],
      },
      {},
      'sector',
    ],
    [{ ...confidential, resources: ['https://api.example.org/'] }, {}, 'resources[0]'],
    [{ ...confidential, allowedOrigins: ['https://app.example.org/path'] }, {}, 'allowedOrigins[0]'],
    [{ ...confidential, allowedOrigins: ['*'] }, {}, 'allowedOrigins[0]'],
  ])('%j is refused', (client, others, path) => {
    expect(faulty(client, others)).toEqual([path]);
  });

  test.each([
    [{ ...byKey, require_signed_request_object: true, dpop_bound_access_tokens: true }, {}],
    [
      { token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks: { keys: [{ ...key, x5c: ['a'] }] } },
      header,
    ],
    [
      { ...confidential, resources: ['https://api.example.org/'] },
      { resources: [{ uri: 'https://api.example.org/', systems: ['csm'], scopes: ['cases:read'] }] },
    ],
  ])('%j is taken', (client, others) => {
    expect(faulty(client, others)).toEqual([]);
  });
});

describe('clients of the device flow', () => {
  const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
  const nowhere = { ...confidential, redirect_uris: [] };
  const pairwise = { ...nowhere, grant_types: [deviceGrant], subject_type: 'pairwise' };
  const byKeys = {
    ...pairwise,
    client_secret: undefined,
    token_endpoint_auth_method: 'private_key_jwt',
    jwks_uri: 'https://csm.example.org/keys',
    sector: 'csm.example.org',
  };

  test.each([
    [{ ...nowhere, grant_types: [deviceGrant] }, []],
    [{ ...nowhere, grant_types: [deviceGrant, 'refresh_token'] }, []],
    [{ ...confidential, grant_types: [deviceGrant] }, []],
    [{ ...nowhere, grant_types: [deviceGrant, 'authorization_code'] }, ['redirect_uris']],
    [{ ...nowhere, grant_types: ['refresh_token'] }, ['redirect_uris']],
    [nowhere, ['redirect_uris']],
    [{ ...confidential, redirect_uris: undefined }, ['redirect_uris']],
    [pairwise, ['sector', 'subject_type']],
    [{ ...pairwise, sector: 'csm.example.org', jwks_uri: 'https://csm.example.org/keys' }, ['subject_type']],
    [byKeys, []],
  ])('%j: %j at fault', (client, faults) => {
    expect(faulty(client)).toEqual(faults);
  });

  test('need no redirect URI in the configuration to become relying parties', () => {
    const file = write({ ...confidential, redirect_uris: undefined, grant_types: [deviceGrant] });
    const [party] = relyingPartiesOf(files.load([file], environment));
    expect(party?.metadata.redirect_uris).toEqual([]);
  });
});

describe('profile fapi2', () => {
  const fapi2 = { ...byKey, profile: 'fapi2', dpop_bound_access_tokens: true };

  test('is taken with key, binding and https, and signs ID tokens with ES256', () => {
    expect(faulty(fapi2)).toEqual([]);
    const [party] = relyingPartiesOf(files.load([write(fapi2)], environment));
    expect(party).toMatchObject({ profile: 'fapi2', metadata: { id_token_signed_response_alg: 'ES256' } });
  });

  test.each([
    [
      { ...confidential, token_endpoint_auth_method: 'client_secret_basic', jwks: undefined },
      'token_endpoint_auth_method',
    ],
    [{ dpop_bound_access_tokens: false }, 'dpop_bound_access_tokens'],
    [{ id_token_signed_response_alg: 'RS256' }, 'id_token_signed_response_alg'],
    [{ token_endpoint_auth_signing_alg: 'RS256' }, 'token_endpoint_auth_signing_alg'],
    [{ redirect_uris: ['http://127.0.0.1/cb'] }, 'redirect_uris'],
  ])('%j is refused', (changes, path) => {
    expect(faulty({ ...fapi2, ...changes })).toEqual([path]);
  });
});

describe('resources and registration', () => {
  test.each(['openid', 'profile', 'national_id', 'offline_access'])(
    'a resource has no scope %s of its own',
    (scope) => {
      const resource = { uri: 'https://api.example.org/', systems: ['csm'], scopes: ['cases:read', scope] };
      expect(faulty(confidential, { resources: [resource] })).toHaveLength(1);
    },
  );

  test('name known systems and clients', () => {
    const resource = {
      uri: 'https://api.example.org/',
      systems: ['cms'],
      scopes: ['a'],
      introspectedBy: ['nobody'],
    };
    expect(
      faulty(confidential, {
        resources: [resource, resource],
        registration: { initialAccessToken: { env: 'SECRET' }, systems: ['cms'] },
      }),
    ).toHaveLength(6);
  });
});

describe('programs that act for themselves', () => {
  const api = { scopes: ['accounts.read'], scopeOid: '2.16.886.101', categories: ['csm'] };
  const program = {
    ...confidential,
    systems: [],
    redirect_uris: [],
    grant_types: ['client_credentials'],
    api,
  };

  test('need neither a redirect URI nor a system', () => {
    const [party] = relyingPartiesOf(files.load([write(program)], environment));
    expect(party).toMatchObject({ api, systems: [], metadata: { redirect_uris: [] } });
    expect(party?.metadata).not.toHaveProperty('api');
  });

  test.each([
    ['without rights', { api: undefined }, ['api']],
    [
      'rights without the grant',
      { systems: ['csm'], grant_types: ['authorization_code'] },
      ['redirect_uris', 'api'],
    ],
    [
      'public',
      { client_secret: undefined, token_endpoint_auth_method: 'none' },
      ['token_endpoint_auth_method'],
    ],
    [
      'with people, for no system',
      { grant_types: ['client_credentials', 'authorization_code'] },
      ['redirect_uris', 'systems'],
    ],
    ['an unknown scope', { api: { ...api, scopes: ['accounts.all'] } }, ['api.scopes[0]']],
    ['no scope', { api: { ...api, scopes: [] } }, ['api.scopes']],
    ['an OID that is none', { api: { ...api, scopeOid: '2.16.' } }, ['api.scopeOid']],
  ])('may not be %s', (_case, change, expected) => {
    expect(faulty({ ...program, ...change })).toEqual(expected);
  });
});
