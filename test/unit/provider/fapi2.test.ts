import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientMetadata } from '#provider/clients.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { newPkce, openProviderWorld, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import { claimsOf } from '#test/support/provider/sample-client.ts';
import { assertionType, createKeyClient, keyParty, postForm } from '#test/support/provider/key-client.ts';
import { newClientKey, nowInSeconds, signJwt } from '#test/support/provider/signed-jwt.ts';

const account = sampleAccount({ grants: [{ role: 'csm_user_nocert' }, { role: 'fms_nocert' }] });
const clientKey = newClientKey();
const redirectUri = 'https://csm.example/callback';
const insecure = { [oauth.allowInsecureRequests]: true };

let world: ProviderWorld;
let as: oauth.AuthorizationServer;
const client: oauth.Client = { client_id: 'csm' };

beforeAll(async () => {
  world = await openProviderWorld({
    accounts: [account],
    relyingParties: [
      keyParty('csm', 'fapi2', clientKey, { dpop_bound_access_tokens: true }),
      keyParty('fms', undefined, clientKey, { redirect_uris: ['https://fms.example/callback'] }),
    ],
  });
  world.nextLogin = { accountId: account.id, level: 2 };
  const issuer = new URL(world.origin);
  as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
});
afterAll(() => world.close());

const fms = () => createKeyClient(world, 'fms', clientKey);
const csm = () => createKeyClient(world, 'csm', clientKey);

async function retried<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error;
    return ask();
  }
}

function signingKey() {
  const jwk = clientKey.privateKey.export({ format: 'jwk' });
  return crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
}

async function logIn(dpop: oauth.DPoPHandle) {
  const auth = oauth.PrivateKeyJwt({ key: await signingKey(), kid: clientKey.jwk.kid });
  const pkce = newPkce();
  const par = await retried(async () => {
    const parameters = {
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid roles',
      code_challenge: pkce.challenge,
      code_challenge_method: 'S256',
    };
    const sent = await oauth.pushedAuthorizationRequest(as, client, auth, parameters, {
      ...insecure,
      DPoP: dpop,
    });
    return oauth.processPushedAuthorizationResponse(as, client, sent);
  });
  const url = new URL(as.authorization_endpoint ?? '');
  url.searchParams.set('client_id', 'csm');
  url.searchParams.set('request_uri', par.request_uri);
  const answer = await world.newBrowser().visit(url);
  const parameters = oauth.validateAuthResponse(as, client, new URL(answer.headers.get('Location') ?? ''));
  const redeem = () =>
    oauth.authorizationCodeGrantRequest(as, client, auth, parameters, redirectUri, pkce.verifier, {
      ...insecure,
      DPoP: dpop,
    });
  const tokens = await retried(async () =>
    oauth.processAuthorizationCodeResponse(as, client, await redeem()),
  );
  return { tokens, url, parameters, pkce };
}

