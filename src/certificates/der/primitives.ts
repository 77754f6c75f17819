/** Contents of primitive types, each in its one DER form. */
import { MalformedDer } from './malformed-der.ts';

export interface BitString {
  readonly bytes: Uint8Array;
  /** Bits at the end of the last octet that do not count; they are zero. */
  readonly unusedBits: number;
}

const mostOidOctets = 128;

export function boolean(content: Uint8Array): boolean {
  const [value] = content;
  if (content.length !== 1 || (value !== 0x00 && value !== 0xff)) throw new MalformedDer('bad-boolean');
  return value === 0xff;
}

export function integer(content: Uint8Array): Uint8Array {
  const [first, second = 0] = content;
  if (first === undefined) throw new MalformedDer('bad-integer');
  const padded = (first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80);
  if (content.length > 1 && padded) throw new MalformedDer('integer-not-minimal');
  return content;
}

export function smallInteger(content: Uint8Array): number {
  const octets = integer(content);
  if (octets.length > 4 || (octets[0] ?? 0) >= 0x80) throw new MalformedDer('integer-out-of-range');
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}

/** Dotted-decimal; arcs may be larger than a number holds exactly (UUIDs, X.667). */
export function oid(content: Uint8Array): string {
  const last = content.at(-1);
  if (last === undefined || last >= 0x80 || content.length > mostOidOctets) throw new MalformedDer('bad-oid');
  const arcs: bigint[] = [];
  let arc = 0n;
  let isNew = true;
  for (const octet of content) {
    if (isNew && octet === 0x80) throw new MalformedDer('bad-oid');
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    isNew = octet < 0x80;
    if (!isNew) continue;
    arcs.push(arc);
    arc = 0n;
  }
  const [first = 0n, ...rest] = arcs;
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...rest].join('.');
}

export function bitString(content: Uint8Array): BitString {
  const [unusedBits] = content;
  if (unusedBits === undefined || unusedBits > 7) throw new MalformedDer('bad-bit-string');
  const bytes = content.subarray(1);
  const last = bytes.at(-1);
  if (unusedBits > 0 && (last === undefined || (last & ((1 << unusedBits) - 1)) !== 0)) {
    throw new MalformedDer('bad-bit-string');
  }
  return { bytes, unusedBits };
}

/** The set bits of a named bit list, whose DER form has no trailing zero bits (X.690, section 11.2.2). */
export function namedBits({ bytes, unusedBits }: BitString): ReadonlySet<number> {
  const last = bytes.at(-1);
  if (last !== undefined && (last & (1 << unusedBits)) === 0)
    throw new MalformedDer('named-bits-not-minimal');
  if (bytes.length > 4) throw new MalformedDer('too-many-named-bits');
  const set = new Set<number>();
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    if (((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) set.add(bit);
  }
  return set;
}
