import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sampleAccount, sampleId } from '#test/support/memory/accounts.ts';
import {
  newPkce,
  openProviderWorld,
  pagePolicy,
  type ProviderWorld,
} from '#test/support/provider/provider-world.ts';
import {
  claimsOf,
  createSampleClient,
  type SampleClient,
  type Tokens,
} from '#test/support/provider/sample-client.ts';
import { sampleRelyingParty } from '#test/support/provider/sample-relying-party.ts';

const account = sampleAccount({ grants: [{ role: 'csm_user_nocert' }, { role: 'fms_nocert' }] });

let world: ProviderWorld;
let csm: SampleClient;
let fms: SampleClient;

beforeAll(async () => {
  world = await openProviderWorld({
    accounts: [account],
    relyingParties: [
      sampleRelyingParty('csm'),
      sampleRelyingParty('fms', {}, { id_token_signed_response_alg: 'ES256' }),
      sampleRelyingParty(
        'hufu-home',
        { systems: [], scopes: ['openid'] },
        {
          response_types: ['none'],
          grant_types: [],
          token_endpoint_auth_method: 'none',
        },
      ),
    ],
  });
  csm = createSampleClient(world, 'csm');
  fms = createSampleClient(world, 'fms');
});
afterAll(() => world.close());
beforeEach(() => {
  world.nextLogin = { accountId: account.id, level: 2 };
});

async function errorOf(response: Response): Promise<{ status: number; error: unknown }> {
  const body = (await response.json()) as { error?: unknown };
  return { status: response.status, error: body.error };
}

describe('code flow', () => {
  test('gives tokens with the claims asked for', async () => {
    const tokens = await csm.logIn();
    expect(claimsOf(tokens.id_token)).toMatchObject({
      iss: world.origin,
      aud: 'csm',
      sub: account.id,
      nonce: 'the nonce',
      acr: 'urn:hufu:loa:2',
      amr: ['pwd', 'otp'],
      auth_time: expect.any(Number),
      sid: expect.any(String),
      name: account.name,
      email: 'ming@example.gov.tw',
      email_verified: true,
      phone_number: '02-12345678;ext=123',
      title: '科員',
      roles: ['csm_user_nocert'],
      organization: {
        agency: { oid: account.agency.oid, code: account.agency.code, name: account.agency.name },
        unit: { oid: account.unit?.oid, name: account.unit?.name },
      },
    });
    expect(JSON.parse(Buffer.from(tokens.id_token.split('.')[0] ?? '', 'base64url').toString())).toEqual({
      alg: 'RS256',
      kid: 'rsa-1',
    });
  });

  test('signs with ES256 for a client registered so', async () => {
    const tokens = await fms.logIn();
    const header: unknown = JSON.parse(
      Buffer.from(tokens.id_token.split('.')[0] ?? '', 'base64url').toString(),
    );
    expect(header).toMatchObject({ alg: 'ES256', kid: 'ec-1' });
  });

  test('the second system needs no second login, and knows the session by another sid', async () => {
    const first = await csm.logIn();
    world.nextLogin = undefined;
    const second = await fms.logIn(first.browser);
    expect(claimsOf(second.id_token)['sid']).not.toBe(claimsOf(first.id_token)['sid']);
    const [open] = (await world.register.listOpenSessions(account.id)).slice(-1);
    const entry = world.register.sessions.get(open?.sessionUid ?? '');
    expect([...(entry?.reached.values() ?? [])]).toEqual([
      { clientId: 'csm', sid: claimsOf(first.id_token)['sid'] },
      { clientId: 'fms', sid: claimsOf(second.id_token)['sid'] },
    ]);
  });

  test('a first-party client gets a refresh token without offline_access', async () => {
    expect((await csm.logIn()).refresh_token).toEqual(expect.any(String));
  });

  test('response_type=none makes a session and gives no code', async () => {
    const home = createSampleClient(world, 'hufu-home');
    const none = {
      response_type: 'none',
      scope: 'openid',
      code_challenge: undefined,
      code_challenge_method: undefined,
    };
    const { browser, answer } = await home.authorize(undefined, { ...none, nonce: undefined });
    expect(Object.fromEntries(answer ?? [])).toEqual({ state: 'the state', iss: world.origin });
    const session = (await (await browser.fetch('/home')).json()) as unknown;
    expect(session).toMatchObject({ accountId: account.id, level: 2, amr: ['pwd', 'otp'] });
    expect((await world.register.listOpenSessions(account.id)).at(-1)).toMatchObject({
      accountId: account.id,
    });
  });
});

