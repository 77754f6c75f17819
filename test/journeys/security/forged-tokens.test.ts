/** Tokens and hints that claim to be ours: each is refused, and nothing that they name is fetched. */
import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHubWorld, type HubWorld } from '../../support/hub/hub-world.ts';
import {
  authorizationRequest,
  basic,
  logInByPassword,
  redeemCode,
  signingIn,
  tokenRequest,
  type SigningIn,
  type Tokens,
} from '../../support/hub/signing-in.ts';
import { readTrailFromNow } from '../../support/hub/trail-reader.ts';

let world: HubWorld;
let at: SigningIn;
let tokens: Tokens;
let published: { readonly keys: readonly Record<string, string>[] };
let bait: Server;
let baitAddress: string;
let fetched = 0;

const password = 'Correct-horse-7-battery';
const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ownJwk = own.publicKey.export({ format: 'jwk' });

beforeAll(async () => {
  bait = createServer((_, response) => {
    fetched += 1;
    response.end(JSON.stringify({ keys: [{ ...ownJwk, kid: 'bait', alg: 'RS256' }] }));
  });
  bait.listen(0, '127.0.0.1');
  await once(bait, 'listening');
  baitAddress = `http://127.0.0.1:${(bait.address() as AddressInfo).port}/keys`;
  world = await startHubWorld({ outgoing: { allow: ['127.0.0.1'] } });
  const person = await world.activePerson({ n: 1, roles: ['csm_user_nocert'] }, password);
  at = signingIn(world);
  const request = authorizationRequest(world, 'csm');
  const entered = await logInByPassword(world, at, await at.open(request.url), person, password);
  tokens = await redeemCode(world, request, entered);
  published = (await (await fetch(new URL('/oidc/jwks', world.origin))).json()) as typeof published;
});
afterAll(async () => {
  await world.close();
  bait.close();
});

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(header: object, signer: (input: string) => Buffer, claims: object = tokens.claims): string {
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${signer(input).toString('base64url')}`;
}

const byOwnKey = (input: string) => sign('sha256', Buffer.from(input), own.privateKey);
const kidOf = () => published.keys[0]?.['kid'] ?? '';

/** Tokens with the claims of a real one, none of them signed by us. */
const forgeries: readonly (readonly [string, () => string])[] = [
  ['none', () => signed({ alg: 'none' }, () => Buffer.alloc(0))],
  ['None', () => signed({ alg: 'None' }, () => Buffer.alloc(0))],
  [
    'HS256 with the published key as its secret',
    () =>
      signed({ alg: 'HS256', kid: kidOf() }, (input) =>
        createHmac('sha256', JSON.stringify(published.keys[0])).update(input).digest(),
      ),
  ],
  [
    'HS256 with the modulus as its secret',
    () =>
      signed({ alg: 'HS256', kid: kidOf() }, (input) =>
        createHmac('sha256', Buffer.from(published.keys[0]?.['n'] ?? '', 'base64url'))
          .update(input)
          .digest(),
      ),
  ],
  ['a key of its own, embedded', () => signed({ alg: 'RS256', jwk: ownJwk }, byOwnKey)],
  [
    'a key of its own, at an address',
    () => signed({ alg: 'RS256', jku: baitAddress, kid: 'bait' }, byOwnKey),
  ],
  ['a chain at an address', () => signed({ alg: 'RS256', x5u: baitAddress }, byOwnKey)],
  ['a key of its own under our kid', () => signed({ alg: 'RS256', kid: kidOf() }, byOwnKey)],
  ['a kid that is a path', () => signed({ alg: 'RS256', kid: '../../../dev/null' }, byOwnKey)],
  ['a kid that is a query', () => signed({ alg: 'RS256', kid: "x' UNION SELECT 'x" }, byOwnKey)],
  ['a critical header that nobody knows', () => signed({ alg: 'RS256', crit: ['evil'], evil: 1 }, byOwnKey)],
  [
    'another body under our signature',
    () => {
      const [header, , signature] = tokens.id_token.split('.');
      return `${header}.${part({ ...tokens.claims, sub: 'somebody-else' })}.${signature}`;
    },
  ],
  ['no signature', () => tokens.id_token.split('.').slice(0, 2).join('.') + '.'],
];

describe.each(forgeries)('a token with %s', (_, forge) => {
  test('as id_token_hint ends no session and gives no code', async () => {
    const trail = await readTrailFromNow(world);
    const end = new URL('/oidc/session/end', world.origin);
    end.searchParams.set('id_token_hint', forge());
    end.searchParams.set('post_logout_redirect_uri', 'http://127.0.0.1:9/logged-out');
    const ended = await at.browser.fetch(end);
    expect([ended.status, ended.headers.get('Location')]).toEqual([400, null]);

    const hinted = authorizationRequest(world, 'csm', { id_token_hint: forge(), prompt: 'none' });
    const shown = await at.open(hinted.url);
    expect(shown.leads?.searchParams.get('error')).toBe('invalid_request');
    expect(shown.leads?.searchParams.has('code')).toBe(false);

    expect(await trail.news()).toEqual([]);
    const session = await at.open(authorizationRequest(world, 'csm', { prompt: 'none' }).url);
    expect(session.leads?.searchParams.has('code')).toBe(true);
    expect(fetched).toBe(0);
  });

  test('as access token reads nothing', async () => {
    const headers = { Authorization: `Bearer ${forge()}` };
    const userinfo = await fetch(new URL('/oidc/userinfo', world.origin), { headers });
    expect(userinfo.status).toBe(401);
    const introspected = await fetch(new URL('/oidc/introspection', world.origin), {
      method: 'POST',
      headers: { Authorization: `Basic ${basic('csm')}` },
      body: new URLSearchParams({ token: forge() }),
    });
    expect([400, 200]).toContain(introspected.status);
    expect(await introspected.json()).not.toMatchObject({ active: true });
    expect(fetched).toBe(0);
  });

  test('as client assertion or request object opens nothing', async () => {
    const assertion = await fetch(new URL('/oidc/token', world.origin), {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: randomUUID(),
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: forge(),
      }),
    });
    expect([400, 401]).toContain(assertion.status);
    expect(await assertion.text()).not.toContain('access_token');
    const { url } = authorizationRequest(world, 'csm', { request: forge() });
    const asked = await at.browser.fetch(url);
    expect(asked.status).toBeLessThan(500);
    expect(asked.headers.get('Location') ?? '').not.toMatch(/[?&#]code=/);
    expect(fetched).toBe(0);
  });
});

test('an access token is no hint, and an ID token no access token', async () => {
  const userinfo = await fetch(new URL('/oidc/userinfo', world.origin), {
    headers: { Authorization: `Bearer ${tokens.id_token}` },
  });
  expect(userinfo.status).toBe(401);
  const refresh = await tokenRequest(world, 'csm', {
    grant_type: 'refresh_token',
    refresh_token: tokens.access_token,
  });
  expect([refresh.status, await refresh.text()]).toEqual([400, expect.stringContaining('invalid_grant')]);
});
