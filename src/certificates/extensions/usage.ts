import { MalformedDer, type DerReader } from '../der/der-reader.ts';
import { namedBits } from '../der/primitives.ts';

/** Bits of RFC 5280, section 4.2.1.3, in their order. */
const keyUsages = [
  'digitalSignature',
  'contentCommitment',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

export type KeyUsage = (typeof keyUsages)[number];

export interface BasicConstraints {
  readonly isCa: boolean;
  /** CAs that may follow, self-issued ones not counted. */
  readonly pathLength?: number;
}

/** At least one bit is set. */
export function readKeyUsage(reader: DerReader): ReadonlySet<KeyUsage> {
  const bits = [...namedBits(reader.readBitString())];
  const usages = bits.map((bit) => keyUsages[bit]);
  if (usages.length === 0) throw new MalformedDer('empty-key-usage');
  return new Set(usages.filter((usage) => usage !== undefined));
}

/** RFC 5280, section 4.2.1.12. */
export function readKeyPurposes(reader: DerReader): readonly string[] {
  return reader.enter().readAll((each) => each.readOid(), { least: 1, most: 256 });
}

/** RFC 5280, section 4.2.1.9: a path length is a CA's alone. */
export function readBasicConstraints(reader: DerReader): BasicConstraints {
  const sequence = reader.enter();
  const isCa = sequence.readFlag();
  const pathLength = sequence.isAtEnd ? undefined : sequence.readSmallInteger();
  sequence.end();
  if (!isCa && pathLength !== undefined) throw new MalformedDer('path-length-without-ca');
  return { isCa, ...(pathLength !== undefined && { pathLength }) };
}
