/** What OIDF's Basic, Config, Form Post and RP-initiated log-out modules ask and no other test here does (docs/conformance.md). */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { openProviderWorld, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import {
  claimsOf,
  createSampleClient,
  type SampleClient,
  type Tokens,
} from '#test/support/provider/sample-client.ts';
import { sampleRelyingParty, secretOf } from '#test/support/provider/sample-relying-party.ts';

const account = sampleAccount({ grants: [{ role: 'csm_user_nocert' }] });
let world: ProviderWorld;
let csm: SampleClient;

beforeAll(async () => {
  world = await openProviderWorld({
    accounts: [account],
    relyingParties: [
      sampleRelyingParty('csm'),
      sampleRelyingParty('post', { systems: ['csm'] }, { token_endpoint_auth_method: 'client_secret_post' }),
    ],
  });
  csm = createSampleClient(world, 'csm');
});
afterAll(() => world.close());
beforeEach(() => {
  world.nextLogin = { accountId: account.id, level: 2 };
});

describe('an authorization request', () => {
  test.each([
    ['display=page', { display: 'page' }],
    ['display=popup', { display: 'popup' }],
    ['ui_locales', { ui_locales: 'se zh-TW' }],
    ['claims_locales', { claims_locales: 'se' }],
    ['login_hint', { login_hint: 'somebody' }],
    ['acr_values', { acr_values: 'urn:example:1 urn:example:2' }],
    ['an unknown parameter', { extra: 'foobar' }],
    ['no nonce', { nonce: undefined }],
    ['no state', { state: undefined }],
    ['another order of scopes', { scope: 'roles openid profile' }],
    ['an unknown scope', { scope: 'openid address' }],
  ])('with %s succeeds', async (_name, parameters) => {
    const tokens = await csm.logIn(undefined, parameters);
    expect(claimsOf(tokens.id_token)).toMatchObject({ aud: 'csm', sub: account.id });
    expect('nonce' in claimsOf(tokens.id_token)).toBe(!('nonce' in parameters));
  });

  test('without response_type is refused', async () => {
    const { answer } = await csm.authorize(undefined, { response_type: undefined });
    expect([answer?.get('error'), answer?.get('state')]).toEqual(['invalid_request', 'the state']);
  });

  test('with max_age=10000 keeps the login, and tells when it was', async () => {
    const first = await csm.logIn();
    world.nextLogin = undefined;
    const second = await csm.logIn(first.browser, { max_age: '10000' });
    expect(claimsOf(second.id_token)['auth_time']).toBe(claimsOf(first.id_token)['auth_time']);
  });

  test('with max_age=0 asks for a login again', async () => {
    const { browser } = await csm.logIn();
    world.nextLogin = undefined;
    const asked = await csm.authorize(browser, { max_age: '0' });
    expect(await asked.response.json()).toMatchObject({ prompt: { name: 'login' } });
  });

  test('with an id_token_hint and prompt=none goes on as the same person', async () => {
    const { browser, id_token: hint } = await csm.logIn();
    const tokens = await csm.logIn(browser, { id_token_hint: hint, prompt: 'none' });
    expect(claimsOf(tokens.id_token)['sub']).toBe(account.id);
  });
});

describe('tokens', () => {
  test('at_hash, where it is, fits the access token', async () => {
    const tokens = await csm.logIn();
    const digest = createHash('sha256').update(tokens.access_token).digest();
    const { at_hash: hash = digest.subarray(0, 16).toString('base64url') } = claimsOf(tokens.id_token);
    expect(hash).toBe(digest.subarray(0, 16).toString('base64url'));
  });

  test('client_secret_post is a way to prove oneself', async () => {
    const { answer, pkce } = await createSampleClient(world, 'post').authorize();
    const redeemed = await fetch(new URL('/oidc/token', world.origin), {
      method: 'POST',
      body: new URLSearchParams({
        client_id: 'post',
        client_secret: secretOf('post'),
        grant_type: 'authorization_code',
        code: answer?.get('code') ?? '',
        code_verifier: pkce.verifier,
        redirect_uri: 'https://post.example/callback',
      }),
    });
    expect(redeemed.status).toBe(200);
    expect([redeemed.headers.get('Cache-Control'), redeemed.headers.get('Content-Type')]).toEqual([
      'no-store',
      expect.stringMatching(/^application\/json/),
    ]);
  });

  test('userinfo is read by GET, by POST with a header and by POST with a form', async () => {
    const { access_token: token } = await csm.logIn();
    const url = new URL('/oidc/userinfo', world.origin);
    const header = { Authorization: `Bearer ${token}` };
    for (const init of [
      { headers: header },
      { method: 'POST', headers: header },
      { method: 'POST', body: new URLSearchParams({ access_token: token }) },
    ]) {
      expect(await (await fetch(url, init)).json()).toMatchObject({ sub: account.id });
    }
    url.searchParams.set('access_token', token);
    expect((await fetch(url)).status).toBe(400);
  });
});

describe('form_post', () => {
  test('posts code, state and issuer to the redirect URI; the code is good', async () => {
    const { response, pkce } = await csm.authorize(undefined, { response_mode: 'form_post' });
    const html = await response.text();
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1];
    expect([field('state'), field('iss')]).toEqual(['the state', world.origin]);
    const tokens = (await (await csm.redeem(field('code') ?? '', pkce.verifier)).json()) as Tokens;
    expect(claimsOf(tokens.id_token)['sub']).toBe(account.id);
    expect(response.headers.get('Cache-Control')).toMatch(/no-store/);
  });

  test('posts refusals as well', async () => {
    const { response } = await csm.authorize(undefined, { response_mode: 'form_post', prompt: 'none' });
    expect(await response.text()).toMatch(/name="error" value="login_required"/);
  });
});