describe('a client of the profile', () => {
  test('pushes its request, proves its key, and gets a bound token and an ES256 ID token', async () => {
    const dpop = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
    const { tokens, url } = await logIn(dpop);
    expect(tokens.token_type).toBe('dpop');
    const header = JSON.parse(
      Buffer.from(tokens.id_token?.split('.')[0] ?? '', 'base64url').toString(),
    ) as object;
    expect(header).toMatchObject({ alg: 'ES256' });
    expect(claimsOf(tokens.id_token ?? '')).toMatchObject({ aud: 'csm', roles: ['csm_user_nocert'] });
    const userinfo = await retried(async () => {
      const answer = await oauth.userInfoRequest(as, client, tokens.access_token, {
        ...insecure,
        DPoP: dpop,
      });
      return oauth.processUserInfoResponse(as, client, account.id, answer);
    });
    expect(userinfo['roles']).toEqual(['csm_user_nocert']);
    // It keeps its refresh token, which is good with its key alone.
    const refresh = async () =>
      postForm(world, '/oidc/token', {
        grant_type: 'refresh_token',
        refresh_token: tokens.refresh_token ?? '',
        client_assertion_type: assertionType,
        client_assertion: csm().assertion(),
      });
    expect((await refresh()).error).toMatch(/invalid_grant|invalid_request/);
    const auth = oauth.PrivateKeyJwt({
      key: await signingKey(),
      kid: clientKey.jwk.kid,
    });
    for (const _time of [1, 2]) {
      const again = await retried(async () => {
        const options = { ...insecure, DPoP: dpop };
        const sent = await oauth.refreshTokenGrantRequest(
          as,
          client,
          auth,
          tokens.refresh_token ?? '',
          options,
        );
        return oauth.processRefreshTokenResponse(as, client, sent);
      });
      expect(again.refresh_token).toBe(tokens.refresh_token);
    }
    // A pushed request is good once.
    const again = await world.newBrowser().visit(url);
    expect([again.status, again.headers.get('Location')]).toEqual([400, null]);
    // As a bearer token it is worth nothing, nor with another key.
    const bearer = await fetch(as.userinfo_endpoint ?? '', {
      headers: { Authorization: `Bearer ${tokens.access_token}` },
    });
    expect(bearer.status).toBe(401);
    const stranger = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
    const byStranger = () =>
      oauth.userInfoRequest(as, client, tokens.access_token, { ...insecure, DPoP: stranger });
    await retried(async () => oauth.processUserInfoResponse(as, client, account.id, await byStranger())).then(
      () => expect.unreachable(),
      (error: unknown) => expect(error).toBeInstanceOf(oauth.WWWAuthenticateChallengeError),
    );
  });

  test('cannot ask in the front channel', async () => {
    const url = new URL('/oidc/auth', world.origin);
    url.search = new URLSearchParams({
      client_id: 'csm',
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid',
      code_challenge: newPkce().challenge,
      code_challenge_method: 'S256',
    }).toString();
    const answer = await world.newBrowser().visit(url);
    expect(new URL(answer.headers.get('Location') ?? '').searchParams.get('error')).toBe('invalid_request');
  });

  test.each([
    ['without PKCE', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
    ['with plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['with another redirect URI', { redirect_uri: 'https://evil.example/' }, 'invalid_request'],
    ['with request_uri', { request_uri: 'https://csm.example/request' }, 'request_uri_not_supported'],
    ['without a redirect URI', { redirect_uri: '' }, 'invalid_request'],
    ['for code and ID token', { response_type: 'code id_token' }, 'unsupported_response_type'],
    ['for a token', { response_type: 'token' }, 'unsupported_response_type'],
  ])('%s is refused when it pushes', async (_name, parameters, error) => {
    expect(await csm().push(parameters)).toMatchObject({ status: 400, error });
  });

  test('cannot use what another client pushed', async () => {
    const url = fms().authorizationUrl(await csm().push());
    const answer = await world.newBrowser().visit(url);
    expect([answer.status, answer.headers.get('Location')]).toEqual([400, null]);
  });

  test('cannot redeem without a proof', async () => {
    const pkce = newPkce();
    const pushed = await csm().push({ code_challenge: pkce.challenge });
    const answer = await world.newBrowser().visit(csm().authorizationUrl(pushed));
    const code = new URL(answer.headers.get('Location') ?? '').searchParams.get('code') ?? '';
    expect(await csm().redeem(code, pkce.verifier)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  test.each([
    { token_endpoint_auth_method: 'client_secret_basic', client_secret: 'x'.repeat(32) },
    { dpop_bound_access_tokens: false },
    { id_token_signed_response_alg: 'RS256' },
    { redirect_uris: ['http://127.0.0.1/callback'] },
  ])('is not registered with %j', (metadata) => {
    expect(() =>
      clientMetadata(keyParty('csm', 'fapi2', clientKey, { dpop_bound_access_tokens: true, ...metadata })),
    ).toThrow(/csm:/);
  });
});

describe('a client assertion', () => {
  test('is good once', async () => {
    const made = csm().assertion();
    expect((await csm().push({}, made)).status).toBe(201);
    expect(await csm().push({}, made)).toMatchObject({ status: 401, error: 'invalid_client' });
  });

  test('of twenty uses at once one is taken', async () => {
    const made = csm().assertion();
    const answers = await Promise.all(Array.from({ length: 20 }, () => csm().push({}, made)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ error }) => error === 'invalid_client')).toHaveLength(19);
  });

  test.each([
    ['for another server', 'csm', { aud: 'https://elsewhere.example' }],
    ['for a list', 'csm', { aud: ['placeholder'] }],
    ['for the endpoint of the profile', 'csm', { aud: 'token' }],
    ['for the pushed request endpoint', 'fms', { aud: 'par' }],
    ['for that endpoint, with the profile', 'csm', { aud: 'par' }],
    ['for a list, without the profile', 'fms', { aud: ['placeholder'] }],
    ['of somebody else', 'csm', { iss: 'fms' }],
    ['of nobody', 'csm', { sub: undefined }],
    ['without jti', 'csm', { jti: undefined }],
    ['without exp', 'csm', { exp: undefined }],
    ['that has expired', 'csm', { exp: 1 }],
    ['that begins in two minutes', 'csm', { nbf: nowInSeconds() + 120, iat: nowInSeconds() + 120 }],
    ['that lives for a day', 'csm', { exp: nowInSeconds() + 86_400 }],
  ])('%s is refused', async (_name, id, claims: Record<string, unknown>) => {
    const audiences: Record<string, string> = {
      token: `${world.origin}/oidc/token`,
      par: `${world.origin}/oidc/par`,
    };
    const { aud } = claims;
    const meant = Array.isArray(aud) ? [world.origin] : (audiences[String(aud)] ?? aud ?? world.origin);
    const client = createKeyClient(world, id, clientKey);
    const made = client.assertion({ ...claims, aud: meant });
    expect(await client.push({}, made)).toMatchObject({ status: 401, error: 'invalid_client' });
  });

  test('may name the token endpoint, without the profile', async () => {
    const made = fms().assertion({ aud: `${world.origin}/oidc/token` });
    expect((await fms().push({}, made)).status).toBe(201);
  });

  test('of a clock that is eight seconds fast is taken', async () => {
    const soon = nowInSeconds() + 8;
    const made = csm().assertion({ nbf: soon, iat: soon, exp: soon + 60 });
    expect((await csm().push({}, made)).status).toBe(201);
  });

  test.each([{ alg: 'none' }, { alg: 'RS256' }, { kid: 'odd' }, { crit: ['odd'], odd: true }])(
    'with header %j is refused',
    async (header) => {
      expect(await csm().push({}, csm().assertion({}, header))).toMatchObject({
        status: 401,
        error: 'invalid_client',
      });
    },
  );

  test('by another key is refused, be it in the header', async () => {
    const now = nowInSeconds();
    const other = newClientKey();
    const claims = { iss: 'csm', sub: 'csm', aud: world.origin, jti: 'one', iat: now, exp: now + 60 };
    const made = signJwt(claims, other, { jwk: other.jwk });
    expect(await csm().push({}, made)).toMatchObject({ status: 401, error: 'invalid_client' });
  });
});
