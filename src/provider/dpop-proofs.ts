/**
 * DPoP proofs at our own API (RFC 9449, section 4.3): the library judges those at its endpoints alone. No nonce is asked for
 * here (section 9 leaves that open): a proof is good for a minute around its time and for one request.
 */
import { createHash, createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import type { ProtocolStore } from '#domain/protocol-store.ts';

export interface ProvenRequest {
  readonly proof: string;
  readonly method: string;
  /** As the client must have called it: without query and fragment. */
  readonly url: string;
  readonly accessToken: string;
  /** RFC 7638 thumbprint of the key that the token is bound to. */
  readonly thumbprint: string;
}

export type CheckProof = (request: ProvenRequest) => Promise<boolean>;

interface Deps {
  readonly store: Pick<ProtocolStore, 'put' | 'consume'>;
  readonly clock: Clock;
}

/** Seconds that the time of a proof may be off. */
const window = 60;

type Json = Readonly<Record<string, unknown>>;

interface Algorithm {
  /** Members of the key that count, in the order of RFC 7638. */
  readonly members: readonly string[];
  readonly kty: string;
  readonly verify: (key: KeyObject, signed: Buffer, signature: Buffer) => boolean;
}

/** RFC 8032 signs as it is; the library takes the same algorithms at its endpoints (algorithms.ts). */
const ed25519: Algorithm = {
  members: ['crv', 'kty', 'x'],
  kty: 'OKP',
  verify: (key, signed, signature) =>
    key.asymmetricKeyType === 'ed25519' && verify(null, signed, key, signature),
};

const algorithms: ReadonlyMap<unknown, Algorithm> = new Map([
  [
    'ES256',
    {
      members: ['crv', 'kty', 'x', 'y'],
      kty: 'EC',
      verify: (key: KeyObject, signed: Buffer, signature: Buffer) =>
        key.asymmetricKeyDetails?.namedCurve === 'prime256v1' &&
        verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature),
    },
  ],
  [
    'PS256',
    {
      members: ['e', 'kty', 'n'],
      kty: 'RSA',
      verify: (key: KeyObject, signed: Buffer, signature: Buffer) =>
        (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048 &&
        verify('sha256', signed, { key, padding: pssPadding, saltLength: 32 }, signature),
    },
  ],
  ['EdDSA', ed25519],
  ['Ed25519', ed25519],
]);

/** RSA_PKCS1_PSS_PADDING. */
const pssPadding = 6;

export function createCheckProof({ store, clock }: Deps): CheckProof {
  return async (request) => {
    const claims = readProof(request);
    const now = Math.floor(clock.now().getTime() / 1000);
    if (!claims || !isMeantFor(claims, request, now)) return false;
    const { jti } = claims;
    const id = createHash('sha256')
      .update(`${request.thumbprint}\0${String(jti)}`)
      .digest('base64url');
    await store.put(`ApiProof:${id}`, '', new Date((now + 2 * window + 1) * 1000));
    // The second of two at the same moment finds it consumed.
    return store.consume(`ApiProof:${id}`);
  };
}

/** The claims of a proof that the bound key signed; undefined for any other. */
function readProof({ proof, thumbprint }: ProvenRequest): Json | undefined {
  const [head = '', body = '', end = '', ...rest] = proof.split('.');
  const header = parse(head);
  const algorithm = algorithms.get(header?.['alg']);
  const jwk = header?.['jwk'];
  if (rest.length > 0 || header?.['typ'] !== 'dpop+jwt' || !algorithm || !isObject(jwk)) return undefined;
  if (jwk['kty'] !== algorithm.kty || 'd' in jwk || thumbprintOf(jwk, algorithm) !== thumbprint)
    return undefined;
  try {
    const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
    const isSigned = algorithm.verify(key, Buffer.from(`${head}.${body}`), Buffer.from(end, 'base64url'));
    return isSigned ? parse(body) : undefined;
  } catch {
    // A key that is none.
    return undefined;
  }
}

function isMeantFor(claims: Json, { method, url, accessToken }: ProvenRequest, now: number): boolean {
  const { htm, htu, iat, jti, ath } = claims;
  const target = typeof htu === 'string' ? URL.parse(htu) : null;
  if (!target) return false;
  target.search = '';
  target.hash = '';
  return (
    htm === method &&
    target.href === url &&
    typeof jti === 'string' &&
    jti.length > 0 &&
    typeof iat === 'number' &&
    Math.abs(now - iat) <= window &&
    ath === createHash('sha256').update(accessToken).digest('base64url')
  );
}

function thumbprintOf(jwk: Json, { members }: Algorithm): string {
  const counted = Object.fromEntries(members.map((member) => [member, jwk[member]]));
  return createHash('sha256').update(JSON.stringify(counted)).digest('base64url');
}

function parse(part: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
