import { createHash, createPublicKey } from 'node:crypto';
import type { ProviderWorld } from './provider-world.ts';
import { nowInSeconds, signJwt, type ClientKey } from './signed-jwt.ts';

type Json = Readonly<Record<string, unknown>>;

/** A DPoP proof by hand (RFC 9449), so that it can be made wrongly. */
export function dpopProof(
  world: Pick<ProviderWorld, 'origin'>,
  path: string,
  key: ClientKey,
  claims: Json = {},
  header: Json = {},
): string {
  const { kty, crv, x, y } = key.jwk;
  const method = path === '/oidc/userinfo' ? 'GET' : 'POST';
  const base = { jti: crypto.randomUUID(), iat: nowInSeconds(), htm: method, htu: `${world.origin}${path}` };
  return signJwt({ ...base, ...claims }, key, {
    typ: 'dpop+jwt',
    kid: undefined,
    jwk: { kty, crv, x, y },
    ...header,
  });
}

/** What a proof for userinfo says of its access token. */
export function accessTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** RFC 7638. */
export function thumbprintOf({ privateKey }: ClientKey): string {
  const { crv, kty, x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}
