/** What OIDF's FAPI 2.0 modules ask and no other test here does (docs/conformance.md). */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { accessTokenHash, dpopProof, thumbprintOf } from '#test/support/provider/dpop-proof.ts';
import { createKeyClient, keyParty, type Answer, type KeyClient } from '#test/support/provider/key-client.ts';
import { newPkce, openProviderWorld, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import { claimsOf } from '#test/support/provider/sample-client.ts';
import { newClientKey, nowInSeconds } from '#test/support/provider/signed-jwt.ts';

const account = sampleAccount({ grants: [{ role: 'csm_user_nocert' }] });
const [csmKey, fmsKey, proofKey, otherKey] = [
  newClientKey('csm'),
  newClientKey('fms'),
  newClientKey(),
  newClientKey(),
];
let world: ProviderWorld;
let csm: KeyClient;

beforeAll(async () => {
  const bound = { dpop_bound_access_tokens: true };
  world = await openProviderWorld({
    accounts: [account],
    relyingParties: [
      keyParty('csm', 'fapi2', csmKey, bound),
      keyParty('fms', 'fapi2', fmsKey, { ...bound, redirect_uris: ['https://fms.example/callback'] }),
    ],
  });
  csm = createKeyClient(world, 'csm', csmKey);
});
afterAll(() => world.close());
beforeEach(() => {
  world.nextLogin = { accountId: account.id, level: 2 };
});
afterEach(() => void vi.useRealTimers());

type Parameters = Readonly<Record<string, string>>;

/** Sends once for the nonce that the server wants in proofs, and once with it. */
async function withNonce(send: (nonce: Parameters) => Promise<Answer>): Promise<Answer> {
  const first = await send({});
  return first.error === 'use_dpop_nonce' ? send({ nonce: first.headers.get('DPoP-Nonce') ?? '' }) : first;
}

interface Asked {
  readonly answer: URLSearchParams;
  readonly verifier: string;
  readonly url: URL;
}

/** Pushes a request and opens it; `more` stands beside the request URI. */
async function ask(parameters: Parameters = {}, more: Parameters = {}, pushed?: Answer): Promise<Asked> {
  const { challenge, verifier } = newPkce();
  const stored = pushed ?? (await csm.push({ code_challenge: challenge, ...parameters }));
  const url = csm.authorizationUrl(stored, more);
  const response = await world.newBrowser().visit(url);
  return { answer: new URL(response.headers.get('Location') ?? '').searchParams, verifier, url };
}

/** Redeems with a proof by `key`; `claims` change the proof. */
const redeem = ({ answer, verifier }: Asked, key = proofKey, claims: object = {}) =>
  withNonce((nonce) =>
    csm.redeem(answer.get('code') ?? '', verifier, {
      DPoP: dpopProof(world, '/oidc/token', key, { ...nonce, ...claims }),
    }),
  );

const idTokenOf = ({ body }: Answer) => claimsOf(String(body['id_token']));

describe('a pushed request', () => {
  test.each([
    ['no state and no nonce', {}],
    ['a nonce of 64 characters', { nonce: 'n'.repeat(64) }],
    ['a long nonce', { nonce: 'n'.repeat(384) }],
    ['a long state', { state: 's'.repeat(384) }],
    ['another order of scopes', { scope: 'roles openid' }],
  ])('with %s succeeds and is given back as it was', async (_name, parameters: Parameters) => {
    const asked = await ask(parameters);
    expect(asked.answer.get('state')).toBe(parameters['state'] ?? null);
    const tokens = await redeem(asked);
    expect([tokens.status, tokens.body['token_type']]).toEqual([200, 'DPoP']);
    expect(idTokenOf(tokens)['nonce']).toBe(parameters['nonce']);
  });

  test('alone is heeded: a state or a nonce beside it is not', async () => {
    const pushed = { nonce: 'pushed nonce', state: 'pushed state' };
    const both = await ask(pushed, { state: 'beside', nonce: 'beside' });
    expect(both.answer.get('state')).toBe('pushed state');
    expect(idTokenOf(await redeem(both))['nonce']).toBe('pushed nonce');
    const beside = await ask({}, { state: 'beside', nonce: 'beside' });
    expect(beside.answer.get('state')).toBeNull();
    expect(idTokenOf(await redeem(beside))).not.toHaveProperty('nonce');
  });

  test('opened without a login is as good the second time; once answered it is used up', async () => {
    const { challenge, verifier } = newPkce();
    const pushed = await csm.push({ code_challenge: challenge });
    world.nextLogin = undefined;
    const shown = await world.newBrowser().visit(csm.authorizationUrl(pushed));
    expect(await shown.json()).toMatchObject({ prompt: { name: 'login' } });
    world.nextLogin = { accountId: account.id, level: 2 };
    const { answer, url } = await ask({}, {}, pushed);
    expect((await redeem({ answer, verifier, url })).status).toBe(200);
    const again = await world.newBrowser().visit(url);
    expect([again.status, again.headers.get('Location')]).toEqual([400, null]);
  });

  test('is good for a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const pushed = await csm.push();
    vi.setSystemTime(Date.now() + 61_000);
    const late = await world.newBrowser().visit(csm.authorizationUrl(pushed));
    expect([late.status, late.headers.get('Location')]).toEqual([400, null]);
  });

  test.each(['GET', 'PUT', 'PATCH', 'DELETE'])('is not taken by %s', async (method) => {
    const answer = await fetch(new URL('/oidc/par', world.origin), { method });
    expect([404, 405]).toContain(answer.status);
  });
});