test('discovery and keys', async () => {
  const answer = await fetch(new URL('/.well-known/openid-configuration', world.origin));
  const discovery = (await answer.json()) as Record<string, unknown>;
  for (const [name, value] of Object.entries(discovery)) {
    if (!/_(endpoint|uri)$/.test(name)) continue;
    expect(String(value).startsWith(`${world.origin}/`)).toBe(true);
  }
  expect(discovery).toMatchObject({
    issuer: world.origin,
    response_types_supported: ['code', 'none'],
    subject_types_supported: ['public', 'pairwise'],
    id_token_signing_alg_values_supported: expect.arrayContaining(['RS256']),
    claims_parameter_supported: true,
    request_parameter_supported: true,
    request_uri_parameter_supported: false,
    authorization_response_iss_parameter_supported: true,
    pushed_authorization_request_endpoint: `${world.origin}/oidc/par`,
    // FAPI 2.0, section 5.4: no RS256.
    dpop_signing_alg_values_supported: ['PS256', 'ES256', 'EdDSA', 'Ed25519'],
    code_challenge_methods_supported: ['S256'],
  });
  expect(JSON.stringify(discovery)).not.toMatch(/"HS256"|"none","?token|implicit/);
  const { keys } = (await (await fetch(String(discovery['jwks_uri']))).json()) as {
    keys: Record<string, unknown>[];
  };
  for (const key of keys) expect(key).not.toHaveProperty('d');
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
});

describe('RP-initiated log-out', () => {
  const end = (browser: ReturnType<ProviderWorld['newBrowser']>, parameters: Record<string, string>) =>
    browser.fetch(`/oidc/session/end?${new URLSearchParams(parameters).toString()}`);

  test.each([
    ['no parameters', {}],
    ['a state alone', { state: 'x' }],
    ['no id_token_hint', { client_id: 'csm', post_logout_redirect_uri: 'https://csm.example/logged-out' }],
  ])('with %s asks the person', async (_name, parameters) => {
    const { browser } = await csm.logIn();
    const page = await end(browser, parameters);
    expect([page.status, page.headers.get('Location')]).toEqual([200, null]);
    expect(await page.text()).toContain('log out?');
  });

  test('without a URI to return to ends on our page, and without a state returns without one', async () => {
    for (const [more, target] of [
      [{}, `${world.origin}/oidc/session/end/success`],
      [{ post_logout_redirect_uri: 'https://csm.example/logged-out' }, 'https://csm.example/logged-out'],
    ] as const) {
      const { browser, id_token: hint } = await csm.logIn();
      const html = await (await end(browser, { id_token_hint: hint, ...more })).text();
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
      const done = await browser.fetch('/oidc/session/end/confirm', {
        method: 'POST',
        body: new URLSearchParams({ xsrf, logout: 'yes' }),
      });
      expect(done.headers.get('Location')?.split('?client_id')[0]).toBe(target);
    }
  });

  test('with a query added to the URI, or a modified or foreign hint, is refused', async () => {
    const { browser, id_token: hint } = await csm.logIn();
    const [head, , signature] = hint.split('.');
    const payload = Buffer.from(JSON.stringify({ ...claimsOf(hint), sub: 'somebody' })).toString('base64url');
    for (const parameters of [
      { id_token_hint: hint, post_logout_redirect_uri: 'https://csm.example/logged-out?foo=bar' },
      { id_token_hint: `${head}.${payload}.${signature}` },
      { id_token_hint: 'no token' },
    ]) {
      const page = await end(browser, parameters);
      expect([page.status, page.headers.get('Location')]).toEqual([400, null]);
    }
  });
});
