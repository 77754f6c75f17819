/** Every address that a request may ask us to go back to, as an attacker writes it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callbackUri, startHubWorld, type HubWorld, type Person } from '../../support/hub/hub-world.ts';
import {
  authorizationRequest,
  logInByPassword,
  signingIn,
  tokenRequest,
  type SigningIn,
} from '../../support/hub/signing-in.ts';
import { readTrailFromNow } from '../../support/hub/trail-reader.ts';

let world: HubWorld;
let person: Person;
let inside: SigningIn;

const password = 'Correct-horse-7-battery';

beforeAll(async () => {
  world = await startHubWorld();
  person = await world.activePerson({ n: 1, roles: ['csm_user_nocert'] }, password);
  inside = signingIn(world);
  const form = await inside.open(authorizationRequest(world, 'csm').url);
  await logInByPassword(world, inside, form, person, password);
});
afterAll(() => world.close());

/** Asks as somebody whose session would give a code at once. */
async function ask(url: URL): Promise<Response> {
  return inside.browser.fetch(url);
}

describe('a redirect_uri', () => {
  test.each([
    'http://127.0.0.1:9/callback/',
    'http://127.0.0.1:9/callback.evil.test',
    'http://127.0.0.1:9/callback/../evil',
    'http://127.0.0.1:9/callback/..%2fevil',
    'http://127.0.0.1:9/callback%2e',
    'http://127.0.0.1:9/%63allback',
    'http://127.0.0.1:9/callback%00',
    'http://127.0.0.1:9/callback?next=evil',
    'http://127.0.0.1:9/Callback',
    'HTTP://127.0.0.1:9/callback',
    'http://127.0.0.1:99/callback',
    'http://127.0.0.1/callback',
    'http://127.0.0.1:9.evil.test/callback',
    'http://127.0.0.1:9@evil.test/callback',
    'http://user:secret@127.0.0.1:9/callback',
    'http://127.0.0.1:9\\@evil.test/callback',
    'http://evil.test#http://127.0.0.1:9/callback',
    'http://127.0.0.1:9/callback#fragment',
    'http://127.0.0.1:9/callback\r\nLocation: https://evil.test/',
    ' http://127.0.0.1:9/callback',
    'https://127.0.0.1:9/callback',
    'http://localhost:9/callback',
    'http://2130706433:9/callback',
    '//evil.test/callback',
    '/callback',
    'javascript:alert(1)//http://127.0.0.1:9/callback',
    'data:text/html,x',
  ])('written %j is answered here, without a code or a Location', async (redirect_uri) => {
    const trail = await readTrailFromNow(world);
    const answer = await ask(authorizationRequest(world, 'csm', { redirect_uri }).url);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('Location')).toBeNull();
    expect(answer.headers.get('Refresh')).toBeNull();
    expect(answer.headers.get('Content-Security-Policy')).not.toContain('evil');
    expect(await answer.text()).not.toMatch(/code=|http-equiv="refresh"/i);
    expect(await trail.news()).toEqual([]);
  });

  test('given twice is answered here, whichever is right', async () => {
    for (const other of ['https://evil.test/', callbackUri]) {
      const { url } = authorizationRequest(world, 'csm');
      url.searchParams.append('redirect_uri', other);
      const answer = await ask(url);
      expect([answer.status, answer.headers.get('Location')]).toEqual([400, null]);
    }
  });

  test('of one relying party is no good for another', async () => {
    const { url } = authorizationRequest(world, 'nobody');
    expect([(await ask(url)).status, (await ask(url)).headers.get('Location')]).toEqual([400, null]);
  });
});

describe.each(['//evil.test', '/\\evil.test', 'https://evil.test', '/%09/evil.test', 'javascript:alert(1)'])(
  'the return address %j',
  (evil) => {
    test.each([
      ['/', 'return'],
      ['/', 'returnTo'],
      ['/', 'redirect_uri'],
      ['/signed-in', 'state'],
      ['/signed-in', 'return'],
      ['/logged-out', 'return'],
      ['/oidc/session/end', 'post_logout_redirect_uri'],
      ['/oidc/session/end', 'redirect_uri'],
    ])('at %s?%s= leads nowhere', async (path, name) => {
      const url = new URL(path, world.origin);
      url.searchParams.set(name, evil);
      if (path === '/') url.searchParams.set('lang', 'en');
      const answer = await inside.browser.fetch(url);
      expect(answer.status).toBeLessThan(500);
      const location = answer.headers.get('Location');
      if (location !== null) expect(new URL(location, world.origin).origin).toBe(world.origin);
      expect(await answer.text()).not.toMatch(/(href|action)="[^"]*(evil|javascript:)/i);
    });

    test('as a path with a language leads nowhere', async () => {
      const answer = await fetch(`${world.origin}/${evil}?lang=en`, { redirect: 'manual' });
      expect(answer.status).toBeLessThan(500);
      const location = answer.headers.get('Location');
      if (location !== null) expect(new URL(location, world.origin).origin).toBe(world.origin);
    });
  },
);

describe('PKCE', () => {
  test.each([
    ['absent', { code_challenge: '', code_challenge_method: '' }],
    ['plain', { code_challenge_method: 'plain' }],
    ['without a method', { code_challenge_method: '' }],
    ['of another method', { code_challenge_method: 's256' }],
    ['with a challenge that is none', { code_challenge: 'short' }],
    ['with the verifier sent along', { code_challenge: '', code_verifier: 'x'.repeat(43) }],
  ])('%s gives no code', async (_, change) => {
    const answer = await ask(authorizationRequest(world, 'csm', change).url);
    const leads = new URL(answer.headers.get('Location') ?? '');
    expect(leads.searchParams.get('error')).toBe('invalid_request');
    expect(leads.searchParams.has('code')).toBe(false);
  });

  test.each([
    ['no verifier', {}],
    ['another verifier', { code_verifier: 'x'.repeat(43) }],
    ['the challenge for a verifier', 'challenge'],
    ['a verifier of 64 kB', { code_verifier: 'x'.repeat(65_000) }],
  ] as const)('with %s gives no token', async (_, change) => {
    const request = authorizationRequest(world, 'csm');
    const leads = new URL((await ask(request.url)).headers.get('Location') ?? '');
    const challenge = request.url.searchParams.get('code_challenge') ?? '';
    const answer = await tokenRequest(world, 'csm', {
      grant_type: 'authorization_code',
      code: leads.searchParams.get('code') ?? '',
      redirect_uri: callbackUri,
      ...(change === 'challenge' ? { code_verifier: challenge } : change),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(await answer.text()).not.toContain('access_token');
  });
});
