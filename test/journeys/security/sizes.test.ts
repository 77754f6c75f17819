/** Too much, too deep, not text: on the ways in that programs use, which have no form. */
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import { startHubWorld, type HubWorld } from '../../support/hub/hub-world.ts';
import { authorizationRequest, basic, signingIn } from '../../support/hub/signing-in.ts';
import { readTrailFromNow, type TrailReader } from '../../support/hub/trail-reader.ts';

let world: HubWorld;
let trail: TrailReader;

beforeAll(async () => {
  world = await startHubWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  trail = await readTrailFromNow(world);
});
// None of these is an attempt on somebody's account or session, and none ends the program.
afterEach(async () => {
  expect((await trail.news()).filter(({ outcome }) => outcome !== 'refused')).toEqual([]);
  expect((await fetch(new URL('/health/live', world.origin))).status).toBe(200);
});

const endpoints = [
  '/oidc/token',
  '/oidc/par',
  '/oidc/introspection',
  '/oidc/revocation',
  '/oidc/auth',
  '/oidc/userinfo',
  '/oidc/session/end',
  '/oidc/session/end/confirm',
  '/log-out',
];

const form = 'application/x-www-form-urlencoded';
const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
const bodies: readonly (readonly [string, string, string | Uint8Array<ArrayBuffer>])[] = [
  ['a parameter of 100 kB', form, `code=${'a'.repeat(100_000)}`],
  ['3 MB', form, `code=${'a'.repeat(3_000_000)}`],
  ['deep JSON', 'application/json', deep],
  ['deep JSON as a claims parameter', form, `claims=${encodeURIComponent(deep.slice(0, 20_000))}`],
  ['JSON with a prototype', 'application/json', '{"__proto__":{"client_id":"csm"},"constructor":{}}'],
  ['invalid UTF-8', form, new Uint8Array([0x61, 0x3d, 0xff, 0xfe, 0xc0, 0xaf, 0x26, 0x80, 0x3d, 0xf5])],
  ['ten thousand fields', form, Array.from({ length: 10_000 }, (_, nth) => `f${nth}=`).join('&')],
  ['XML', 'text/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
];

describe.each(endpoints)('%s', (path) => {
  test.each(bodies)('refuses %s', async (_, type, body) => {
    const answer = await fetch(new URL(path, world.origin), {
      method: 'POST',
      headers: { 'Content-Type': type, Authorization: `Basic ${basic('csm')}` },
      body,
      redirect: 'manual',
    });
    const text = await answer.text();
    // Authorization and log-out requests by POST are sent on as the same request by GET, which is then refused.
    const least = ['/oidc/auth', '/oidc/session/end'].includes(path) ? 300 : 400;
    expect(answer.status).toBeGreaterThanOrEqual(least);
    expect(new URL(answer.headers.get('Location') ?? '/', world.origin).origin).toBe(world.origin);
    expect(answer.status).toBeLessThan(500);
    expect(text).not.toMatch(/root:|node_modules|at \w+ \(/);
    expect(text.length).toBeLessThan(10_000);
  });
});

describe('an authorization request', () => {
  const long = 'a'.repeat(9_000);
  test.each([
    'state',
    'nonce',
    'login_hint',
    'ui_locales',
    'acr_values',
    'claims',
    'scope',
    'prompt',
    'display',
  ])('with a %s of 9 kB is answered, or refused in words', async (name) => {
    const shown = await signingIn(world).open(authorizationRequest(world, 'csm', { [name]: long }).url);
    expect(shown.status).toBeLessThan(500);
    expect(shown.html).not.toContain(long);
  });

  test('of 100 kB is refused before it is read', async () => {
    const { url } = authorizationRequest(world, 'csm', { state: 'a'.repeat(100_000) });
    const answer = await fetch(url, { redirect: 'manual' });
    expect([413, 414, 431]).toContain(answer.status);
  });

  test.each([
    '{"id_token":{"__proto__":{"x":1}}}',
    '[]',
    'null',
    '{"userinfo":1}',
    '{',
    '{"id_token":{"sub":{"value":{}}}}',
  ])('with claims=%s breaks nothing', async (claims) => {
    const shown = await signingIn(world).open(authorizationRequest(world, 'csm', { claims }).url);
    expect(shown.status).toBeLessThan(500);
  });
});
