import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { demoPerson } from '../../support/demo/demo-person.ts';
import { startDemo, type Demo } from '../../support/demo/start-demo.ts';
import { callbackUri, clientConfig, clientSecret } from '../../support/hub/hub-world.ts';
import { logInByPassword, signingIn, type SigningIn } from '../../support/hub/signing-in.ts';

// The demo shares the machine with other tests.
vi.setConfig({ testTimeout: 60_000 });

const { password = '', ...person } = demoPerson('施期間');

let demo: Demo;
/** The person's browser as far as the hub goes: one session for all tests, until the last one ends it. */
let at: SigningIn;
let keys: Awaited<ReturnType<typeof oauth.generateKeyPair>>;

beforeAll(async () => {
  keys = await oauth.generateKeyPair('ES256', { extractable: true });
  const publicKey = (await crypto.subtle.exportKey('jwk', keys.publicKey)) as Record<string, unknown>;
  const { client_secret: _, ...withoutSecret } = clientConfig('signing', ['csm']) as Record<string, unknown>;
  demo = await startDemo({
    clients: [
      clientConfig('pushing', ['csm'], { require_pushed_authorization_requests: true }),
      {
        ...withoutSecret,
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'ES256',
        jwks: {
          keys: [{ kty: publicKey['kty'], crv: publicKey['crv'], x: publicKey['x'], y: publicKey['y'] }],
        },
        dpop_bound_access_tokens: true,
      },
    ],
  });
  at = signingIn(demo);
});
afterAll(() => demo.stop());

async function answerTo(url: URL): Promise<URL> {
  const shown = await at.open(url);
  const entered = shown.leads ? shown : await logInByPassword(demo, at, shown, person, password);
  if (!entered.leads) throw new Error(`no answer: ${entered.status}`);
  return entered.leads;
}

test('oauth4webapi: a key of its own instead of a secret, and tokens bound to another', async () => {
  const insecure = { [oauth.allowInsecureRequests]: true };
  const issuer = new URL(demo.origin);
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
  const client: oauth.Client = { client_id: 'signing' };
  const dpopKeys = await oauth.generateKeyPair('ES256');
  const verifier = oauth.generateRandomCodeVerifier();
  const nonce = oauth.generateRandomNonce();
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    client_id: 'signing',
    response_type: 'code',
    redirect_uri: callbackUri,
    scope: 'openid profile',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    nonce,
  }).toString();
  const answer = oauth.validateAuthResponse(server, client, await answerTo(url), oauth.expectNoState);
  const DPoP = oauth.DPoP(client, dpopKeys);
  const grant = async () => {
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.PrivateKeyJwt(keys.privateKey),
      answer,
      callbackUri,
      verifier,
      { ...insecure, DPoP },
    );
    return oauth.processAuthorizationCodeResponse(server, client, response, { expectedNonce: nonce });
  };
  // The first answer may be nothing but a nonce to sign (RFC 9449, section 8).
  const tokens = await grant().catch((error: unknown) => {
    if (oauth.isDPoPNonceError(error)) return grant();
    throw error;
  });
  expect(tokens.token_type).toBe('dpop');
  const { sub = '' } = oauth.getValidatedIdTokenClaims(tokens) ?? {};
  const ask = () => oauth.userInfoRequest(server, client, tokens.access_token, { ...insecure, DPoP });
  const first = await ask();
  const told = await oauth.processUserInfoResponse(server, client, sub, first.ok ? first : await ask());
  expect(told['name']).toBe('施期間');
  const stolen = await fetch(server.userinfo_endpoint ?? '', {
    headers: { Authorization: `Bearer ${tokens.access_token}` },
  });
  expect(stolen.status).toBe(401);
});

test('openid-client: pushed request, signed answer, userinfo, refresh and log-out', async () => {
  const auth = openid.ClientSecretBasic(clientSecret);
  const config = await openid.discovery(new URL(demo.origin), 'pushing', undefined, auth, {
    execute: [openid.allowInsecureRequests],
  });
  openid.useJwtResponseMode(config);
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [openid.randomState(), openid.randomNonce()];
  const url = await openid.buildAuthorizationUrlWithPAR(config, {
    redirect_uri: callbackUri,
    scope: 'openid profile organization roles',
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
  });
  expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
  const answer = await answerTo(url);
  expect([...answer.searchParams.keys()]).toEqual(['response']);
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  const tokens = await openid.authorizationCodeGrant(config, answer, checks);
  const sub = tokens.claims()?.sub ?? '';
  const told = await openid.fetchUserInfo(config, tokens.access_token, sub);
  expect(told).toMatchObject({ name: '施期間', roles: ['csm_user_nocert'] });
  const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
  expect(renewed.access_token).not.toBe(tokens.access_token);

  const end = openid.buildEndSessionUrl(config, {
    id_token_hint: renewed.id_token ?? '',
    post_logout_redirect_uri: 'http://127.0.0.1:9/logged-out',
  });
  const asking = await at.open(end);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(asking.html)?.[1] ?? '';
  const out = await at.post('/oidc/session/end/confirm', { xsrf, logout: 'yes' });
  expect(out.leads?.pathname).toBe('/logged-out');
  await expect(openid.fetchUserInfo(config, renewed.access_token, sub)).rejects.toThrow();
});
