/** Kinds of relying party: public, native, of an own sector, of a resource, registered by itself; and who may call from a browser. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { resourceScopeName } from '#provider/consent.ts';
import { sampleAccount, sampleId } from '#test/support/memory/accounts.ts';
import { createMemoryConsents } from '#test/support/memory/consents.ts';
import { newPkce, openProviderWorld, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import {
  claimsOf,
  createSampleClient,
  type SampleClient,
  type Tokens,
} from '#test/support/provider/sample-client.ts';
import { sampleRelyingParty } from '#test/support/provider/sample-relying-party.ts';

const account = sampleAccount({
  grants: ['csm_user', 'csm_user_nocert', 'fms_nocert'].map((role) => ({ role })),
});
const outsider = sampleAccount({ id: sampleId('c'), grants: [{ role: 'csm_user_nocert' }] });
const api = 'https://api.fms.example/';
const opaqueApi = 'https://opaque.fms.example/';
const publicClient = { client_secret: undefined, token_endpoint_auth_method: 'none' };

const consents = createMemoryConsents();

let world: ProviderWorld;
let csm: SampleClient;
let fms: SampleClient;

beforeAll(async () => {
  world = await openProviderWorld({
    accounts: [account, outsider],
    relyingParties: [
      sampleRelyingParty('csm', { resources: [api, opaqueApi] }),
      sampleRelyingParty('third', { systems: ['csm'], firstParty: false, resources: [api, opaqueApi] }),
      sampleRelyingParty('fms'),
      sampleRelyingParty(
        'front',
        { systems: ['csm'], allowedOrigins: ['https://front.example'] },
        publicClient,
      ),
      sampleRelyingParty(
        'app',
        { systems: ['csm'] },
        {
          ...publicClient,
          application_type: 'native',
          redirect_uris: [
            'http://127.0.0.1/callback',
            'http://[::1]/callback',
            'tw.gov.example.app:/callback',
            'https://app.example/callback',
          ],
        },
      ),
      sampleRelyingParty('pair', { systems: ['csm'] }, { subject_type: 'pairwise' }),
      sampleRelyingParty(
        'pair-2',
        { systems: ['csm'] },
        {
          subject_type: 'pairwise',
          sector_identifier_uri: 'https://pair.example/',
          redirect_uris: ['https://pair-2.example/callback', 'https://other.example/callback'],
        },
      ),
      sampleRelyingParty('pair-3', { systems: ['csm'] }, { subject_type: 'pairwise' }),
    ],
    provider: {
      resources: [
        { uri: api, systems: ['fms'], scopes: ['cases:read'], format: 'jwt', introspectedBy: [] },
        {
          uri: opaqueApi,
          systems: ['fms'],
          scopes: ['cases:read'],
          format: 'opaque',
          introspectedBy: ['fms'],
        },
      ],
      registration: {
        initialAccessToken: 'an-initial-access-token-of-a-test',
        systems: ['csm'],
        scopes: ['profile', 'roles'],
      },
    },
    deps: { consents },
  });
  csm = createSampleClient(world, 'csm');
  fms = createSampleClient(world, 'fms');
});
afterAll(() => world.close());
beforeEach(() => {
  world.nextLogin = { accountId: account.id, level: 2 };
});

describe('a resource', () => {
  const scope = 'openid roles cases:read';

  test('has its scopes agreed to for itself, not for another that names one alike', async () => {
    const third = createSampleClient(world, 'third');
    const asked = { scope: 'openid cases:read', resource: api };
    const remember = (scopes: readonly string[]) =>
      consents.rememberConsent(account.id, { clientId: 'third', scopes, at: new Date() });
    await remember(['openid', 'cases:read', resourceScopeName(opaqueApi, 'cases:read')]);
    expect(await (await third.authorize(undefined, asked)).response.json()).toMatchObject({
      prompt: { name: 'consent', details: { missingResourceScopes: { [api]: ['cases:read'] } } },
    });
    await remember([resourceScopeName(api, 'cases:read')]);
    expect((await third.authorize(undefined, asked)).answer?.get('code')).toBeTruthy();
  });

  test('gets a JWT of five minutes with the roles of ITS systems and the assurance of the login', async () => {
    const { answer, pkce } = await csm.authorize(undefined, { scope, resource: api });
    const redeemed = await csm.redeem(answer?.get('code') ?? '', pkce.verifier, { resource: api });
    const tokens = (await redeemed.json()) as Tokens & { expires_in: number };
    expect(tokens.expires_in).toBe(300);
    const header: unknown = JSON.parse(
      Buffer.from(tokens.access_token.split('.')[0] ?? '', 'base64url').toString(),
    );
    expect(header).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
    const claims = claimsOf(tokens.access_token);
    expect(claims).toMatchObject({
      iss: world.origin,
      aud: api,
      sub: account.id,
      client_id: 'csm',
      scope: 'cases:read',
      roles: ['fms_nocert'],
      acr: 'urn:hufu:loa:2',
      amr: ['pwd', 'otp'],
      auth_time: expect.any(Number),
      jti: expect.any(String),
    });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(300);
    expect(claimsOf(tokens.id_token)['roles']).toEqual(['csm_user_nocert']);
    // Made for the resource alone.
    expect((await csm.userinfo(tokens.access_token)).status).toBe(401);
    // After a refresh the same.
    const again = await csm.post('/oidc/token', {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
      resource: api,
    });
    const refreshed = (await again.json()) as Tokens;
    expect(claimsOf(refreshed.access_token)).toMatchObject({ roles: ['fms_nocert'], acr: 'urn:hufu:loa:2' });
  });

  test('is not opened to who is not admitted to its systems', async () => {
    world.nextLogin = { accountId: outsider.id, level: 2 };
    const { browser } = await csm.logIn();
    const { answer } = await csm.authorize(browser, { scope, resource: api, prompt: 'none' });
    expect(answer?.get('error')).toBe('access_denied');
  });

  test('gives nothing to who loses the role meanwhile', async () => {
    const { answer, pkce } = await csm.authorize(undefined, { scope, resource: api });
    world.accounts.set({ ...account, grants: [{ role: 'csm_user_nocert' }] });
    const redeemed = await csm.redeem(answer?.get('code') ?? '', pkce.verifier, { resource: api });
    world.accounts.set(account);
    expect([redeemed.status, await redeemed.json()]).toMatchObject([400, { error: 'invalid_target' }]);
  });

  test.each(['https://unknown.example/', `${api}#x`, 'no uri'])('%s is refused', async (resource) => {
    expect((await csm.authorize(undefined, { scope, resource })).answer?.get('error')).toBe('invalid_target');
  });

  test('is for clients registered for it', async () => {
    expect((await fms.authorize(undefined, { scope, resource: api })).answer?.get('error')).toBe(
      'invalid_target',
    );
  });

  test('may take opaque tokens and introspect them', async () => {
    const { answer, pkce } = await csm.authorize(undefined, { scope, resource: opaqueApi });
    const redeemed = await csm.redeem(answer?.get('code') ?? '', pkce.verifier, { resource: opaqueApi });
    const { access_token: token } = (await redeemed.json()) as Tokens;
    expect(await fms.introspect(token)).toMatchObject({
      active: true,
      aud: opaqueApi,
      roles: ['fms_nocert'],
    });
    expect(await createSampleClient(world, 'pair').introspect(token)).toEqual({ active: false });
  });
});

describe('pairwise subjects', () => {
  async function subjects(id: string, changes = {}) {
    const client = createSampleClient(world, id);
    const tokens = await client.logIn(undefined, changes);
    const userinfo = (await (await client.userinfo(tokens.access_token)).json()) as { sub: string };
    const { sub } = await client.introspect(tokens.access_token);
    return [claimsOf(tokens.id_token)['sub'], userinfo.sub, sub];
  }

  test('are the same everywhere for one sector, and of another for another', async () => {
    const first = await subjects('pair');
    expect(new Set(first).size).toBe(1);
    expect(first[0]).not.toBe(account.id);
    expect(await subjects('pair-2')).toEqual(first);
    expect((await subjects('pair-3'))[0]).not.toBe(first[0]);
    expect((await subjects('csm'))[0]).toBe(account.id);
  });
});

describe('a public client', () => {
  const token = (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(new URL('/oidc/token', world.origin), {
      method: 'POST',
      headers,
      body: new URLSearchParams({ client_id: 'front', ...parameters }),
    });

  async function redeemed(headers: Record<string, string> = {}) {
    const { answer, pkce } = await createSampleClient(world, 'front').authorize();
    return token(
      {
        grant_type: 'authorization_code',
        code: answer?.get('code') ?? '',
        code_verifier: pkce.verifier,
        redirect_uri: 'https://front.example/callback',
      },
      headers,
    );
  }

  test('has PKCE and refresh tokens that are good once', async () => {
    const tokens = (await (await redeemed()).json()) as Tokens;
    const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' };
    const second = (await (await token(refresh)).json()) as Tokens;
    expect(second.refresh_token).not.toBe(tokens.refresh_token);
    expect((await token(refresh)).status).toBe(400);
    expect((await token({ ...refresh, refresh_token: second.refresh_token ?? '' })).status).toBe(400);
  });

  test('needs PKCE', async () => {
    const without = { code_challenge: undefined, code_challenge_method: undefined };
    const { answer } = await createSampleClient(world, 'front').authorize(undefined, without);
    expect(answer?.get('error')).toBe('invalid_request');
  });

  test('is called from its own origins alone', async () => {
    const good = await redeemed({ Origin: 'https://front.example' });
    expect([good.status, good.headers.get('Access-Control-Allow-Origin')]).toEqual([
      200,
      'https://front.example',
    ]);
    const { access_token: accessToken } = (await good.json()) as Tokens;
    const bad = await redeemed({ Origin: 'https://evil.example' });
    expect([bad.status, bad.headers.get('Access-Control-Allow-Origin')]).toEqual([400, null]);
    for (const [origin, status] of [
      ['https://front.example', 200],
      ['https://evil.example', 400],
    ] as const) {
      const answer = await fetch(new URL('/oidc/userinfo', world.origin), {
        headers: { Authorization: `Bearer ${accessToken}`, Origin: origin },
      });
      expect(answer.status).toBe(status);
      expect(answer.headers.get('Access-Control-Allow-Credentials')).toBeNull();
    }
  });

  test('may not introspect', async () => {
    const { access_token: accessToken } = (await (await redeemed()).json()) as Tokens;
    const answer = await fetch(new URL('/oidc/introspection', world.origin), {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'front', token: accessToken }),
    });
    expect(await answer.json()).not.toMatchObject({ active: true });
  });
});

describe('a native client', () => {
  const authorize = (redirectUri: string) =>
    createSampleClient(world, 'app').authorize(undefined, { redirect_uri: redirectUri });

  test.each([
    'http://127.0.0.1/callback',
    'http://127.0.0.1:51004/callback',
    'http://[::1]:51004/callback',
    'tw.gov.example.app:/callback',
  ])('may return to %s', async (redirectUri) => {
    // Asked each time: another app could have taken the address for itself (RFC 8252, section 8.6).
    const { response } = await authorize(redirectUri);
    expect(await response.json()).toMatchObject({
      prompt: { name: 'consent', reasons: ['native_client_prompt'] },
    });
  });

  test('with a claimed https address of a first-party app nobody is asked', async () => {
    const { answer } = await authorize('https://app.example/callback');
    expect(answer?.get('code')).toBeTruthy();
  });

  test.each([
    'http://localhost:51004/callback',
    'http://127.0.0.1:51004/other',
    'http://127.0.0.1:51004@evil.example/callback',
    'https://127.0.0.1:51004/callback',
    'http://127.0.0.2:51004/callback',
    'tw.gov.example.other:/callback',
  ])('may not return to %s', async (redirectUri) => {
    const { response } = await authorize(redirectUri);
    expect([response.status, response.headers.get('Location')]).toEqual([400, null]);
  });

  test('a web client has its port compared', async () => {
    const { response } = await csm.authorize(undefined, {
      redirect_uri: 'https://csm.example:8443/callback',
    });
    expect(response.status).toBe(400);
  });
});

describe('registration', () => {
  const register = (body: object, token = 'an-initial-access-token-of-a-test') =>
    fetch(new URL('/oidc/register', world.origin), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  const good = { client_name: 'A new system', redirect_uris: ['https://new.example/callback'] };

  test('gives a client that can log people in, with consent', async () => {
    const answer = await register(good);
    expect(answer.status).toBe(201);
    const client = (await answer.json()) as { client_id: string; scope: string; client_secret: string };
    expect(client).toMatchObject({ client_secret: expect.any(String), scope: 'openid profile roles' });
    expect(world.audited.at(-1)).toMatchObject({
      action: 'relying-party.register',
      clientId: client.client_id,
    });
    expect(JSON.stringify(world.audited.at(-1))).not.toContain(client.client_secret);
    const url = new URL('/oidc/auth', world.origin);
    url.search = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri: 'https://new.example/callback',
      response_type: 'code',
      scope: 'openid profile',
      code_challenge: newPkce().challenge,
      code_challenge_method: 'S256',
    }).toString();
    const asked = await world.newBrowser().visit(url);
    expect(await asked.json()).toMatchObject({ prompt: { name: 'consent' } });
    expect(world.provider.findRelyingParty(client.client_id)).toMatchObject({
      firstParty: false,
      systems: ['csm'],
    });
  });

  test.each([
    [{ ...good, redirect_uris: ['http://new.example/callback'] }, 'redirect_uris'],
    [{ ...good, redirect_uris: ['javascript:alert(1)'] }, 'redirect_uris'],
    [{ ...good, backchannel_logout_uri: 'http://new.example/log-out' }, 'backchannel_logout_uri'],
    [{ ...good, backchannel_logout_uri: 'https://u:p@new.example/' }, 'backchannel_logout_uri'],
    [{ ...good, backchannel_logout_uri: ['https://new.example/'] }, 'backchannel_logout_uri'],
    [{ ...good, token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'http://new.example/' }, 'jwks_uri'],
    [{ ...good, sector_identifier_uri: 'http://new.example/' }, 'sector_identifier_uri'],
    [{ ...good, token_endpoint_auth_method: 'tls_client_auth' }, 'token_endpoint_auth_method'],
    [
      {
        ...good,
        token_endpoint_auth_method: 'self_signed_tls_client_auth',
        jwks_uri: 'https://new.example/keys',
      },
      'token_endpoint_auth_method',
    ],
    [{ ...good, scope: 'openid national_id' }, 'scope'],
    [{ ...good, scope: 'openid email' }, 'scope'],
    [{ ...good, grant_types: ['implicit'] }, 'grant_types'],
    [{ ...good, response_types: ['token'] }, 'response_types'],
    [{ ...good, jwks_uri: 'https://a.example/', jwks: { keys: [] } }, 'jwks'],
    [
      { ...good, sector_identifier_uri: 'https://169.254.169.254/', subject_type: 'pairwise' },
      'sector_identifier_uri',
    ],
  ])('%j is refused in words', async (body, word) => {
    const answer = await register(body);
    const refusal = (await answer.json()) as { error: string; error_description: string };
    expect([answer.status, refusal.error]).toEqual([
      400,
      expect.stringMatching(/invalid_(client_metadata|redirect_uri)/),
    ]);
    expect(refusal.error_description).toContain(word);
  });

  test.each(['', 'wrong'])('token %j is refused', async (token) => {
    const answer = await register(good, token);
    expect([400, 401]).toContain(answer.status);
  });

  test('is not there unless it is configured', async () => {
    const closed = await openProviderWorld({ accounts: [], relyingParties: [] });
    const answer = await fetch(new URL('/oidc/register', closed.origin), { method: 'POST', body: '{}' });
    const discovery = await fetch(new URL('/.well-known/openid-configuration', closed.origin));
    await closed.close();
    expect(answer.status).toBe(404);
    expect(await discovery.json()).not.toHaveProperty('registration_endpoint');
  });
});