describe('a code', () => {
  test('is good for a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const asked = await ask();
    vi.setSystemTime(Date.now() + 61_000);
    expect(await redeem(asked)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  test('is not redeemed without an assertion, nor by one in the name of another client', async () => {
    const headers = { DPoP: dpopProof(world, '/oidc/token', proofKey) };
    const { answer, verifier } = await ask();
    const code = answer.get('code') ?? '';
    const none = { client_id: 'csm', client_assertion: '', client_assertion_type: '' };
    expect((await csm.redeem(code, verifier, headers, none)).error).toMatch(/invalid_(client|request)/);
    const asOther = createKeyClient(world, 'fms', csmKey).assertion();
    const inItsName = await csm.redeem(code, verifier, headers, { client_id: 'fms' }, asOther);
    expect(inItsName).toMatchObject({ status: 401, error: 'invalid_client' });
  });
});

describe('a code bound to a key', () => {
  const thumbprint = thumbprintOf(proofKey);
  const pushWithProof = (key = proofKey, parameters: Parameters = {}) =>
    withNonce((nonce) =>
      csm.push(parameters, undefined, { DPoP: dpopProof(world, '/oidc/par', key, nonce) }),
    );

  test.each(['named', 'proved'])('that is %s in the pushed request needs that key', async (how) => {
    for (const [key, expected] of [
      [proofKey, { status: 200 }],
      [otherKey, { status: 400, error: 'invalid_grant' }],
    ] as const) {
      const { challenge, verifier } = newPkce();
      const parameters = { code_challenge: challenge };
      const pushed =
        how === 'named'
          ? await csm.push({ ...parameters, dpop_jkt: thumbprint })
          : await pushWithProof(proofKey, parameters);
      const asked = await ask({}, {}, pushed);
      expect(await redeem({ ...asked, verifier }, key)).toMatchObject(expected);
    }
  });

  test('is refused when another key is proved than named', async () => {
    const pushed = await pushWithProof(otherKey, { dpop_jkt: thumbprint });
    expect(pushed.status).toBe(400);
    expect(pushed.error).toMatch(/invalid_(request|dpop_proof)/);
  });
});

describe('a proof', () => {
  const soon = (seconds: number) => nowInSeconds() + seconds;

  test.each([
    ['made ten seconds ago', () => ({ iat: soon(-10) })],
    ['of a clock ten seconds fast', () => ({ iat: soon(10) })],
    ['with times of its own', () => ({ nbf: soon(0), exp: soon(300) })],
  ])('%s is taken', async (_name, claims) => {
    expect((await redeem(await ask(), proofKey, claims())).status).toBe(200);
  });

  test('goes with its token whatever case the scheme is written in', async () => {
    const token = String((await redeem(await ask())).body['access_token']);
    const read = async (nonce: Parameters = {}) =>
      fetch(new URL('/oidc/userinfo', world.origin), {
        headers: {
          Authorization: `dpOp ${token}`,
          DPoP: dpopProof(world, '/oidc/userinfo', proofKey, { ...nonce, ath: accessTokenHash(token) }),
        },
      });
    const first = await read();
    const nonce = first.headers.get('DPoP-Nonce');
    const answer = nonce === null ? first : await read({ nonce });
    expect(await answer.json()).toMatchObject({ sub: account.id });
  });
});
