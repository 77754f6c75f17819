/** A JWT judged by hand against a published key set, as a relying party that trusts no library of ours would. */
import { constants, createPublicKey, verify, type JsonWebKey } from 'node:crypto';

export interface VerifiedJwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

interface PublishedKey extends JsonWebKey {
  readonly kid?: string;
}

/** Throws an Error unless the signature is by the key that the header names. */
export function verifyJwt(jwt: string, keys: readonly PublishedKey[]): VerifiedJwt {
  const [head = '', body = '', signature = ''] = jwt.split('.');
  const read = (part: string) =>
    JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  const header = read(head);
  const jwk = keys.find(({ kid }) => kid === header['kid']);
  if (!jwk) throw new Error('no such key is published');
  const key = {
    key: createPublicKey({ key: jwk, format: 'jwk' }),
    dsaEncoding: 'ieee-p1363' as const,
    ...(header['alg'] === 'PS256' && { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
  };
  const hash = header['alg'] === 'EdDSA' ? null : 'sha256';
  if (!verify(hash, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')))
    throw new Error('the signature is not right');
  return { header, claims: read(body) };
}
