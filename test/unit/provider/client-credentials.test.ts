/** Programs that act for themselves: who gets a token, for what, and whom the API takes for whom (RFC 6749, 8707, 9449, 8705). */
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { RelyingParty } from '#domain/relying-party.ts';
import { hashClientSecret } from '#provider/client-secrets.ts';
import type { ClientCertificate } from '#provider/contract.ts';
import { accessTokenHash, dpopProof } from '#test/support/provider/dpop-proof.ts';
import { assertionType, createKeyClient, postForm } from '#test/support/provider/key-client.ts';
import { openProviderWorld, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import { sampleRelyingParty, secretOf } from '#test/support/provider/sample-relying-party.ts';
import { newClientKey, nowInSeconds, signJwt } from '#test/support/provider/signed-jwt.ts';
import { mintSelfSigned } from '#test/support/self-signed-certificate.ts';

const resource = 'https://hub.example/api';
const api = { scopes: ['accounts.read', 'roles.write'], scopeOid: '1.2.3', categories: ['csm'] };
const key = newClientKey();
const program = { redirect_uris: [], grant_types: ['client_credentials'] };
const parties = new Map<string, RelyingParty>();
const kept = (party: RelyingParty) => parties.set(party.clientId, party);
let world: ProviderWorld;
let shown: ClientCertificate | undefined;

beforeAll(async () => {
  world = await openProviderWorld({
    accounts: [],
    relyingParties: [
      sampleRelyingParty('hr', { systems: [], api }, program),
      sampleRelyingParty('bound', { systems: [], api }, { ...program, dpop_bound_access_tokens: true }),
      sampleRelyingParty(
        'keyed',
        { systems: [], api },
        {
          ...program,
          client_secret: undefined,
          token_endpoint_auth_method: 'private_key_jwt',
          jwks: { keys: [key.jwk] },
        },
      ),
      sampleRelyingParty(
        'certified',
        { systems: [], api },
        { ...program, tls_client_certificate_bound_access_tokens: true },
      ),
      sampleRelyingParty('csm', { resources: ['https://cases.example/'] }),
    ],
    provider: {
      api: { resource },
      dpopNonceRequired: false,
      mutualTls: {},
      resources: [
        {
          uri: 'https://cases.example/',
          systems: ['csm'],
          scopes: ['cases:read'],
          format: 'opaque',
          introspectedBy: [],
        },
      ],
    },
    deps: {
      clientCertificates: { find: () => shown, isOnOwnListener: () => false },
      kept: {
        refresh: async () => {},
        find: (id) => parties.get(id),
        secretsOf: (id) =>
          parties.has(id) ? [{ hash: hashClientSecret(secretOf(id)), createdAt: new Date() }] : undefined,
      },
    },
  });
});
afterAll(() => world.close());

async function ask(
  id: string,
  parameters: Record<string, string> = {},
  headers: Record<string, string> = {},
) {
  return postForm(
    world,
    '/oidc/token',
    { grant_type: 'client_credentials', scope: 'accounts.read', ...parameters },
    { Authorization: `Basic ${btoa(`${id}:${encodeURIComponent(secretOf(id))}`)}`, ...headers },
  );
}

function judge(authorization: string | undefined, proofs: readonly string[] = []) {
  const req = {
    headers: { ...(authorization !== undefined && { authorization }) },
    headersDistinct: { ...(proofs.length > 0 && { dpop: proofs }) },
  } as unknown as IncomingMessage;
  return world.provider.judgeApiRequest({ req, method: 'POST', path: '/api/v1/accounts' });
}

const token = async (id: string, headers: Record<string, string> = {}) =>
  String((await ask(id, {}, headers)).body['access_token']);

describe('a program gets', () => {
  test('an opaque token of five minutes for what it asks for and is registered for', async () => {
    const { status, body } = await ask('hr', { resource });
    expect(status).toBe(200);
    expect(body).toMatchObject({ expires_in: 300, token_type: 'Bearer', scope: 'accounts.read' });
    expect(String(body['access_token'])).not.toContain('.');
    expect(body['refresh_token'] ?? body['id_token']).toBeUndefined();
  });

  test('one by its key as well', async () => {
    const { status } = await postForm(world, '/oidc/token', {
      grant_type: 'client_credentials',
      scope: 'roles.write',
      client_assertion_type: assertionType,
      client_assertion: createKeyClient(world, 'keyed', key).assertion(),
    });
    expect(status).toBe(200);
  });

  test.each([
    [
      'a scope that it is not registered for',
      'hr',
      { scope: 'accounts.read accounts.remove' },
      'invalid_scope',
    ],
    ['no scope', 'hr', { scope: '' }, 'invalid_scope'],
    ["a person's scopes", 'hr', { scope: 'openid' }, 'invalid_scope'],
    ['another resource', 'hr', { resource: 'https://cases.example/' }, 'invalid_target'],
    ['an unknown resource', 'hr', { resource: 'https://elsewhere.example/' }, 'invalid_target'],
    ['a client that is not registered for the grant', 'csm', {}, 'invalid_request'],
    ['a client that must prove a key and does not', 'bound', {}, 'invalid_grant'],
    ['a stranger', 'nobody', {}, 'invalid_client'],
  ])('none: %s', async (_case, id, parameters, error) => {
    expect((await ask(id, parameters)).error).toBe(error);
  });
});

test("a person's login never leads to a token for the API", async () => {
  const url = new URL('/oidc/auth', world.origin);
  url.search = new URLSearchParams({
    client_id: 'csm',
    redirect_uri: 'https://csm.example/callback',
    response_type: 'code',
    scope: 'openid accounts.read',
    resource,
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  }).toString();
  const answer = await world.newBrowser().visit(url);
  expect(new URL(answer.headers.get('Location') ?? '').searchParams.get('error')).toBe('invalid_target');
});

describe('the API takes', () => {
  test('a token for its program, with the scopes of the token and both ceilings', async () => {
    expect(await judge(`Bearer ${await token('hr')}`)).toMatchObject({
      ok: true,
      program: { clientId: 'hr', scopes: ['accounts.read'], scopeOid: '1.2.3', categories: ['csm'] },
    });
  });

  test.each([
    ['nothing', undefined, 'no-token'],
    ['another scheme', 'Basic aHI6aHI=', 'no-token'],
    ['two values', 'Bearer a b', 'no-token'],
    ['an unknown token', 'Bearer nothing-of-ours', 'invalid-token'],
  ])('not: %s', async (_case, authorization, reason) => {
    expect(await judge(authorization)).toEqual({ ok: false, reason });
  });

  test('no token that has ended', async () => {
    const value = await token('hr');
    const found = await world.provider.current().ClientCredentials.find(value);
    await found?.destroy();
    expect(await judge(`Bearer ${value}`)).toEqual({ ok: false, reason: 'invalid-token' });
  });

  test('a client as it is now: disabled, without the grant, with fewer scopes', async () => {
    const late = sampleRelyingParty('late', { systems: [], api }, program);
    kept(late);
    const value = await token('late');
    const before = await judge(`Bearer ${value}`);
    const stillHolds = () => (before.ok ? before.stillHolds() : expect.unreachable('no token'));
    expect(await stillHolds()).toBe(true);
    for (const narrower of [{ scopes: ['roles.write'] }, { scopeOid: '1.2.3.4' }, { categories: [] }]) {
      kept({ ...late, api: { ...api, ...narrower } });
      expect(await stillHolds()).toBe(false);
    }
    kept({ ...late, api: { ...api, scopes: ['roles.write'] } });
    expect(await judge(`Bearer ${value}`)).toMatchObject({ program: { scopes: [] } });
    kept({ ...late, metadata: { ...late.metadata, grant_types: ['authorization_code'] } });
    expect(await judge(`Bearer ${value}`)).toEqual({ ok: false, reason: 'invalid-token' });
    parties.delete('late');
    expect(await stillHolds()).toBe(false);
    expect(await judge(`Bearer ${value}`)).toEqual({ ok: false, reason: 'invalid-token' });
    expect((await ask('late')).error).toBe('invalid_client');
  });
});

describe('a token bound to a key', () => {
  const bound = () => token('bound', { DPoP: dpopProof(world, '/oidc/token', key) });
  const proof = (value: string, claims = {}, by = key, header = {}) =>
    dpopProof(world, '/api/v1/accounts', by, { ath: accessTokenHash(value), ...claims }, header);

  test('is good with a proof, once, and not as a bearer token', async () => {
    const value = await bound();
    const made = proof(value);
    expect(await judge(`DPoP ${value}`, [made])).toMatchObject({ ok: true });
    expect(await judge(`DPoP ${value}`, [made])).toEqual({ ok: false, reason: 'not-bound' });
    expect(await judge(`Bearer ${value}`, [proof(value)])).toEqual({ ok: false, reason: 'not-bound' });
    expect(await judge(`DPoP ${value}`)).toEqual({ ok: false, reason: 'not-bound' });
    expect(await judge(`DPoP ${value}`, [proof(value), proof(value)])).toEqual({
      ok: false,
      reason: 'not-bound',
    });
  });

  test('of twenty uses of one proof at once one is good', async () => {
    const value = await bound();
    const made = proof(value);
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => judge(`DPoP ${value}`, [made])));
    expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test.each([
    ['of another key', {}, newClientKey(), {}],
    ['for another token', { ath: accessTokenHash('other') }, key, {}],
    ['for another address', { htu: 'https://elsewhere.example/api/v1/accounts' }, key, {}],
    ['for another method', { htm: 'GET' }, key, {}],
    ['of two minutes ago', { iat: nowInSeconds() - 120 }, key, {}],
    ['of the future', { iat: nowInSeconds() + 120 }, key, {}],
    ['without jti', { jti: undefined }, key, {}],
    ['of another type', {}, key, { typ: 'JWT' }],
    ['without a signature', {}, key, { alg: 'none' }],
    ['by an algorithm that the key is not for', {}, key, { alg: 'PS256' }],
    ['with the private key in it', {}, key, { jwk: key.privateKey.export({ format: 'jwk' }) }],
  ])('is not good with a proof %s', async (_case, claims, by, header) => {
    const value = await bound();
    expect(await judge(`DPoP ${value}`, [proof(value, claims, by, header)])).toEqual({
      ok: false,
      reason: 'not-bound',
    });
  });

  test.each([['a word'], ['a.b.c'], ['..'], [signJwt({}, key)]])('nor with %s', async (made) => {
    expect(await judge(`DPoP ${await bound()}`, [made])).toMatchObject({ reason: 'not-bound' });
  });

  test('a token that is not bound is not taken by the scheme of those that are', async () => {
    const value = await token('hr');
    expect(await judge(`DPoP ${value}`, [proof(value)])).toMatchObject({ reason: 'not-bound' });
  });
});

test('a token bound to a certificate is good with that certificate alone', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-certificates-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const one = new X509Certificate(mintSelfSigned(folder).cert);
  const other = new X509Certificate(mintSelfSigned(folder).cert);
  shown = { certificate: one, authorized: false };
  const value = await token('certified');
  expect(await judge(`Bearer ${value}`)).toMatchObject({ ok: true });
  shown = { certificate: other, authorized: false };
  expect(await judge(`Bearer ${value}`)).toMatchObject({ reason: 'not-bound' });
  shown = undefined;
  expect(await judge(`Bearer ${value}`)).toMatchObject({ reason: 'not-bound' });
});
