/**
 * The OpenID Connect side of a business system, with openid-client: code flow with PKCE, state and nonce; userinfo,
 * introspection, refresh, log-out. Everything a real relying party needs, and nothing that only works with Hufu.
 */
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  discovery,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  tokenIntrospection,
  type Configuration,
  type TokenEndpointResponse,
  type TokenEndpointResponseHelpers,
} from 'openid-client';
import type { ClientConfig } from '../business-systems.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** A login under way; kept on the server until the browser comes back. */
export interface PendingLogin {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly silent: boolean;
}

export interface Tokens {
  readonly accessToken: string;
  readonly idToken: string;
  readonly refreshToken?: string;
  readonly expiresInSeconds?: number;
  readonly claims: Claims;
}

/** What the hub says about the access token now. */
export interface Answers {
  readonly userinfo: Claims;
  readonly introspection?: Claims;
}

export interface RelyingParty {
  begin(silent: boolean): Promise<{ readonly url: URL; readonly pending: PendingLogin }>;
  finish(returned: URL, pending: PendingLogin): Promise<Tokens>;
  ask(tokens: Tokens): Promise<Answers>;
  refresh(tokens: Tokens): Promise<Tokens>;
  logOutUrl(tokens: Tokens): Promise<URL>;
}

interface Settings {
  readonly issuer: string;
  readonly client: ClientConfig;
  readonly redirectUri: string;
  readonly introspects: boolean;
}

export function createRelyingParty({ issuer, client, redirectUri, introspects }: Settings): RelyingParty {
  let known: Configuration | undefined;

  async function configuration(): Promise<Configuration> {
    // Plain http is for loopback alone, as here.
    const execute = issuer.startsWith('http:') ? [allowInsecureRequests] : [];
    known ??= await discovery(new URL(issuer), client.client_id, undefined, authentication(client), {
      execute,
    });
    return known;
  }

  return {
    async begin(silent) {
      const pending = {
        verifier: randomPKCECodeVerifier(),
        state: randomState(),
        nonce: randomNonce(),
        silent,
      };
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: client.scopes.join(' '),
        code_challenge: await calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
        state: pending.state,
        nonce: pending.nonce,
        ...(silent && { prompt: 'none' }),
      });
      return { url, pending };
    },

    async finish(returned, { verifier, state, nonce }) {
      const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
      const answer = await authorizationCodeGrant(await configuration(), returned, {
        ...checks,
        idTokenExpected: true,
      });
      return tokensOf(answer, undefined);
    },

    async ask({ accessToken, claims }) {
      const config = await configuration();
      const userinfo = await fetchUserInfo(config, accessToken, String(claims['sub']));
      if (!introspects) return { userinfo };
      return { userinfo, introspection: { ...(await tokenIntrospection(config, accessToken)) } };
    },

    async refresh(tokens) {
      if (tokens.refreshToken === undefined) return tokens;
      return tokensOf(await refreshTokenGrant(await configuration(), tokens.refreshToken), tokens);
    },

    async logOutUrl({ idToken }) {
      const [back] = client.post_logout_redirect_uris;
      return buildEndSessionUrl(await configuration(), {
        id_token_hint: idToken,
        ...(back !== undefined && { post_logout_redirect_uri: back }),
      });
    },
  };
}

function authentication({ token_endpoint_auth_method: method, client_secret: secret }: ClientConfig) {
  if (method === 'client_secret_post') return ClientSecretPost(secret);
  return method === 'none' ? None() : ClientSecretBasic(secret);
}

/** A refresh may leave out what has not changed. */
function tokensOf(
  answer: TokenEndpointResponse & TokenEndpointResponseHelpers,
  before: Tokens | undefined,
): Tokens {
  const refreshToken = answer.refresh_token ?? before?.refreshToken;
  const expiresInSeconds = answer.expiresIn();
  return {
    accessToken: answer.access_token,
    idToken: answer.id_token ?? before?.idToken ?? '',
    claims: answer.claims() ?? before?.claims ?? {},
    ...(refreshToken !== undefined && { refreshToken }),
    ...(expiresInSeconds !== undefined && { expiresInSeconds }),
  };
}
