/** A client that proves itself by a key (private_key_jwt) and pushes its requests, by hand, so that tests can do it wrongly. */
import type { RelyingParty } from '#domain/relying-party.ts';
import { newPkce, type ProviderWorld } from './provider-world.ts';
import { sampleRelyingParty } from './sample-relying-party.ts';
import { nowInSeconds, signJwt, type ClientKey } from './signed-jwt.ts';

type Json = Readonly<Record<string, unknown>>;
type Parameters = Readonly<Record<string, string>>;

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export function keyParty(
  id: string,
  profile: 'fapi2' | undefined,
  key: ClientKey,
  metadata: Json = {},
): RelyingParty {
  return sampleRelyingParty(id, profile ? { profile } : {}, {
    client_secret: undefined,
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [key.jwk] },
    ...metadata,
  });
}

export interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly error: unknown;
  readonly headers: Headers;
}

export interface KeyClient {
  assertion(claims?: Json, header?: Json): string;
  /** Pushes a request; `assertion` stands for the one it would make. */
  push(parameters?: Parameters, assertion?: string, headers?: Parameters): Promise<Answer>;
  /** The address of the authorization endpoint for what was pushed. */
  authorizationUrl(pushed: Answer, more?: Parameters): URL;
  redeem(
    code: string,
    verifier: string,
    headers?: Parameters,
    parameters?: Parameters,
    assertion?: string,
  ): Promise<Answer>;
}

export async function postForm(
  world: Pick<ProviderWorld, 'origin'>,
  path: string,
  parameters: Parameters,
  headers: Parameters = {},
): Promise<Answer> {
  const response = await fetch(new URL(path, world.origin), {
    method: 'POST',
    headers,
    body: new URLSearchParams(parameters),
  });
  const body = (await response.json()) as Json;
  return { status: response.status, body, error: body['error'], headers: response.headers };
}

export function createKeyClient(world: Pick<ProviderWorld, 'origin'>, id: string, key: ClientKey): KeyClient {
  const redirectUri = `https://${id}.example/callback`;
  const assertion: KeyClient['assertion'] = (claims = {}, header = {}) => {
    const now = nowInSeconds();
    const base = { iss: id, sub: id, aud: world.origin, jti: crypto.randomUUID(), iat: now, exp: now + 60 };
    return signJwt({ ...base, ...claims }, key, header);
  };
  return {
    assertion,
    push: (parameters = {}, made = assertion(), headers = {}) =>
      postForm(
        world,
        '/oidc/par',
        {
          client_id: id,
          redirect_uri: redirectUri,
          response_type: 'code',
          scope: 'openid roles',
          code_challenge: newPkce().challenge,
          code_challenge_method: 'S256',
          client_assertion_type: assertionType,
          client_assertion: made,
          ...parameters,
        },
        headers,
      ),
    authorizationUrl({ body }, more = {}) {
      const url = new URL('/oidc/auth', world.origin);
      const request = { client_id: id, request_uri: String(body['request_uri']), ...more };
      url.search = new URLSearchParams(request).toString();
      return url;
    },
    redeem: (code, verifier, headers = {}, parameters = {}, made = assertion()) =>
      postForm(
        world,
        '/oidc/token',
        {
          grant_type: 'authorization_code',
          code,
          redirect_uri: redirectUri,
          code_verifier: verifier,
          client_assertion_type: assertionType,
          client_assertion: made,
          ...parameters,
        },
        headers,
      ),
  };
}
