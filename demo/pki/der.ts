/** Writes DER (X.690), just what certificates, CRLs, OCSP answers and signed messages are made of. */

function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

/** Big-endian magnitude of a number that is not negative. */
function integer(value: number | bigint | Uint8Array): Buffer {
  const bytes = value instanceof Uint8Array ? value : magnitude(BigInt(value));
  return tagged(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

function magnitude(value: bigint): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(arc: number): number[] {
  const bytes = [arc & 0x7f];
  for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
    bytes.unshift(0x80 | (left & 0x7f));
  }
  return bytes;
}

/** `YYYYMMDDHHMMSS`, UTC. */
function stamp(at: Date): string {
  return at.toISOString().replace(/[-:T]|\..*/g, '');
}

const generalizedTime = (at: Date): Buffer => tagged(0x18, Buffer.from(`${stamp(at)}Z`));

/** UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280, 4.1.2.5). */
function time(at: Date): Buffer {
  const year = at.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? tagged(0x17, Buffer.from(`${stamp(at).slice(2)}Z`))
    : generalizedTime(at);
}

export const der = {
  tagged,
  integer,
  oid,
  time,
  generalizedTime,
  sequence: (...parts: readonly Uint8Array[]): Buffer => tagged(0x30, ...parts),
  /** SET OF: DER sorts the elements by their encoding. */
  set: (...parts: readonly Uint8Array[]): Buffer =>
    tagged(0x31, ...[...parts].sort((a, b) => Buffer.compare(a, b))),
  boolean: (value: boolean): Buffer => tagged(0x01, Buffer.from([value ? 0xff : 0])),
  null: (): Buffer => tagged(0x05),
  enumerated: (value: number): Buffer => tagged(0x0a, Buffer.from([value])),
  octets: (bytes: Uint8Array): Buffer => tagged(0x04, bytes),
  bits: (bytes: Uint8Array, unused = 0): Buffer => tagged(0x03, Buffer.from([unused]), bytes),
  utf8: (text: string): Buffer => tagged(0x0c, Buffer.from(text, 'utf8')),
  printable: (text: string): Buffer => tagged(0x13, Buffer.from(text, 'latin1')),
  ia5: (text: string): Buffer => tagged(0x16, Buffer.from(text, 'latin1')),
  /** `[number]` around whole elements. */
  explicit: (number: number, ...parts: readonly Uint8Array[]): Buffer => tagged(0xa0 | number, ...parts),
  /** `[number]` in place of a primitive type's tag, around its content. */
  implicit: (number: number, content: Uint8Array): Buffer => tagged(0x80 | number, content),
};
