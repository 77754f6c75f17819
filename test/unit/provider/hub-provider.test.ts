import { request } from 'node:http';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  discovery,
} from 'openid-client';
import { calculatePKCECodeChallenge, randomPKCECodeVerifier } from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseIssuer } from '#provider/pinned-origin.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { openProviderWorld, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import { createSampleClient } from '#test/support/provider/sample-client.ts';
import { sampleRelyingParty, secretOf } from '#test/support/provider/sample-relying-party.ts';

const account = sampleAccount({ grants: [{ role: 'csm_user_nocert' }] });
const relyingParties = [sampleRelyingParty('csm')];

let world: ProviderWorld;
beforeAll(async () => {
  world = await openProviderWorld({ accounts: [account], relyingParties });
  world.nextLogin = { accountId: account.id, level: 2 };
});
afterAll(() => world.close());

/** A request with headers and a request line that fetch would not send. */
async function rawGet(target: string, headers: Record<string, string>): Promise<string> {
  const { port } = new URL(world.origin);
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: target, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve(text));
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('discovery', () => {
  test('tells what is there and nothing else', async () => {
    const answer = await fetch(new URL('/.well-known/openid-configuration', world.origin));
    expect(await answer.json()).toMatchObject({
      issuer: world.origin,
      authorization_endpoint: `${world.origin}/oidc/auth`,
      token_endpoint: `${world.origin}/oidc/token`,
      response_types_supported: ['code', 'none'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      acr_values_supported: ['urn:hufu:loa:2', 'urn:hufu:loa:3'],
      scopes_supported: expect.arrayContaining(['organization', 'roles', 'national_id']),
      id_token_signing_alg_values_supported: expect.arrayContaining(['RS256', 'ES256']),
    });
  });

  test('follows the issuer whatever host the request names', async () => {
    const honest = await rawGet('/.well-known/openid-configuration', {});
    for (const headers of [
      { Host: 'evil.test' },
      { 'X-Forwarded-Host': 'evil.test', 'X-Forwarded-Proto': 'https' },
      { Forwarded: 'host=evil.test;proto=https' },
    ]) {
      expect(await rawGet('/.well-known/openid-configuration', headers)).toBe(honest);
    }
    expect(await rawGet('http://evil.test/.well-known/openid-configuration', {})).toBe(honest);
  });

  test('the key set holds no private part', async () => {
    const { keys } = (await (await fetch(new URL('/oidc/jwks', world.origin))).json()) as {
      keys: Record<string, unknown>[];
    };
    expect(keys.map(({ kid }) => kid)).toEqual(['rsa-1', 'ec-1']);
    for (const key of keys) {
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(key).not.toHaveProperty(secret);
    }
  });
});

test('an ordinary client library logs in', async () => {
  const config = await discovery(
    new URL(world.origin),
    'csm',
    { client_secret: secretOf('csm') },
    undefined,
    {
      execute: [allowInsecureRequests],
    },
  );
  const verifier = randomPKCECodeVerifier();
  const url = buildAuthorizationUrl(config, {
    redirect_uri: 'https://csm.example/callback',
    scope: 'openid roles',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: 'state',
    nonce: 'nonce',
  });
  const response = await world.newBrowser().visit(url);
  const tokens = await authorizationCodeGrant(config, new URL(response.headers.get('Location') ?? ''), {
    pkceCodeVerifier: verifier,
    expectedNonce: 'nonce',
    expectedState: 'state',
    idTokenExpected: true,
  });
  expect(tokens.claims()).toMatchObject({ sub: account.id, roles: ['csm_user_nocert'] });
});

describe('requests that lead nowhere', () => {
  test.each([
    ['GET', '/oidc/token', 405, 'POST, OPTIONS'],
    ['PUT', '/oidc/auth', 405, 'GET, HEAD, POST'],
    ['PUT', '/oidc/userinfo', 405, 'GET, HEAD, POST, OPTIONS'],
    ['GET', '/oidc/nothing', 404, null],
    ['GET', '/oidc/auth/a/b', 404, null],
    ['GET', '/oidc/reg', 404, null],
    ['GET', '/oidc/par', 405, 'POST, OPTIONS'],
  ])('%s %s', async (method, path, status, allow) => {
    const answer = await fetch(new URL(path, world.origin), { method, headers: { Accept: 'text/html' } });
    expect([answer.status, answer.headers.get('Allow')]).toEqual([status, allow]);
    expect(await answer.text()).toContain('error page');
  });

  test('a body over the limit and one of another type are refused', async () => {
    const post = (body: string, type: string) =>
      fetch(new URL('/oidc/token', world.origin), {
        method: 'POST',
        body,
        headers: { 'Content-Type': type },
      });
    const large = await post(`code=${'a'.repeat(200_000)}`, 'application/x-www-form-urlencoded');
    expect(large.status).toBe(400);
    expect((await post('{}', 'application/json')).status).toBe(400);
  });

  test('a resume URL without its cookie is refused', async () => {
    const answer = await world.newBrowser().fetch('/oidc/auth/abcdefgh');
    expect(answer.status).toBe(400);
  });

  test('markup in parameters does not come back', async () => {
    const csm = createSampleClient(world, 'csm');
    const { response } = await csm.authorize(undefined, {
      client_id: '<script>alert(1)</script>',
      state: '<script>',
    });
    expect(await response.text()).not.toContain('<script');
  });
});

test('the log names neither parameters nor tokens', async () => {
  const csm = createSampleClient(world, 'csm');
  await csm.authorize(undefined, { redirect_uri: 'https://canary.test/', login_hint: 'canary' });
  await csm.redeem('canary', 'canary');
  await csm.refresh('canary');
  await csm.userinfo('canary');
  expect(world.log.lines.length).toBeGreaterThan(0);
  expect(JSON.stringify(world.log.lines)).not.toContain('canary');
});

describe('under https', () => {
  test('cookies are Secure, httpOnly, SameSite=Lax and carry their prefixes', async () => {
    const secure = await openProviderWorld({
      accounts: [account],
      relyingParties,
      issuer: 'https://hub.example',
    });
    try {
      secure.nextLogin = { accountId: account.id, level: 2 };
      const csm = createSampleClient(secure, 'csm');
      const browser = secure.newBrowser();
      const cookies: string[] = [];
      let next = csm.authorizationUrl({ verifier: '', challenge: 'a'.repeat(43) }).href;
      for (let hop = 0; hop < 3; hop += 1) {
        const response = await browser.fetch(next);
        cookies.push(...response.headers.getSetCookie());
        const location = new URL(response.headers.get('Location') ?? '', secure.origin);
        next = `${location.pathname}${location.search}`;
        if (hop === 2) expect(location.href).toContain('https://csm.example/callback?code=');
      }
      const names = cookies.map((cookie) => cookie.slice(0, cookie.indexOf('=')));
      expect(new Set(names)).toEqual(
        new Set(
          ['__Secure-hufu_interaction', '__Secure-hufu_resume', '__Host-hufu_session'].flatMap((name) => [
            name,
            `${name}.sig`,
          ]),
        ),
      );
      for (const cookie of cookies) {
        expect(cookie).toMatch(/; secure/i);
        expect(cookie).toMatch(/; httponly/i);
        expect(cookie).toMatch(/; samesite=lax/i);
        expect(cookie).not.toMatch(/domain=/i);
        if (cookie.startsWith('__Host-')) expect(cookie).toMatch(/; path=\/;/);
        // Nothing stays behind on a shared desk.
        if (cookie.startsWith('__Host-')) expect(cookie).not.toMatch(/expires=/i);
      }
    } finally {
      await secure.close();
    }
  });
});

describe('what is not accepted', () => {
  test.each([
    'http://hub.example',
    'https://hub.example/path',
    'https://hub.example/?a',
    'ftp://hub.example',
  ])('issuer %s', (issuer) => {
    expect(() => parseIssuer(issuer)).toThrow(/issuer/);
  });
});
