/**
 * BER as values: each function gives one encoded element, a constructed one takes its parts. (The writer of ldapts
 * may lose the last byte of a sequence of more than 64 kB: it moves the content without growing the buffer.)
 */
import { berTag } from './ber-reader.ts';

export function berElement(tag: number, ...parts: readonly Buffer[]): Buffer {
  let length = 0;
  for (const part of parts) length += part.length;
  return Buffer.concat([berHeader(tag, length), ...parts]);
}

function berHeader(tag: number, length: number): Buffer {
  if (length < 0x80) return Buffer.from([tag, length]);
  if (length < 0x100) return Buffer.from([tag, 0x81, length]);
  if (length < 0x10000) return Buffer.from([tag, 0x82, length >> 8, length & 0xff]);
  const header = Buffer.from([tag, 0x84, 0, 0, 0, 0]);
  header.writeUInt32BE(length, 2);
  return header;
}

/** Bytes of an element with so many of content. */
export function berSize(length: number): number {
  return headerSize(length) + length;
}

function headerSize(length: number): number {
  return length < 0x80 ? 2 : length < 0x100 ? 3 : length < 0x10000 ? 4 : 6;
}

/** Elements written one behind the other into bytes of a size known beforehand. */
export interface BerSpace {
  readonly bytes: Buffer;
  putHeader(tag: number, length: number): void;
  putBytes(content: Buffer): void;
  putText(content: string): void;
}

export function createBerSpace(size: number): BerSpace {
  const bytes = Buffer.allocUnsafe(size);
  let offset = 0;
  return {
    bytes,
    putHeader(tag, length) {
      const lengthBytes = headerSize(length) - 2;
      bytes[offset] = tag;
      bytes[offset + 1] = lengthBytes === 0 ? length : 0x80 + lengthBytes;
      if (lengthBytes > 0) bytes.writeUIntBE(length, offset + 2, lengthBytes);
      offset += 2 + lengthBytes;
    },
    putBytes(content) {
      bytes.set(content, offset);
      offset += content.length;
    },
    putText(content) {
      offset += bytes.write(content, offset);
    },
  };
}

/** A number of 32 bits in as few bytes as two's complement takes. */
export function berInteger(value: number, tag: number = berTag.integer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  let start = 0;
  while (start < 3 && isSignExtension(bytes[start] ?? 0, bytes[start + 1] ?? 0)) start += 1;
  return berElement(tag, bytes.subarray(start));
}

function isSignExtension(byte: number, next: number): boolean {
  return (byte === 0x00 && next < 0x80) || (byte === 0xff && next >= 0x80);
}

export function berOctets(value: Buffer | string, tag: number = berTag.octetString): Buffer {
  return berElement(tag, typeof value === 'string' ? Buffer.from(value) : value);
}

export function berBoolean(value: boolean): Buffer {
  return Buffer.from([berTag.boolean, 1, value ? 0xff : 0]);
}
