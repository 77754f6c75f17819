/** Key pairs of the test PKI, and how certificates and messages are signed with them. */
import { constants, createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { der } from './der.ts';

export type KeyKind = 'rsa-1024' | 'rsa-2048' | 'p-256' | 'p-384' | 'p-521';
export type Hash = 'SHA1' | 'SHA256' | 'SHA384' | 'SHA512';

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** How to sign: PKCS#1 v1.5 unless `pss` (RSA keys alone). */
export interface SigningManner {
  readonly hash?: Hash;
  readonly pss?: boolean;
}

export interface Signed {
  /** DER of the AlgorithmIdentifier. */
  readonly algorithm: Buffer;
  readonly signature: Buffer;
}

const hashOids: Readonly<Record<Hash, string>> = {
  SHA1: '1.3.14.3.2.26',
  SHA256: '2.16.840.1.101.3.4.2.1',
  SHA384: '2.16.840.1.101.3.4.2.2',
  SHA512: '2.16.840.1.101.3.4.2.3',
};
const rsaOids: Readonly<Record<Hash, string>> = {
  SHA1: '1.2.840.113549.1.1.5',
  SHA256: '1.2.840.113549.1.1.11',
  SHA384: '1.2.840.113549.1.1.12',
  SHA512: '1.2.840.113549.1.1.13',
};
const ecdsaOids: Readonly<Record<Hash, string>> = {
  SHA1: '1.2.840.10045.4.1',
  SHA256: '1.2.840.10045.4.3.2',
  SHA384: '1.2.840.10045.4.3.3',
  SHA512: '1.2.840.10045.4.3.4',
};
const curves = { 'p-256': 'P-256', 'p-384': 'P-384', 'p-521': 'P-521' } as const;

export function makeKeyPair(kind: KeyKind): KeyPair {
  if (kind === 'rsa-1024' || kind === 'rsa-2048') {
    return generateKeyPairSync('rsa', { modulusLength: kind === 'rsa-1024' ? 1024 : 2048 });
  }
  return generateKeyPairSync('ec', { namedCurve: curves[kind] });
}

/** DER of the SubjectPublicKeyInfo. */
export function spkiOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' });
}

/** The subjectPublicKey without its BIT STRING's tag, length and unused bits: what key hashes are made over. */
export function spkiBits(publicKey: KeyObject): Buffer {
  if (publicKey.asymmetricKeyType === 'rsa') return publicKey.export({ type: 'pkcs1', format: 'der' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
}

/** The usual key identifier (RFC 5280, 4.2.1.2, method 1). */
export function keyIdentifier(publicKey: KeyObject): Buffer {
  return digest('SHA1', spkiBits(publicKey));
}

export function hashAlgorithm(hash: Hash): Buffer {
  return der.sequence(der.oid(hashOids[hash]), der.null());
}

export function digest(hash: Hash, content: Uint8Array): Buffer {
  return createHash(hash).update(content).digest();
}

export function signBytes(key: KeyObject, content: Uint8Array, manner: SigningManner = {}): Signed {
  const { hash = 'SHA256', pss = false } = manner;
  if (key.asymmetricKeyType === 'ec') {
    return { algorithm: der.sequence(der.oid(ecdsaOids[hash])), signature: sign(hash, content, key) };
  }
  if (!pss) {
    return {
      algorithm: der.sequence(der.oid(rsaOids[hash]), der.null()),
      signature: sign(hash, content, key),
    };
  }
  const saltLength = digest(hash, Buffer.alloc(0)).length;
  return {
    algorithm: pssAlgorithm(hash, saltLength),
    signature: sign(hash, content, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }),
  };
}

/** RSASSA-PSS with its parameters written out (RFC 4055, 3.1). */
function pssAlgorithm(hash: Hash, saltLength: number): Buffer {
  const mask = der.sequence(der.oid('1.2.840.113549.1.1.8'), hashAlgorithm(hash));
  return der.sequence(
    der.oid('1.2.840.113549.1.1.10'),
    der.sequence(
      der.explicit(0, hashAlgorithm(hash)),
      der.explicit(1, mask),
      der.explicit(2, der.integer(saltLength)),
    ),
  );
}
