/**
 * Logout tokens (OpenID Connect Back-Channel Logout 1.0, 2.4). Made when they are sent, since they live two minutes
 * and a message may wait for a day. Not by the library: its own class hangs on a request.
 */
import { constants, createPrivateKey, sign, type JsonWebKey, type SignKeyObjectInput } from 'node:crypto';
import type { JWKS } from 'oidc-provider';
import type { Clock } from '#domain/clock.ts';
import type { Random } from '#domain/random.ts';

/** Whom to tell of the end of which session. */
export interface LogOutNotice {
  readonly clientId: string;
  /** The person as this relying party knows them. */
  readonly sub: string;
  readonly sid: string;
}

export interface LogOutTokens {
  /** A compact JWS signed with `alg`. Throws an Error when no key for it is there. */
  makeToken(notice: LogOutNotice, alg: string): string;
}

interface Deps {
  readonly issuer: string;
  /** Private keys; the newest comes first for each algorithm. */
  readonly signingKeys: JWKS;
  readonly clock: Clock;
  readonly random: Random;
}

const lifetimeSeconds = 120;
const event = 'http://schemas.openid.net/event/backchannel-logout';

interface Algorithm {
  readonly fits: (key: JsonWebKey) => boolean;
  readonly hash: string | null;
  readonly options: Omit<SignKeyObjectInput, 'key'>;
}

interface SigningKey {
  readonly kid?: string;
  readonly alg?: string;
}

const isRsa = ({ kty }: JsonWebKey) => kty === 'RSA';

/** RFC 7518, 3.1, and RFC 8037. */
const algorithms: Readonly<Record<string, Algorithm>> = {
  RS256: { fits: isRsa, hash: 'sha256', options: {} },
  PS256: {
    fits: isRsa,
    hash: 'sha256',
    options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
  },
  ES256: {
    fits: ({ kty, crv }) => kty === 'EC' && crv === 'P-256',
    hash: 'sha256',
    options: { dsaEncoding: 'ieee-p1363' },
  },
  EdDSA: { fits: ({ crv }) => crv === 'Ed25519', hash: null, options: {} },
};

export function createLogOutTokens({ issuer, signingKeys, clock, random }: Deps): LogOutTokens {
  const findKey = (alg: string) => {
    const algorithm = Object.hasOwn(algorithms, alg) ? algorithms[alg] : undefined;
    // The library's type of a key has the same members as node's, each with undefined allowed.
    const jwk = (signingKeys.keys as readonly (JsonWebKey & SigningKey)[]).find(
      (key) => (key.alg ?? alg) === alg && algorithm?.fits(key),
    );
    if (!algorithm || !jwk) throw new Error(`no key signs ${alg}`);
    return { ...algorithm, kid: jwk.kid, key: createPrivateKey({ key: jwk, format: 'jwk' }) };
  };

  return {
    makeToken({ clientId, sub, sid }, alg) {
      const { kid, key, hash, options } = findKey(alg);
      const now = Math.floor(clock.now().getTime() / 1000);
      const signed = [
        { typ: 'logout+jwt', alg, ...(kid !== undefined && { kid }) },
        {
          iss: issuer,
          aud: clientId,
          iat: now,
          exp: now + lifetimeSeconds,
          jti: random.token(16),
          sub,
          sid,
          events: { [event]: {} },
        },
      ]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      const signature = sign(hash, Buffer.from(signed), { key, ...options });
      return `${signed}.${signature.toString('base64url')}`;
    },
  };
}
