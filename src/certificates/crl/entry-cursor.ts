/**
 * Goes over the revokedCertificates of a CRL where they lie, entry by entry, without making an object for any: large CRLs have hundreds of
 * thousands. Checks the form of each on the way (RFC 5280, section 5.3).
 */
import { MalformedDer } from '../der/malformed-der.ts';
import { timeIn } from '../der/times.ts';

const sequenceTag = 0x30;

/** Last arcs under 2.5.29 of the entry extensions that are known. */
const reasonCode = 21;
const holdInstruction = 23;
const invalidityDate = 24;
const certificateIssuer = 29;

/** Values of CRLReason; 7 is not used. */
const mostReason = 10;

export class EntryCursor {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #next: number;
  #contentEnd = 0;

  /** Of the entry that the cursor is at: where it begins, and its serial's content octets. */
  entryStart = 0;
  serialStart = 0;
  serialEnd = 0;
  /** Revocation date in milliseconds since 1970. */
  time = 0;
  /** CRLReason; 0 when there is none. */
  reason = 0;
  /** Where the GeneralNames of certificateIssuer begin and end; 0 when there is none. */
  issuerStart = 0;
  issuerEnd = 0;
  hasUnknownCritical = false;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.#next = start;
    this.#end = end;
  }

  /** Goes to the entry that begins at `offset`. */
  moveTo(offset: number): void {
    this.#next = offset;
    this.advance();
  }

  /** Moves to the next entry; false at the end. */
  advance(): boolean {
    if (this.#next === this.#end) return false;
    this.entryStart = this.#next;
    const start = this.#enter(this.#next, this.#end, sequenceTag);
    const end = this.#contentEnd;
    this.#next = end;
    this.#readSerial(start, end);
    const timeEnd = this.#readTime(this.serialEnd, end);
    this.reason = 0;
    this.issuerStart = 0;
    this.issuerEnd = 0;
    this.hasUnknownCritical = false;
    if (timeEnd < end) this.#readExtensions(timeEnd, end);
    return true;
  }

  #readSerial(at: number, end: number): void {
    this.serialStart = this.#enter(at, end, 0x02);
    this.serialEnd = this.#contentEnd;
    const bytes = this.#bytes;
    const length = this.serialEnd - this.serialStart;
    const first = bytes[this.serialStart] ?? 0;
    const second = bytes[this.serialStart + 1] ?? 0;
    const isPadded = (first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80);
    if (length === 0 || (length > 1 && isPadded)) throw new MalformedDer('bad-integer');
  }

  /** Gives its end. */
  #readTime(at: number, end: number): number {
    const tag = this.#bytes[at] === 0x17 ? 0x17 : 0x18;
    const start = this.#enter(at, end, tag);
    this.time = timeIn(this.#bytes, tag, start, this.#contentEnd);
    return this.#contentEnd;
  }

  #readExtensions(at: number, end: number): void {
    let next = this.#enter(at, end, sequenceTag);
    const listEnd = this.#contentEnd;
    if (listEnd !== end) throw new MalformedDer('trailing-bytes');
    if (next === listEnd) throw new MalformedDer('too-few-elements');
    let seen = 0;
    while (next < listEnd) {
      const start = this.#enter(next, listEnd, sequenceTag);
      next = this.#contentEnd;
      const kind = this.#readExtension(start, next);
      const bit = 1 << kind;
      if (kind !== 0 && (seen & bit) !== 0) throw new MalformedDer('duplicate-extension');
      seen |= bit;
    }
  }

  /** Gives the last arc of a known extension, 0 for an unknown one. */
  #readExtension(start: number, end: number): number {
    const bytes = this.#bytes;
    const oid = this.#enter(start, end, 0x06);
    let next = this.#contentEnd;
    const isStandard = next - oid === 3 && bytes[oid] === 0x55 && bytes[oid + 1] === 0x1d;
    const arc = isStandard ? (bytes[oid + 2] ?? 0) : 0;
    let isCritical = false;
    if (bytes[next] === 0x01 && next < end) {
      const flag = this.#enter(next, end, 0x01);
      next = this.#contentEnd;
      if (next - flag !== 1 || (bytes[flag] !== 0xff && bytes[flag] !== 0))
        throw new MalformedDer('bad-boolean');
      isCritical = bytes[flag] === 0xff;
    }
    const value = this.#enter(next, end, 0x04);
    if (this.#contentEnd !== end) throw new MalformedDer('trailing-bytes');
    switch (arc) {
      case reasonCode:
        this.#readReason(value, end);
        return arc;
      case certificateIssuer:
        this.issuerStart = value;
        this.issuerEnd = end;
        return arc;
      case holdInstruction:
      case invalidityDate:
        return arc;
      default:
        this.hasUnknownCritical ||= isCritical;
        return 0;
    }
  }

  #readReason(value: number, end: number): void {
    const start = this.#enter(value, end, 0x0a);
    const reason = this.#bytes[start] ?? 0;
    if (this.#contentEnd !== end || end - start !== 1 || reason > mostReason || reason === 7) {
      throw new MalformedDer('bad-reason');
    }
    this.reason = reason;
  }

  /** Where the content of the element at `at` begins; its end is left in `#contentEnd`. */
  #enter(at: number, end: number, tag: number): number {
    const bytes = this.#bytes;
    if (end - at < 2) throw new MalformedDer('truncated');
    if (bytes[at] !== tag) throw new MalformedDer('unexpected-tag');
    let length = bytes[at + 1] ?? 0;
    let start = at + 2;
    if (length >= 0x80) {
      const octets = length & 0x7f;
      if (octets === 0 || octets > 4 || end - start < octets) throw new MalformedDer('bad-length');
      length = 0;
      for (let read = 0; read < octets; read += 1) length = length * 256 + (bytes[start + read] ?? 0);
      start += octets;
      if (length < 0x80 || length < 256 ** (octets - 1)) throw new MalformedDer('length-not-minimal');
    }
    if (length > end - start) throw new MalformedDer('truncated');
    this.#contentEnd = start + length;
    return start;
  }
}
