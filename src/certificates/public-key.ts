/** Which keys are good enough: RSA from 2048 to 8192 bits, P-256, P-384, P-521. Judged by our own reading, before any library works with them. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { isNullOrAbsent } from './hashes.ts';
import { MalformedDer, readWhole } from './der/der-reader.ts';
import { oid } from './der/primitives.ts';
import { readPssHash } from './pss-parameters.ts';
import type { PublicKeyInfo } from './public-key-info.ts';
import type { HashName } from './hashes.ts';

export type KeyKind = 'rsa' | 'ec';

export type PublicKey =
  | {
      readonly kind: 'rsa';
      readonly keyObject: KeyObject;
      /** Length of the modulus, and so of every signature. */
      readonly octets: number;
      /** Set when the key itself says that it is for RSASSA-PSS alone; with the one hash, if it names one. */
      readonly pssOnly?: { readonly hash?: HashName };
    }
  | {
      readonly kind: 'ec';
      readonly keyObject: KeyObject;
      /** Order of the curve's base point. */
      readonly order: bigint;
    };

export type KeyVerdict =
  | { readonly ok: true; readonly key: PublicKey }
  | { readonly ok: false; readonly reason: 'malformed' | 'weak-algorithm'; readonly detail: string };

const rsaEncryption = '1.2.840.113549.1.1.1';
const rsaPss = '1.2.840.113549.1.1.10';
const ecPublicKey = '1.2.840.10045.2.1';

const leastBits = 2048;
const mostBits = 8192;
const leastExponent = 65_537n;
const mostExponentOctets = 8;

interface Curve {
  readonly octets: number;
  readonly order: bigint;
}

/** SEC 2, version 2.0; by the OID of the named curve. */
const curves: ReadonlyMap<string, Curve> = new Map([
  [
    '1.2.840.10045.3.1.7',
    {
      octets: 32,
      order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    },
  ],
  [
    '1.3.132.0.34',
    {
      octets: 48,
      order:
        0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    },
  ],
  [
    '1.3.132.0.35',
    {
      octets: 66,
      order:
        0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
    },
  ],
]);

const verdicts = new WeakMap<PublicKeyInfo, KeyVerdict>();

/** Whether to work with the key; the key is made once. */
export function judgeKey(info: PublicKeyInfo): KeyVerdict {
  const known = verdicts.get(info);
  if (known) return known;
  const verdict = judged(info);
  verdicts.set(info, verdict);
  return verdict;
}

function judged(info: PublicKeyInfo): KeyVerdict {
  try {
    switch (info.algorithm.oid) {
      case rsaEncryption:
      case rsaPss:
        return rsaKey(info);
      case ecPublicKey:
        return ecKey(info);
      default:
        return weak('key-algorithm');
    }
  } catch (error) {
    if (error instanceof MalformedDer) return malformed;
    throw error;
  }
}

const malformed = { ok: false, reason: 'malformed', detail: 'bad-public-key' } as const;
const weak = (detail: string) => ({ ok: false, reason: 'weak-algorithm', detail }) as const;

function rsaKey(info: PublicKeyInfo): KeyVerdict {
  const { algorithm, key: encoded } = info;
  const isPss = algorithm.oid === rsaPss;
  const pssHash = isPss && algorithm.parameters ? readPssHash(algorithm.parameters) : undefined;
  if (isPss && algorithm.parameters && !pssHash) return weak('key-parameters');
  if (!isPss && !isNullOrAbsent(algorithm)) return malformed;
  const [modulus, exponent] = readWhole(encoded, (reader) => {
    const sequence = reader.enter();
    const numbers = [unsigned(sequence.readInteger()), unsigned(sequence.readInteger())] as const;
    sequence.end();
    return numbers;
  });
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  if (bits < leastBits) return weak('rsa-too-short');
  if (bits > mostBits) return weak('rsa-too-long');
  // Half a product of two primes is no modulus; and no CA makes lengths that are not whole octets.
  if (((modulus.at(-1) ?? 0) & 1) === 0 || bits % 8 !== 0) return weak('rsa-modulus');
  if (exponent.length > mostExponentOctets) return weak('rsa-exponent');
  const value = BigInt(`0x${Buffer.from(exponent).toString('hex')}`);
  if (value < leastExponent || value % 2n === 0n) return weak('rsa-exponent');
  const keyObject = makeKeyObject(info);
  if (!keyObject) return malformed;
  const pssOnly = isPss && { pssOnly: pssHash ? { hash: pssHash } : {} };
  return { ok: true, key: { kind: 'rsa', keyObject, octets: modulus.length, ...pssOnly } };
}

/** Named curves alone, and points written out whole: RFC 5480, section 2. */
function ecKey(info: PublicKeyInfo): KeyVerdict {
  const { parameters } = info.algorithm;
  if (parameters?.[0] !== 0x06) return weak('curve');
  const curve = curves.get(oid(parameters.subarray(2)));
  if (!curve) return weak('curve');
  if (info.key.length !== 1 + 2 * curve.octets || info.key[0] !== 0x04) return malformed;
  // Refuses points that are not on the curve.
  const keyObject = makeKeyObject(info);
  return keyObject ? { ok: true, key: { kind: 'ec', keyObject, order: curve.order } } : malformed;
}

/** Without the leading zero; negative and zero are no key. */
function unsigned(octets: Uint8Array): Uint8Array {
  const [first = 0] = octets;
  if (first >= 0x80 || (octets.length === 1 && first === 0)) throw new MalformedDer('bad-public-key');
  return first === 0 ? octets.subarray(1) : octets;
}

function makeKeyObject({ der }: PublicKeyInfo): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}