describe('response_mode=form_post', () => {
  test('may post to the relying party, and only there', async () => {
    const { response } = await csm.authorize(undefined, { response_mode: 'form_post' });
    expect(await response.text()).toContain('action="https://csm.example/callback"');
    expect(response.headers.get('Content-Security-Policy')).toMatch(
      /script-src 'self' 'sha256-[^']+';form-action 'self' https:\/\/csm\.example$/,
    );
    const evil = await csm.authorize(undefined, {
      response_mode: 'form_post',
      redirect_uri: 'https://evil.test/',
    });
    expect(evil.response.headers.get('Content-Security-Policy')).toBe(pagePolicy);
  });
});

describe('PKCE', () => {
  test.each([
    ['missing', { code_challenge: undefined, code_challenge_method: undefined }],
    ['plain', { code_challenge_method: 'plain' }],
    ['without method', { code_challenge_method: undefined }],
  ])('%s is refused', async (_name, parameters) => {
    const { answer } = await csm.authorize(undefined, parameters);
    expect(answer?.get('error')).toBe('invalid_request');
    expect(answer?.has('code')).toBe(false);
  });

  test.each(['another', 'missing'])('%s verifier is refused and revokes nothing', async (kind) => {
    const { answer, pkce } = await csm.authorize();
    const code = answer?.get('code') ?? '';
    const wrong = kind === 'another' ? newPkce().verifier : undefined;
    const refused = await csm.redeem(code, 'unused', { code_verifier: wrong });
    expect(await errorOf(refused)).toEqual({ status: 400, error: 'invalid_grant' });
    expect((await csm.redeem(code, pkce.verifier)).status).toBe(200);
  });
});

describe('redirect_uri', () => {
  test.each([
    'https://csm.example/callback/',
    'https://csm.example/callback/../evil',
    'https://csm.example/callback%2f',
    'https://csm.example.evil.test/callback',
    'https://user@csm.example/callback',
    'https://CSM.example/callback',
    'https://csm.example:8443/callback',
    'https://csm.example/callback#fragment',
    'https://csm.example/callback\r\nSet-Cookie: a=b',
    'http://csm.example/callback',
    '//evil.test/callback',
    'javascript:alert(1)',
  ])('%j gets our error page and no Location', async (redirectUri) => {
    const { response, browser } = await csm.authorize(undefined, { redirect_uri: redirectUri });
    expect(response.status).toBe(400);
    expect(response.headers.get('Location')).toBeNull();
    expect(await response.text()).toContain('400 invalid_redirect_uri');
    expect([...browser.cookies.keys()]).toEqual([]);
  });

  test('missing or doubled gets our error page', async () => {
    const missing = await csm.authorize(undefined, { redirect_uri: undefined });
    expect([missing.response.status, missing.answer]).toEqual([400, undefined]);
    const url = csm.authorizationUrl(newPkce());
    url.searchParams.append('redirect_uri', 'https://evil.test/');
    const doubled = await world.newBrowser().visit(url);
    expect([doubled.status, doubled.headers.get('Location')]).toEqual([400, null]);
  });

  test('an unknown client gets our error page', async () => {
    const { response, answer } = await csm.authorize(undefined, { client_id: 'nobody' });
    expect([response.status, answer]).toEqual([400, undefined]);
    expect(await response.text()).toContain('invalid_client');
  });
});

describe('redemption', () => {
  test('a replayed code is refused and revokes what it gave', async () => {
    const { answer, pkce } = await csm.authorize();
    const code = answer?.get('code') ?? '';
    const tokens = (await (await csm.redeem(code, pkce.verifier)).json()) as Tokens;
    expect((await csm.userinfo(tokens.access_token)).status).toBe(200);
    expect(await errorOf(await csm.redeem(code, pkce.verifier))).toEqual({
      status: 400,
      error: 'invalid_grant',
    });
    expect(await errorOf(await csm.userinfo(tokens.access_token))).toEqual({
      status: 401,
      error: 'invalid_token',
    });
    expect(await csm.introspect(tokens.access_token)).toEqual({ active: false });
    expect(await errorOf(await csm.refresh(tokens.refresh_token ?? ''))).toEqual({
      status: 400,
      error: 'invalid_grant',
    });
  });

  test('another client or redirect_uri is refused and revokes nothing', async () => {
    const { answer, pkce } = await csm.authorize();
    const code = answer?.get('code') ?? '';
    const byOther = await fms.redeem(code, pkce.verifier, { redirect_uri: 'https://csm.example/callback' });
    expect(await errorOf(byOther)).toEqual({ status: 400, error: 'invalid_grant' });
    const elsewhere = await csm.redeem(code, pkce.verifier, { redirect_uri: 'https://csm.example/other' });
    expect(await errorOf(elsewhere)).toEqual({ status: 400, error: 'invalid_grant' });
    expect((await csm.redeem(code, pkce.verifier)).status).toBe(200);
  });

  test('of 20 at once exactly one gets tokens', async () => {
    const { answer, pkce } = await csm.authorize();
    const code = answer?.get('code') ?? '';
    const responses = await Promise.all(Array.from({ length: 20 }, () => csm.redeem(code, pkce.verifier)));
    const outcomes = await Promise.all(responses.map(errorOf));
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(outcomes.filter(({ error }) => error === 'invalid_grant')).toHaveLength(19);
  });

  test('a wrong client secret is refused', async () => {
    const { answer, pkce } = await csm.authorize();
    const response = await fetch(new URL('/oidc/token', world.origin), {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: answer?.get('code') ?? '',
        code_verifier: pkce.verifier,
        redirect_uri: 'https://csm.example/callback',
        client_id: 'csm',
        client_secret: 'wrong',
      }),
    });
    expect(await errorOf(response)).toEqual({ status: 401, error: 'invalid_client' });
  });
});

