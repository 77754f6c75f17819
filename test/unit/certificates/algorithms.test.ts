import {
  constants,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readAlgorithm } from '#certificates/algorithm-identifier.ts';
import { findSignatureAlgorithm, isSignedBy, signatureAlgorithm } from '#certificates/algorithms.ts';
import { DerReader } from '#certificates/der/der-reader.ts';
import { readPublicKeyInfo } from '#certificates/public-key-info.ts';
import { judgeKey, type PublicKey } from '#certificates/public-key.ts';
import { der } from '#demo/pki/der.ts';
import { hashAlgorithm, makeKeyPair, signBytes, type Hash } from '#demo/pki/keys.ts';

const data = Buffer.from('what is signed');
const rsa = makeKeyPair('rsa-2048');
const ec = makeKeyPair('p-256');

const identifier = (bytes: Uint8Array) => readAlgorithm(new DerReader(bytes));
const infoOf = (spki: Uint8Array) => readPublicKeyInfo(new DerReader(spki));

function keyOf(key: KeyObject): PublicKey {
  const verdict = judgeKey(infoOf(key.export({ type: 'spki', format: 'der' })));
  if (!verdict.ok) throw new Error(verdict.detail);
  return verdict.key;
}

describe('what may sign', () => {
  const allowed = ['SHA256', 'SHA384', 'SHA512'] as const;
  test.each(allowed)('RSA and ECDSA with %s', (hash) => {
    for (const [keys, manner] of [
      [rsa, { hash }],
      [rsa, { hash, pss: true }],
      [ec, { hash }],
      [makeKeyPair('p-384'), { hash }],
      [makeKeyPair('p-521'), { hash }],
    ] as const) {
      const { algorithm: written, signature } = signBytes(keys.privateKey, data, manner);
      const algorithm = findSignatureAlgorithm(identifier(written));
      expect(algorithm).toMatchObject({ hash: hash.toLowerCase() });
      if (!algorithm) continue;
      const key = keyOf(keys.publicKey);
      expect(isSignedBy(key, { algorithm, data, signature })).toBe(true);
      expect(isSignedBy(key, { algorithm, data: Buffer.from('other'), signature })).toBe(false);
    }
  });

  test('nothing with SHA-1, and no parameters but the right ones', () => {
    for (const keys of [rsa, ec]) {
      const { algorithm } = signBytes(keys.privateKey, data, { hash: 'SHA1' });
      expect(findSignatureAlgorithm(identifier(algorithm))).toBeUndefined();
    }
    const oid = (dotted: string, ...rest: readonly Buffer[]) =>
      findSignatureAlgorithm(identifier(der.sequence(der.oid(dotted), ...rest)));
    expect(oid('1.2.840.113549.1.1.11')).toBeDefined();
    expect(oid('1.2.840.113549.1.1.11', der.sequence())).toBeUndefined();
    expect(oid('1.2.840.10045.4.3.2', der.null())).toBeUndefined();
    expect(oid('1.2.840.113549.1.1.10')).toBeUndefined();
    expect(oid('1.3.101.112')).toBeUndefined();
  });

  test('PSS with one hash for message and mask, and a salt of its length', () => {
    const written = (hash: Hash, mask: Hash, salt: number, ...more: readonly Buffer[]) =>
      der.sequence(
        der.oid('1.2.840.113549.1.1.10'),
        der.sequence(
          der.explicit(0, hashAlgorithm(hash)),
          der.explicit(1, der.sequence(der.oid('1.2.840.113549.1.1.8'), hashAlgorithm(mask))),
          der.explicit(2, der.integer(salt)),
          ...more,
        ),
      );
    const find = (bytes: Buffer) => findSignatureAlgorithm(identifier(bytes));
    expect(find(written('SHA256', 'SHA256', 32))).toEqual({ scheme: 'pss', keyKind: 'rsa', hash: 'sha256' });
    expect(find(written('SHA256', 'SHA512', 32))).toBeUndefined();
    expect(find(written('SHA256', 'SHA256', 20))).toBeUndefined();
    expect(find(written('SHA1', 'SHA1', 20))).toBeUndefined();
    expect(find(written('SHA256', 'SHA256', 32, der.explicit(3, der.integer(2))))).toBeUndefined();
  });

  test('a salt of another length than is said does not verify', () => {
    const algorithm = { scheme: 'pss', keyKind: 'rsa', hash: 'sha256' } as const;
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const signature = sign('sha256', data, { key: rsa.privateKey, padding, saltLength: 20 });
    expect(isSignedBy(keyOf(rsa.publicKey), { algorithm, data, signature })).toBe(false);
  });
});

