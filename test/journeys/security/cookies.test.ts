/** Cookies that somebody else planted, at a hub behind TLS as in production. */
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHubWorld, type HubWorld } from '../../support/hub/hub-world.ts';
import { authorizationRequest } from '../../support/hub/signing-in.ts';
import { readTrailFromNow } from '../../support/hub/trail-reader.ts';

let world: HubWorld;

beforeAll(async () => {
  world = await startHubWorld({ issuer: 'https://localhost', proxies: ['127.0.0.1'] });
});
afterAll(() => world.close());

interface Answer {
  readonly status: number;
  readonly location: string;
  readonly cookies: readonly string[];
}

/** What the proxy that speaks TLS hands on. */
function ask(target: URL, cookies: readonly string[]): Promise<Answer> {
  const { port } = world.hub.services.config.listen;
  const headers = {
    Host: 'localhost',
    'X-Forwarded-Proto': 'https',
    Cookie: cookies.join('; '),
    Accept: 'text/html',
  };
  return new Promise((resolve, reject) => {
    const path = `${target.pathname}${target.search}`;
    const call = request({ host: '127.0.0.1', port, path, headers }, (response) => {
      const { statusCode: status = 0, headers: given } = response;
      response.resume().on('end', () => {
        resolve({ status, location: given.location ?? '', cookies: given['set-cookie'] ?? [] });
      });
    });
    call.on('error', reject).end();
  });
}

const valueOf = (cookie: string) => cookie.split(';')[0] ?? '';
const planted = randomBytes(16).toString('base64url');

test('every cookie has its prefix, is Secure and of this host alone', async () => {
  const { url } = authorizationRequest(world, 'csm');
  const { status, location, cookies } = await ask(url, []);
  expect([status, new URL(location, url).pathname.split('/')[1]]).toEqual([303, 'interaction']);
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__(Host|Secure)-hufu_/);
    expect(cookie).toMatch(/; secure/i);
    expect(cookie).toMatch(/; httponly/i);
    expect(cookie).not.toMatch(/; domain=/i);
    if (cookie.startsWith('__Host-')) expect(cookie).toMatch(/; path=\/(;|$)/);
  }
});

test.each([
  [
    'without its prefix, as a subdomain could set it',
    [`hufu_session=${planted}`, `hufu_session.sig=${planted}`],
  ],
  ['with its prefix and no signature', [`__Host-hufu_session=${planted}`]],
  ['with a made-up signature', [`__Host-hufu_session=${planted}`, `__Host-hufu_session.sig=${planted}`]],
  ['with another prefix', [`__Secure-hufu_session=${planted}`, `__Secure-hufu_session.sig=${planted}`]],
])('a session cookie %s is no session, and is never taken over', async (_, cookies) => {
  const trail = await readTrailFromNow(world);
  const silent = await ask(authorizationRequest(world, 'csm', { prompt: 'none' }).url, cookies);
  expect(new URL(silent.location).searchParams.get('error')).toBe('login_required');
  const home = await ask(new URL('/', world.origin), cookies);
  expect(home.status).toBeGreaterThanOrEqual(300);
  expect(home.status).toBeLessThan(400);
  for (const cookie of [...silent.cookies, ...home.cookies]) expect(cookie).not.toContain(planted);
  expect(await trail.news()).toEqual([]);
});

test('the cookie of one interaction opens no other, nor under another name', async () => {
  const { url } = authorizationRequest(world, 'csm');
  const [mine, theirs] = [await ask(url, []), await ask(url, [])];
  const target = new URL(theirs.location, url);
  const own = mine.cookies.map(valueOf);
  expect((await ask(target, own)).status).toBe(400);
  expect(
    (
      await ask(
        target,
        theirs.cookies.map((cookie) => valueOf(cookie).replace('__Secure-', '')),
      )
    ).status,
  ).toBe(400);
  expect((await ask(target, theirs.cookies.map(valueOf))).status).toBe(302);
});
