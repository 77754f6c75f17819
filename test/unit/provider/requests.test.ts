/** Ways to ask: request objects, claims parameter, acr, POST, signed answers. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { newPkce, openProviderWorld, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import {
  claimsOf,
  createSampleClient,
  type SampleClient,
  type Tokens,
} from '#test/support/provider/sample-client.ts';
import { allScopes, sampleRelyingParty } from '#test/support/provider/sample-relying-party.ts';
import {
  confusedJwt,
  newClientKey,
  nowInSeconds,
  signJwt,
  unsignedJwt,
} from '#test/support/provider/signed-jwt.ts';

const account = sampleAccount({
  grants: ['csm_user', 'csm_user_nocert', 'fms_nocert'].map((role) => ({ role })),
});
const clientKey = newClientKey();
const fetched: string[] = [];

let world: ProviderWorld;
let csm: SampleClient;
let few: SampleClient;

beforeAll(async () => {
  world = await openProviderWorld({
    accounts: [account],
    relyingParties: [
      sampleRelyingParty(
        'csm',
        { scopes: [...allScopes, 'national_id'] },
        { jwks: { keys: [clientKey.jwk] } },
      ),
      sampleRelyingParty(
        'few',
        { systems: ['csm'], scopes: ['openid', 'profile'] },
        {
          userinfo_signed_response_alg: 'ES256',
          authorization_signed_response_alg: 'ES256',
        },
      ),
      sampleRelyingParty(
        'signed',
        { systems: ['csm'] },
        {
          jwks: { keys: [clientKey.jwk] },
          require_signed_request_object: true,
        },
      ),
    ],
    deps: {
      outgoing: async (url) => {
        fetched.push(String(url));
        throw new Error('nothing is to be fetched');
      },
    },
  });
  csm = createSampleClient(world, 'csm');
  few = createSampleClient(world, 'few');
});
afterAll(() => world.close());
beforeEach(() => {
  world.nextLogin = { accountId: account.id, level: 2 };
});

describe('request objects', () => {
  const claims = (id: string, more: object = {}) => ({
    iss: id,
    aud: world.origin,
    client_id: id,
    redirect_uri: `https://${id}.example/callback`,
    response_type: 'code',
    scope: 'openid roles',
    state: 'signed state',
    code_challenge: newPkce().challenge,
    code_challenge_method: 'S256',
    exp: nowInSeconds() + 60,
    ...more,
  });

  test('signed ones say what is asked, whatever stands beside them', async () => {
    const made = signJwt(claims('csm'), clientKey, { typ: 'oauth-authz-req+jwt' });
    const { answer } = await csm.authorize(undefined, { request: made });
    expect(answer?.get('code')).toEqual(expect.any(String));
    expect(answer?.get('state')).toBe('signed state');
  });

  test.each([
    ['unsigned', () => unsignedJwt(claims('csm'))],
    ['signed with the public key as a secret', () => confusedJwt(claims('csm'), clientKey)],
    [
      'signed by a key in its header',
      () => signJwt(claims('csm'), newClientKey(), { jwk: newClientKey().jwk }),
    ],
    ['of an odd kid', () => signJwt(claims('csm'), clientKey, { kid: 'odd' })],
    [
      'with keys elsewhere',
      () => signJwt(claims('csm'), newClientKey('x'), { jku: 'https://evil.example/keys' }),
    ],
    ['with an unknown crit', () => signJwt(claims('csm'), clientKey, { crit: ['odd'], odd: 1 })],
    ['for another server', () => signJwt(claims('csm', { aud: 'https://elsewhere.example' }), clientKey)],
    ['of another client', () => signJwt(claims('csm', { iss: 'few' }), clientKey)],
    ['that has expired', () => signJwt(claims('csm', { exp: 1 }), clientKey)],
    ['that holds another', () => signJwt(claims('csm', { request: 'x' }), clientKey)],
  ])('%s are refused and nothing is fetched', async (_name, make) => {
    fetched.length = 0;
    const { answer, response } = await csm.authorize(undefined, { request: make() });
    expect(answer?.has('code') ?? false).toBe(false);
    expect(answer?.get('error') ?? response.status).toSatisfy(
      (outcome) => outcome === 'invalid_request_object' || outcome === 400,
    );
    expect(fetched).toEqual([]);
  });

  test('are never fetched', async () => {
    const { answer } = await csm.authorize(undefined, { request_uri: 'https://csm.example/request' });
    expect(answer?.get('error')).toBe('request_uri_not_supported');
    expect(fetched).toEqual([]);
  });

  test('a client registered for them must sign', async () => {
    const signed = createSampleClient(world, 'signed');
    expect((await signed.authorize()).answer?.get('error')).toBe('invalid_request');
    const made = signJwt(claims('signed'), clientKey);
    expect((await signed.authorize(undefined, { request: made })).answer?.has('code')).toBe(true);
  });
});

describe('the claims parameter', () => {
  test('gives single claims where they are asked for', async () => {
    const asked = JSON.stringify({ id_token: { email: null }, userinfo: { name: { essential: true } } });
    const tokens = await csm.logIn(undefined, { scope: 'openid', claims: asked });
    expect(claimsOf(tokens.id_token)['email']).toBe('ming@example.gov.tw');
    expect(claimsOf(tokens.id_token)['name']).toBeUndefined();
    const userinfo = (await (await csm.userinfo(tokens.access_token)).json()) as object;
    expect(userinfo).toMatchObject({ name: account.name });
    expect(userinfo).not.toHaveProperty('email');
  });

  test('gives nothing that the client is not registered for', async () => {
    const names = { email: null, roles: { essential: true }, national_id: null, organization: null };
    const asked = JSON.stringify({ id_token: names, userinfo: names });
    const tokens = await few.logIn(undefined, { scope: 'openid profile', claims: asked });
    const userinfo = claimsOf(await (await few.userinfo(tokens.access_token)).text());
    for (const name of Object.keys(names)) {
      expect(claimsOf(tokens.id_token)).not.toHaveProperty(name);
      expect(userinfo).not.toHaveProperty(name);
    }
  });

  test('gives the national ID by userinfo alone, recorded', async () => {
    const names = { national_id: null };
    const asked = JSON.stringify({ id_token: names, userinfo: names });
    const tokens = await csm.logIn(undefined, { scope: 'openid', claims: asked });
    expect(claimsOf(tokens.id_token)).not.toHaveProperty('national_id');
    const before = world.audited.length;
    expect(await (await csm.userinfo(tokens.access_token)).json()).toMatchObject({
      national_id: 'A123456789',
    });
    expect(world.audited).toHaveLength(before + 1);
  });

  test.each(['not json', '[]', '{}', '{"id_token": 1}'])('%s is refused', async (asked) => {
    expect((await csm.authorize(undefined, { claims: asked })).answer?.get('error')).toBe('invalid_request');
  });
});

describe('an essential acr', () => {
  const acr = (level: number) =>
    JSON.stringify({ id_token: { acr: { essential: true, value: `urn:hufu:loa:${level}` } } });

  test('that the session does not meet is refused with prompt=none', async () => {
    const { browser } = await csm.logIn();
    const { answer } = await csm.authorize(browser, { claims: acr(3), prompt: 'none' });
    expect(answer?.get('error')).toBe('unmet_authentication_requirements');
  });

  test('asks for a stronger login, and is met by it', async () => {
    const { browser } = await csm.logIn();
    world.nextLogin = undefined;
    const asked = await csm.authorize(browser, { claims: acr(3) });
    expect(await asked.response.json()).toMatchObject({
      prompt: { name: 'login', reasons: ['essential_acr'] },
    });
    world.nextLogin = { accountId: account.id, level: 3 };
    const tokens = await csm.logIn(browser, { claims: acr(3) });
    expect(claimsOf(tokens.id_token)).toMatchObject({
      acr: 'urn:hufu:loa:3',
      roles: ['csm_user', 'csm_user_nocert'],
    });
  });

  test('that the login just made does not reach ends the request', async () => {
    const { answer } = await csm.authorize(undefined, { claims: acr(3) });
    expect(answer?.get('error')).toBe('unmet_authentication_requirements');
  });

  test('that nothing of ours proves ends the request at once', async () => {
    const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ['urn:example:gold'] } } });
    const { browser } = await csm.logIn();
    const { answer } = await csm.authorize(browser, { claims });
    expect(answer?.get('error')).toBe('unmet_authentication_requirements');
  });

  test('acr_values asks for a stronger login once, and never with prompt=none', async () => {
    const { browser } = await csm.logIn();
    const silent = await csm.authorize(browser, { acr_values: 'urn:hufu:loa:3', prompt: 'none' });
    expect(silent.answer?.has('code')).toBe(true);
    world.nextLogin = undefined;
    const asked = await csm.authorize(browser, { acr_values: 'urn:hufu:loa:3' });
    expect(await asked.response.json()).toMatchObject({ prompt: { name: 'login', reasons: ['wished_acr'] } });
  });
});

describe('requests by POST', () => {
  const posted = (path: string, parameters: URLSearchParams, browser = world.newBrowser()) =>
    browser.fetch(path, { method: 'POST', body: parameters });

  test('authorization: the same request by GET, which has the cookies', async () => {
    const { browser } = await csm.logIn();
    world.nextLogin = undefined;
    const { searchParams } = csm.authorizationUrl(newPkce());
    const answer = await posted('/oidc/auth', searchParams);
    expect(answer.status).toBe(303);
    const location = new URL(answer.headers.get('Location') ?? '', world.origin);
    expect([location.pathname, location.searchParams.toString()]).toEqual([
      '/oidc/auth',
      searchParams.toString(),
    ]);
    const last = await browser.visit(location);
    expect(new URL(last.headers.get('Location') ?? '').searchParams.has('code')).toBe(true);
  });

  test('log-out: as well', async () => {
    const parameters = new URLSearchParams({ client_id: 'csm', state: 'x y' });
    const answer = await posted('/oidc/session/end', parameters);
    expect([answer.status, answer.headers.get('Location')]).toEqual([
      303,
      '/oidc/session/end?client_id=csm&state=x+y',
    ]);
  });

  test.each([
    ['application/json', '{}', 400],
    ['application/x-www-form-urlencoded', `state=${'a'.repeat(20_000)}`, 413],
  ])('%s is refused when it is not a form or too large', async (type, body, status) => {
    const answer = await world
      .newBrowser()
      .fetch('/oidc/auth', { method: 'POST', body, headers: { 'Content-Type': type } });
    expect([answer.status, answer.headers.get('Location')]).toEqual([status, null]);
  });
});

describe('signed answers (JARM)', () => {
  test.each(['jwt', 'query.jwt'])('%s', async (mode) => {
    const { answer } = await few.authorize(undefined, { response_mode: mode, scope: 'openid profile' });
    expect([...(answer?.keys() ?? [])]).toEqual(['response']);
    expect(claimsOf(answer?.get('response') ?? '')).toMatchObject({
      iss: world.origin,
      aud: 'few',
      state: 'the state',
      code: expect.any(String),
      exp: expect.any(Number),
    });
  });

  test('form_post.jwt posts it to the relying party alone', async () => {
    const { response } = await few.authorize(undefined, {
      response_mode: 'form_post.jwt',
      scope: 'openid profile',
    });
    expect(await response.text()).toMatch(/action="https:\/\/few\.example\/callback"[\s\S]*name="response"/);
    expect(response.headers.get('Content-Security-Policy')).toMatch(
      /form-action 'self' https:\/\/few\.example$/,
    );
  });

  test('refusals are signed as well', async () => {
    const { answer } = await few.authorize(undefined, { response_mode: 'jwt', scope: 'openid roles' });
    expect(claimsOf(answer?.get('response') ?? '')).toMatchObject({
      error: 'invalid_scope',
      state: 'the state',
    });
  });
});

test('userinfo is a JWT for a client registered so', async () => {
  const tokens = await few.logIn(undefined, { scope: 'openid profile' });
  const answer = await few.userinfo(tokens.access_token);
  expect(answer.headers.get('Content-Type')).toMatch(/^application\/jwt/);
  expect(claimsOf(await answer.text())).toMatchObject({
    iss: world.origin,
    aud: 'few',
    sub: account.id,
    name: account.name,
  });
});

test('an answer names the issuer (RFC 9207), a refusal too', async () => {
  expect((await csm.authorize()).answer?.get('iss')).toBe(world.origin);
  expect((await csm.authorize(undefined, { scope: 'openid nothing national' })).answer?.get('iss')).toBe(
    world.origin,
  );
});

test('the ID token of a refresh says the same of the login', async () => {
  const tokens = await csm.logIn(undefined, { max_age: '100' });
  const first = claimsOf(tokens.id_token);
  const again = claimsOf(((await (await csm.refresh(tokens.refresh_token ?? '')).json()) as Tokens).id_token);
  for (const name of ['iss', 'sub', 'aud', 'auth_time', 'acr', 'nonce'])
    expect(again[name]).toEqual(first[name]);
});