describe('the one form of a signature', () => {
  const algorithm = signatureAlgorithm('ec', 'sha256');
  const signature = sign('sha256', data, ec.privateKey);
  const check = (bytes: Uint8Array) => isSignedBy(keyOf(ec.publicKey), { algorithm, data, signature: bytes });

  test('ECDSA: DER, and numbers in range', () => {
    expect(check(signature)).toBe(true);
    expect(check(Buffer.concat([signature, Buffer.from([0])]))).toBe(false);
    expect(check(der.sequence(der.integer(0), der.integer(1)))).toBe(false);
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    expect(check(der.sequence(der.integer(order), der.integer(1)))).toBe(false);
    const plain = sign('sha256', data, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' });
    expect(check(plain)).toBe(false);
  });

  test('RSA: as long as the key', () => {
    const rsaAlgorithm = signatureAlgorithm('rsa', 'sha256');
    const key = keyOf(rsa.publicKey);
    const good = sign('sha256', data, rsa.privateKey);
    expect(isSignedBy(key, { algorithm: rsaAlgorithm, data, signature: good })).toBe(true);
    const longer = Buffer.concat([Buffer.from([0]), good]);
    expect(isSignedBy(key, { algorithm: rsaAlgorithm, data, signature: longer })).toBe(false);
    expect(isSignedBy(key, { algorithm, data, signature })).toBe(false);
  });
});

describe('keys', () => {
  test.each([
    [1024, 'rsa-too-short'],
    [2047, 'rsa-too-short'],
    [2050, 'rsa-modulus'],
    [2056, undefined],
  ])('RSA of %d bits', (modulusLength, detail) => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength });
    const verdict = judgeKey(infoOf(publicKey.export({ type: 'spki', format: 'der' })));
    expect(verdict).toMatchObject(detail === undefined ? { ok: true } : { ok: false, detail });
  });

  test('a key for PSS alone signs with PSS alone, and with its hash alone', () => {
    const options = {
      modulusLength: 2048,
      hashAlgorithm: 'sha384',
      mgf1HashAlgorithm: 'sha384',
    };
    const { publicKey, privateKey } = generateKeyPairSync('rsa-pss', options);
    const key = keyOf(publicKey);
    expect(key).toMatchObject({ kind: 'rsa', pssOnly: { hash: 'sha384' } });
    const signature = sign('sha384', data, privateKey);
    const pss = (hash: 'sha256' | 'sha384') => ({ scheme: 'pss', keyKind: 'rsa', hash }) as const;
    expect(isSignedBy(key, { algorithm: pss('sha384'), data, signature })).toBe(true);
    expect(isSignedBy(key, { algorithm: pss('sha256'), data, signature })).toBe(false);
    expect(isSignedBy(key, { algorithm: signatureAlgorithm('rsa', 'sha384'), data, signature })).toBe(false);
  });

  test('a point that is not on its curve, and one that is compressed', () => {
    const spki = Buffer.from(ec.publicKey.export({ type: 'spki', format: 'der' }));
    const off = Buffer.from(spki);
    off[off.length - 1] = (off.at(-1) ?? 0) ^ 1;
    expect(judgeKey(infoOf(off))).toEqual({ ok: false, reason: 'malformed', detail: 'bad-public-key' });
    const { algorithm, key } = infoOf(spki);
    const point = Buffer.concat([Buffer.from([2 + ((key.at(-1) ?? 0) & 1)]), key.subarray(1, 33)]);
    const compressed = der.sequence(Buffer.from(algorithm.der), der.bits(point));
    // Node reads it; we do not.
    expect(() => createPublicKey({ key: compressed, format: 'der', type: 'spki' })).not.toThrow();
    expect(judgeKey(infoOf(compressed))).toMatchObject({ ok: false, reason: 'malformed' });
  });

  test('the key id is the digest of the SubjectPublicKeyInfo', () => {
    const spki = ec.publicKey.export({ type: 'spki', format: 'der' });
    expect(Buffer.from(infoOf(spki).der)).toEqual(spki);
    expect(createHash('sha256').update(infoOf(spki).der).digest('hex')).toHaveLength(64);
  });

  test('kinds that are not allowed', () => {
    for (const kind of ['ed25519', 'x25519'] as const) {
      const { publicKey } =
        kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
      const info = infoOf(publicKey.export({ type: 'spki', format: 'der' }));
      expect(judgeKey(info)).toEqual({ ok: false, reason: 'weak-algorithm', detail: 'key-algorithm' });
    }
  });
});
