/**
 * The one table of signature algorithms: SHA-2 with RSA (PKCS #1 v1.5, PSS) and ECDSA. What is not in it is weak, whatever it is. Nothing
 * that uses it names an algorithm.
 */
import { constants, verify } from 'node:crypto';
import type { AlgorithmIdentifier } from './algorithm-identifier.ts';
import { isEcdsaSignature } from './ecdsa-signature.ts';
import { hashOctets, isNullOrAbsent, type HashName } from './hashes.ts';
import { readPssHash } from './pss-parameters.ts';
import type { KeyKind, PublicKey } from './public-key.ts';

export interface SignatureAlgorithm {
  readonly scheme: 'pkcs1' | 'pss' | 'ecdsa';
  readonly keyKind: KeyKind;
  readonly hash: HashName;
}

const pss = '1.2.840.113549.1.1.10';

const pkcs1With = (hash: HashName): SignatureAlgorithm => ({ scheme: 'pkcs1', keyKind: 'rsa', hash });
const ecdsaWith = (hash: HashName): SignatureAlgorithm => ({ scheme: 'ecdsa', keyKind: 'ec', hash });

/** By OID; RFC 4055, section 5, and RFC 5758, section 3.2. */
const fixed: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ['1.2.840.113549.1.1.11', pkcs1With('sha256')],
  ['1.2.840.113549.1.1.12', pkcs1With('sha384')],
  ['1.2.840.113549.1.1.13', pkcs1With('sha512')],
  ['1.2.840.10045.4.3.2', ecdsaWith('sha256')],
  ['1.2.840.10045.4.3.3', ecdsaWith('sha384')],
  ['1.2.840.10045.4.3.4', ecdsaWith('sha512')],
]);

/** For formats that name the hash and the kind of key apart, as CMS may: PKCS #1 v1.5 or ECDSA. */
export function signatureAlgorithm(keyKind: KeyKind, hash: HashName): SignatureAlgorithm {
  return keyKind === 'rsa' ? pkcs1With(hash) : ecdsaWith(hash);
}

/** Undefined for what is not allowed. PKCS #1 takes NULL or no parameters (RFC 4055, section 5), ECDSA none. */
export function findSignatureAlgorithm(identifier: AlgorithmIdentifier): SignatureAlgorithm | undefined {
  const { oid, parameters } = identifier;
  if (oid === pss) {
    const hash = parameters && readPssHash(parameters);
    return hash && { scheme: 'pss', keyKind: 'rsa', hash };
  }
  const algorithm = fixed.get(oid);
  const isFit = algorithm?.scheme === 'pkcs1' ? isNullOrAbsent(identifier) : parameters === undefined;
  return isFit ? algorithm : undefined;
}

export interface SignedData {
  readonly algorithm: SignatureAlgorithm;
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
}

/** Whether `key` made `signature` over `data`. False too for a key of another kind and a signature not in its one form. */
export function isSignedBy(key: PublicKey, { algorithm, data, signature }: SignedData): boolean {
  const { scheme, keyKind, hash } = algorithm;
  if (key.kind !== keyKind) return false;
  if (key.kind === 'ec') {
    return isEcdsaSignature(signature, key.order) && verify(hash, data, key.keyObject, signature);
  }
  if (signature.length !== key.octets) return false;
  const { pssOnly, keyObject } = key;
  if (pssOnly && (scheme !== 'pss' || (pssOnly.hash ?? hash) !== hash)) return false;
  if (scheme !== 'pss') return verify(hash, data, keyObject, signature);
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify(hash, data, { key: keyObject, padding, saltLength: hashOctets(hash) }, signature);
}
