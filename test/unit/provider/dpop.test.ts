/** DPoP proofs by hand, so that they can be made wrongly (RFC 9449). */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { openProviderWorld, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import { createSampleClient, type Tokens } from '#test/support/provider/sample-client.ts';
import { sampleRelyingParty, secretOf } from '#test/support/provider/sample-relying-party.ts';
import { newClientKey, nowInSeconds, signJwt, type ClientKey } from '#test/support/provider/signed-jwt.ts';

const account = sampleAccount({ grants: [{ role: 'csm_user_nocert' }] });
const key = newClientKey();
let world: ProviderWorld;

beforeAll(async () => {
  world = await openProviderWorld({ accounts: [account], relyingParties: [sampleRelyingParty('csm')] });
  world.nextLogin = { accountId: account.id, level: 2 };
});
afterAll(() => world.close());

type Json = Record<string, unknown>;

function proof(path: string, claims: Json = {}, by: ClientKey = key, header: Json = {}): string {
  const { kty, crv, x, y } = by.jwk;
  const method = path === '/oidc/userinfo' ? 'GET' : 'POST';
  const base = { jti: crypto.randomUUID(), iat: nowInSeconds(), htm: method, htu: `${world.origin}${path}` };
  return signJwt({ ...base, ...claims }, by, {
    typ: 'dpop+jwt',
    kid: undefined,
    jwk: { kty, crv, x, y },
    ...header,
  });
}

async function nonce(): Promise<string> {
  const answer = await redeem(proof('/oidc/token'));
  expect((await answer.json()) as Json).toMatchObject({ error: 'use_dpop_nonce' });
  return answer.headers.get('DPoP-Nonce') ?? '';
}

async function redeem(dpop: string): Promise<Response> {
  const { answer, pkce } = await createSampleClient(world, 'csm').authorize();
  return fetch(new URL('/oidc/token', world.origin), {
    method: 'POST',
    headers: { DPoP: dpop },
    body: new URLSearchParams({
      client_id: 'csm',
      client_secret: secretOf('csm'),
      grant_type: 'authorization_code',
      code: answer?.get('code') ?? '',
      code_verifier: pkce.verifier,
      redirect_uri: 'https://csm.example/callback',
    }),
  });
}

function userinfo(token: string, dpop: string): Promise<Response> {
  return fetch(new URL('/oidc/userinfo', world.origin), {
    headers: { Authorization: `DPoP ${token}`, DPoP: dpop },
  });
}

test('a proof without a nonce is told to take one, and then binds the tokens', async () => {
  const fresh = await nonce();
  const tokens = (await (await redeem(proof('/oidc/token', { nonce: fresh }))).json()) as Tokens & Json;
  expect(tokens['token_type']).toBe('DPoP');
  const ath = createHash('sha256').update(tokens.access_token).digest('base64url');
  const good = proof('/oidc/userinfo', { nonce: fresh, ath });
  expect((await userinfo(tokens.access_token, good)).status).toBe(200);
  // Replayed, by another key, for another token, of another address or method.
  for (const bad of [
    good,
    proof('/oidc/userinfo', { nonce: fresh, ath }, newClientKey()),
    proof('/oidc/userinfo', { nonce: fresh, ath: 'other' }),
    proof('/oidc/userinfo', { nonce: fresh, ath, htu: 'https://elsewhere.example/oidc/userinfo' }),
    proof('/oidc/userinfo', { nonce: fresh, ath, htm: 'POST' }),
  ]) {
    expect((await userinfo(tokens.access_token, bad)).status).toBe(401);
  }
});

test('a proof used for twenty codes at once binds the tokens of one', async () => {
  const made = proof('/oidc/token', { nonce: await nonce() });
  const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(made)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 400)).toHaveLength(19);
});

describe('a proof', () => {
  test.each([
    ['with an invented nonce', { nonce: 'invented' }, {}, 'use_dpop_nonce'],
    ['without jti', { jti: undefined }, {}, 'invalid_dpop_proof'],
    ['without iat', { iat: undefined }, {}, 'invalid_dpop_proof'],
    ['of another typ', {}, { typ: 'JWT' }, 'invalid_dpop_proof'],
    ['without a signature', {}, { alg: 'none' }, 'invalid_dpop_proof'],
    [
      'with a private key',
      {},
      { jwk: { ...key.privateKey.export({ format: 'jwk' }) } },
      'invalid_dpop_proof',
    ],
    ['for another address', { htu: 'https://elsewhere.example/token' }, {}, 'invalid_dpop_proof'],
  ])('%s is refused', async (_name, claims, header, error) => {
    const answer = await redeem(proof('/oidc/token', { nonce: await nonce(), ...claims }, key, header));
    expect([answer.status, ((await answer.json()) as Json)['error']]).toEqual([400, error]);
  });
});
