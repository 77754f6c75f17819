/**
 * A strict reader of the BER that LDAP allows (RFC 4511, 5.1): definite lengths, one-byte tags. A nested reader sees
 * its own content alone, so no length inside can reach beyond the element around it (the reader of ldapts does not
 * bound nested elements; it is made for a server one trusts).
 */
export class MalformedBer extends Error {
  constructor(what: string) {
    super(`malformed BER: ${what}`);
    this.name = 'MalformedBer';
  }
}

export const berTag = {
  boolean: 0x01,
  integer: 0x02,
  octetString: 0x04,
  enumerated: 0x0a,
  sequence: 0x30,
  set: 0x31,
} as const;

export interface BerReader {
  /** Tag of the next element; undefined at the end. */
  peekTag(): number | undefined;
  /** Content of the next element, which must have `tag`. */
  readContent(tag: number): Buffer;
  /** A reader of the content of the next element, which must have `tag`. */
  readNested(tag?: number): BerReader;
  /** An INTEGER or ENUMERATED of at most four bytes. */
  readInteger(tag?: number): number;
  readBoolean(tag?: number): boolean;
  /** An OCTET STRING holding UTF-8. */
  readText(tag?: number): string;
  readOctets(tag?: number): Buffer;
  /** Throws unless everything has been read. */
  expectEnd(): void;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function createBerReader(bytes: Buffer): BerReader {
  let offset = 0;

  function readContent(tag: number): Buffer {
    const header = readHeader(bytes, offset);
    if (header === undefined) throw new MalformedBer('element cut short');
    if (header.tag !== tag) throw new MalformedBer('unexpected tag');
    const end = header.contentStart + header.contentLength;
    if (end > bytes.length) throw new MalformedBer('element longer than its surroundings');
    offset = end;
    return bytes.subarray(header.contentStart, end);
  }

  return {
    peekTag: () => bytes[offset],
    readContent,
    readNested: (tag = berTag.sequence) => createBerReader(readContent(tag)),
    readInteger(tag = berTag.integer) {
      const content = readContent(tag);
      if (content.length < 1 || content.length > 4) throw new MalformedBer('integer out of range');
      return content.readIntBE(0, content.length);
    },
    readBoolean(tag = berTag.boolean) {
      const content = readContent(tag);
      if (content.length !== 1) throw new MalformedBer('boolean of another length than one');
      return content[0] !== 0;
    },
    readText(tag = berTag.octetString) {
      try {
        return utf8.decode(readContent(tag));
      } catch (error) {
        if (error instanceof MalformedBer) throw error;
        throw new MalformedBer('text is not UTF-8');
      }
    },
    readOctets: (tag = berTag.octetString) => readContent(tag),
    expectEnd() {
      if (offset !== bytes.length) throw new MalformedBer('trailing bytes');
    },
  };
}

export interface BerHeader {
  readonly tag: number;
  readonly contentStart: number;
  readonly contentLength: number;
}

/** Tag and length at `offset`; undefined when more bytes are needed to tell. */
export function readHeader(bytes: Buffer, offset: number): BerHeader | undefined {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined) return undefined;
  if ((tag & 0x1f) === 0x1f) throw new MalformedBer('tag of more than one byte');
  if (first === undefined) return undefined;
  if (first < 0x80) return { tag, contentStart: offset + 2, contentLength: first };
  const lengthBytes = first & 0x7f;
  if (lengthBytes === 0) throw new MalformedBer('indefinite length');
  if (lengthBytes > 4) throw new MalformedBer('length of more than four bytes');
  if (offset + 2 + lengthBytes > bytes.length) return undefined;
  return {
    tag,
    contentStart: offset + 2 + lengthBytes,
    contentLength: bytes.readUIntBE(offset + 2, lengthBytes),
  };
}
