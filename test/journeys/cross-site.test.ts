import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHubWorld, type HubWorld, type Person } from '../support/hub/hub-world.ts';
import {
  authorizationRequest,
  logInByPassword,
  requestCode,
  signingIn,
  solveCaptcha,
  type SigningIn,
  type Shown,
} from '../support/hub/signing-in.ts';

let world: HubWorld;
let person: Person;

const password = 'Correct-horse-7-battery';

beforeAll(async () => {
  world = await startHubWorld();
  person = await world.activePerson({ n: 1, roles: ['csm_user_nocert'] }, password);
});
afterAll(() => world.close());

async function rightFields(at: SigningIn, form: Shown): Promise<Record<string, string>> {
  world.clock.advance(11_000);
  const code = await requestCode(world, at, form, person, password);
  const altcha = await solveCaptcha(at, form);
  return { csrf: form.csrf, action: 'login', altcha, code, account: person.nationalId, password };
}

async function refusals(): Promise<string[]> {
  const entries = await world.hub.services.stores.records.audit.read(0, 100_000);
  return entries
    .filter(({ index }) => index.action === 'change.refuse')
    .map(({ entry }) => (JSON.parse(entry) as { reason: string }).reason);
}

const post = (
  at: SigningIn,
  url: URL,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) => at.browser.fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers });

test('a login form opened in one browser cannot be posted, nor its address opened, in another', async () => {
  const mine = signingIn(world);
  const form = await mine.open(authorizationRequest(world, 'csm').url);
  const fields = await rightFields(mine, form);
  const theirs = signingIn(world);
  expect((await theirs.open(form.url)).status).toBe(400);
  const response = await post(theirs, form.url, fields);
  expect(response.status).toBe(400);
  expect(response.headers.getSetCookie()).toEqual([]);
  expect(await refusals()).toEqual(['interaction-gone']);
});

test.each([
  ['no token', (fields: Record<string, string>) => ({ ...fields, csrf: '' }), {}, 400],
  ['a made-up token', (fields: Record<string, string>) => ({ ...fields, csrf: 'A'.repeat(43) }), {}, 400],
  ['a field too many', (fields: Record<string, string>) => ({ ...fields, roles: 'csm_admin' }), {}, 400],
  ['a foreign Origin', (fields: Record<string, string>) => fields, { Origin: 'https://evil.example' }, 403],
  ['an opaque Origin', (fields: Record<string, string>) => fields, { Origin: 'null' }, 403],
  [
    'a foreign Sec-Fetch-Site',
    (fields: Record<string, string>) => fields,
    { 'Sec-Fetch-Site': 'cross-site' },
    403,
  ],
  [
    'a neighbouring Sec-Fetch-Site',
    (fields: Record<string, string>) => fields,
    { 'Sec-Fetch-Site': 'same-site' },
    403,
  ],
])('a login posted with %s is refused, and once in the trail', async (_, change, headers, status) => {
  const at = signingIn(world);
  const form = await at.open(authorizationRequest(world, 'csm').url);
  const fields = await rightFields(at, form);
  const before = (await refusals()).length;
  const response = await post(at, form.url, change(fields), headers);
  expect(response.status).toBe(status);
  expect(await response.text()).not.toContain('csm_admin');
  expect(await refusals()).toHaveLength(before + 1);
  // Nothing was used up: the honest form still works.
  const honest = await post(at, form.url, fields, { Origin: world.origin });
  expect(honest.status).toBe(303);
});

test('the token of another login in the same browser is refused', async () => {
  const at = signingIn(world);
  const first = await at.open(authorizationRequest(world, 'csm').url);
  const second = await at.open(authorizationRequest(world, 'fms').url);
  const fields = await rightFields(at, first);
  expect((await post(at, first.url, { ...fields, csrf: second.csrf })).status).toBe(400);
});

test('the session is under a new cookie after the login, and log-out needs its token', async () => {
  const at = signingIn(world);
  const form = await at.open(authorizationRequest(world, 'csm').url);
  const before = new Map(at.browser.cookies);
  world.clock.advance(11_000);
  await logInByPassword(world, at, form, person, password);
  const session = [...at.browser.cookies].find(([name]) => name.endsWith('session'));
  expect(session).toBeDefined();
  expect(before.get(session?.[0] ?? '')).not.toBe(session?.[1]);

  const home = await at.open('/');
  expect(home.status).toBe(200);
  expect((await post(at, new URL('/log-out', world.origin), { csrf: 'wrong' })).status).toBe(400);
  expect((await at.browser.fetch('/log-out')).status).toBe(404);
  expect((await at.open('/')).url.pathname).toBe('/');
  const out = await at.post('/log-out', { csrf: home.csrf });
  expect(out.url.pathname).toBe('/logged-out');
  expect((await at.open('/')).url.pathname).toMatch(/^\/interaction\//);
  const stolen = signingIn(world);
  for (const [name, value] of at.browser.cookies) stolen.browser.setCookie(name, value);
  if (session) stolen.browser.setCookie(session[0], session[1]);
  expect((await stolen.open('/')).url.pathname).toMatch(/^\/interaction\//);
});

test('cancelling ends the login: the system gets access_denied and the form is gone', async () => {
  const at = signingIn(world);
  const form = await at.open(authorizationRequest(world, 'csm').url);
  const cancelled = await at.post(form.url.href.replace('one-day-password', 'cancel'), { csrf: form.csrf });
  expect(cancelled.leads?.searchParams.get('error')).toBe('access_denied');
  expect((await at.open(form.url)).status).toBe(400);
});

test('pages are not stored, not framed, and load nothing from elsewhere', async () => {
  const at = signingIn(world);
  const form = await at.open(authorizationRequest(world, 'csm').url);
  const { headers } = await at.browser.fetch(form.url);
  expect(headers.get('Cache-Control')).toBe('no-store');
  expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  const policy = headers.get('Content-Security-Policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("form-action 'self' http://127.0.0.1:9");
  expect(policy).not.toMatch(/unsafe-|\*/);
});

test('an unknown Host is refused, and forwarded headers of strangers change nothing', async () => {
  const { request } = await import('node:http');
  const ask = (headers: Record<string, string>) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const call = request(
        new URL('/.well-known/openid-configuration', world.origin),
        { headers },
        (response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => (body += chunk.toString()));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        },
      );
      call.on('error', reject);
      call.end();
    });
  expect((await ask({ Host: 'evil.example' })).status).toBe(421);
  const forwarded = await ask({
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'https',
    Forwarded: 'host=evil.example',
  });
  expect(forwarded.status).toBe(200);
  expect(forwarded.body).not.toContain('evil.example');
});