describe('prompt and age', () => {
  test('prompt=none without a session is refused, with one it answers at once', async () => {
    const browser = world.newBrowser();
    const without = await csm.authorize(browser, { prompt: 'none' });
    expect(without.answer?.get('error')).toBe('login_required');
    await csm.logIn(browser);
    world.nextLogin = undefined;
    const { answer } = await csm.authorize(browser, { prompt: 'none' });
    expect(answer?.get('code')).toEqual(expect.any(String));
  });

  test('prompt=login asks again and gives the session cookie a new value', async () => {
    const { browser } = await csm.logIn();
    const before = browser.cookies.get('hufu_session') ?? '';
    const old = world.newBrowser();
    old.setCookie('hufu_session', before);
    old.setCookie('hufu_session.sig', browser.cookies.get('hufu_session.sig') ?? '');
    expect(await (await old.fetch('/home')).json()).toMatchObject({ accountId: account.id });
    const { answer } = await csm.authorize(browser, { prompt: 'login' });
    expect(answer?.get('code')).toEqual(expect.any(String));
    expect(browser.cookies.get('hufu_session')).not.toBe(before);
    expect(await (await old.fetch('/home')).json()).toBeNull();
    world.nextLogin = undefined;
    const asked = await csm.authorize(browser, { prompt: 'login' });
    expect(await asked.response.json()).toMatchObject({
      prompt: { name: 'login', reasons: ['login_prompt'] },
    });
  });

  test('acr_values asks for more than the session has and is told the truth', async () => {
    const tokens = await csm.logIn(undefined, { acr_values: 'urn:hufu:loa:3' });
    expect(claimsOf(tokens.id_token)['acr']).toBe('urn:hufu:loa:2');
  });

  test('an id_token_hint of somebody else asks for a login', async () => {
    const { browser, id_token: hint } = await csm.logIn();
    const other = sampleAccount({ id: sampleId('b'), grants: account.grants });
    world.accounts.set(other);
    world.nextLogin = { accountId: other.id, level: 2 };
    const own = await csm.authorize(browser, { id_token_hint: hint, prompt: 'none' });
    expect(own.answer?.get('code')).toEqual(expect.any(String));
    const foreign = await csm.logIn();
    const { answer } = await csm.authorize(foreign.browser, { id_token_hint: hint, prompt: 'none' });
    expect(answer?.get('error')).toBe('login_required');
  });
});

describe('two requests of one session at once', () => {
  test('each relying party keeps its grant', async () => {
    const home = createSampleClient(world, 'hufu-home');
    const none = {
      response_type: 'none',
      scope: 'openid',
      code_challenge: undefined,
      code_challenge_method: undefined,
    };
    const { browser } = await home.authorize(undefined, { ...none, nonce: undefined });
    world.nextLogin = undefined;
    const both = await Promise.all([csm.logIn(browser), fms.logIn(browser)]);
    expect(both.map(({ id_token: token }) => claimsOf(token)['aud'])).toEqual(['csm', 'fms']);
    expect((await csm.userinfo(both[0].access_token)).status).toBe(200);
  });

  test('an authorization under way does not bring back a session that has ended', async () => {
    const { browser } = await csm.logIn();
    const cookies = new Map(browser.cookies);
    const twin = world.newBrowser();
    for (const [name, value] of cookies) twin.setCookie(name, value);
    world.nextLogin = undefined;
    await Promise.all([fms.authorize(browser), twin.fetch('/log-out')]);
    expect(await (await browser.fetch('/home')).json()).toBeNull();
  });
});
