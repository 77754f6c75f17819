/** JWTs as a relying party signs them, and wrongly where a test says so. */
import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';

export interface ClientKey {
  readonly privateKey: KeyObject;
  /** Public, with kid, use and alg. */
  readonly jwk: JsonWebKey & { readonly kid: string; readonly use: string; readonly alg: string };
}

export function newClientKey(kid = 'key-1'): ClientKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' } };
}

type Json = Readonly<Record<string, unknown>>;

export function signJwt(claims: Json, { privateKey, jwk }: ClientKey, header: Json = {}): string {
  const signed = encode({ alg: 'ES256', kid: jwk.kid, ...header }, claims);
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

/** alg=none. */
export function unsignedJwt(claims: Json): string {
  return `${encode({ alg: 'none' }, claims)}.`;
}

/** The public key, which everybody knows, taken for a shared secret. */
export function confusedJwt(claims: Json, { jwk, privateKey }: ClientKey): string {
  const pem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' });
  const signed = encode({ alg: 'HS256', kid: jwk.kid }, claims);
  return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
}

function encode(...parts: readonly Json[]): string {
  return parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
}

/** Seconds since the epoch. */
export function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
