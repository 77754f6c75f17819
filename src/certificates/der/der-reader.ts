/**
 * Reads DER (X.690) forward, strictly, without copying: definite and minimal lengths alone, single-octet tags alone (the
 * formats read here have no others), nothing beyond the end, nesting of at most 32. Every fault is a `MalformedDer`.
 * A reader stands inside one constructed element; `end()` demands that all of it was read.
 */
import { MalformedDer } from './malformed-der.ts';
import { bitString, boolean, integer, oid, smallInteger, type BitString } from './primitives.ts';
import { text } from './strings.ts';
import { tags } from './tags.ts';
import { time } from './times.ts';

export { MalformedDer } from './malformed-der.ts';

const mostNesting = 32;

export interface DerElement {
  readonly tag: number;
  /** Identifier, length and content: a view, not a copy. */
  readonly der: Uint8Array;
  readonly content: Uint8Array;
}

export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #nesting: number;
  #at: number;

  /** Reads `bytes` from `start` to `end` (exclusive); the whole by default. */
  constructor(bytes: Uint8Array, start = 0, end = bytes.length, nesting = 0) {
    if (nesting > mostNesting) throw new MalformedDer('nested-too-deep');
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    this.#nesting = nesting;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#end;
  }

  /** Where the next element begins, counted in the bytes that the outermost reader was given. */
  get offset(): number {
    return this.#at;
  }

  /** What was read since `offset`: a view. */
  since(offset: number): Uint8Array {
    return this.#bytes.subarray(offset, this.#at);
  }

  /** The next element's identifier octet; undefined at the end. */
  get nextTag(): number | undefined {
    return this.#at < this.#end ? this.#bytes[this.#at] : undefined;
  }

  /** The next element, of `tag` if it is given. */
  read(tag?: number): DerElement {
    const start = this.#at;
    const from = this.#header(tag);
    this.#at = from.end;
    return {
      tag: this.#bytes[start] ?? 0,
      der: this.#bytes.subarray(start, from.end),
      content: this.#bytes.subarray(from.start, from.end),
    };
  }

  /** The next element if it has `tag`. */
  readIf(tag: number): DerElement | undefined {
    return this.nextTag === tag ? this.read(tag) : undefined;
  }

  /** Passes over the next element and gives a reader of its content. */
  enter(tag: number = tags.sequence): DerReader {
    const { start, end } = this.#header(tag);
    this.#at = end;
    return new DerReader(this.#bytes, start, end, this.#nesting + 1);
  }

  enterIf(tag: number): DerReader | undefined {
    return this.nextTag === tag ? this.enter(tag) : undefined;
  }

  /** What `item` reads of each element that is left, in order; at most `most` of them. */
  readAll<Item>(item: (reader: DerReader) => Item, { least = 0, most = 10_000 } = {}): Item[] {
    const items: Item[] = [];
    while (!this.isAtEnd) {
      if (items.length === most) throw new MalformedDer('too-many-elements');
      items.push(item(this));
    }
    if (items.length < least) throw new MalformedDer('too-few-elements');
    return items;
  }

  /** Throws unless everything was read. */
  end(): void {
    if (!this.isAtEnd) throw new MalformedDer('trailing-bytes');
  }

  readBoolean(tag: number = tags.boolean): boolean {
    return boolean(this.read(tag).content);
  }

  /** A BOOLEAN DEFAULT FALSE. An encoded FALSE is let pass: signed, and CAs are known to write it. */
  readFlag(tag: number = tags.boolean): boolean {
    return this.nextTag === tag && this.readBoolean(tag);
  }

  /** The content octets of an INTEGER: two's complement, minimal. */
  readInteger(tag: number = tags.integer): Uint8Array {
    return integer(this.read(tag).content);
  }

  /** An INTEGER or ENUMERATED from 0 to 2^31 - 1. */
  readSmallInteger(tag: number = tags.integer): number {
    return smallInteger(this.read(tag).content);
  }

  /** Dotted-decimal. */
  readOid(tag: number = tags.oid): string {
    return oid(this.read(tag).content);
  }

  readBitString(tag: number = tags.bitString): BitString {
    return bitString(this.read(tag).content);
  }

  readOctetString(tag: number = tags.octetString): Uint8Array {
    return this.read(tag).content;
  }

  readNull(): void {
    if (this.read(tags.null).content.length > 0) throw new MalformedDer('bad-null');
  }

  /** UTCTime or GeneralizedTime, in the form of RFC 5280, section 4.1.2.5. */
  readTime(): Date {
    const { tag, content } = this.read();
    return time(tag, content);
  }

  /** A string type of any kind. */
  readText(): string {
    const { tag, content } = this.read();
    return text(tag, content);
  }

  /** Where the next element's content lies. */
  #header(tag: number | undefined): { start: number; end: number } {
    const bytes = this.#bytes;
    let at = this.#at;
    if (this.#end - at < 2) throw new MalformedDer('truncated');
    const found = bytes[at] ?? 0;
    if ((found & 0x1f) === 0x1f) throw new MalformedDer('high-tag-number');
    if (tag !== undefined && found !== tag) throw new MalformedDer('unexpected-tag');
    const first = bytes[at + 1] ?? 0;
    at += 2;
    let length = first;
    if (first >= 0x80) {
      const octets = first & 0x7f;
      if (octets === 0) throw new MalformedDer('indefinite-length');
      if (octets > 4 || this.#end - at < octets) throw new MalformedDer('bad-length');
      length = 0;
      for (let read = 0; read < octets; read += 1) length = length * 256 + (bytes[at + read] ?? 0);
      at += octets;
      if (length < 0x80 || length < 256 ** (octets - 1)) throw new MalformedDer('length-not-minimal');
    }
    if (length > this.#end - at) throw new MalformedDer('truncated');
    return { start: at, end: at + length };
  }
}

/** Reads one element that fills `bytes` by `read`, which gets a reader standing before it. */
export function readWhole<Value>(bytes: Uint8Array, read: (reader: DerReader) => Value): Value {
  const reader = new DerReader(bytes);
  const value = read(reader);
  reader.end();
  return value;
}
