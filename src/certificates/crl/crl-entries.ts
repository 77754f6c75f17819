/**
 * The entries of a CRL, found by serial. Kept is one number an entry, sorted: a hash of the serial and where the entry lies in
 * the CRL. Equal hashes cost comparisons, not answers, so a CRL made to collide does no harm.
 */
import { readWhole } from '../der/der-reader.ts';
import { time } from '../der/times.ts';
import { isSameName } from '../name-matching.ts';
import type { DistinguishedName } from '../distinguished-name.ts';
import { readGeneralNames } from '../general-names.ts';
import type { RevocationReason } from '../revocation-checker.ts';
import { DerReader } from '../der/der-reader.ts';
import { EntryCursor } from './entry-cursor.ts';

export interface CrlEntry {
  /** `remove-from-crl` occurs in delta CRLs alone: no longer on hold. */
  readonly reason: RevocationReason | 'remove-from-crl';
  readonly at: Date;
}

const reasons: readonly (CrlEntry['reason'] | undefined)[] = [
  'unspecified',
  'key-compromise',
  'ca-compromise',
  'affiliation-changed',
  'superseded',
  'cessation-of-operation',
  'certificate-hold',
  undefined,
  'remove-from-crl',
  'privilege-withdrawn',
  'aa-compromise',
];

/** Offsets below 2^26 (64 MiB) and 27 bits of hash make one exact number. */
const offsetSpan = 2 ** 26;
export const mostCrlBytes = offsetSpan;

export class CrlEntries {
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  /** Where entries begin that name another certificate issuer: those after have it too (RFC 5280, section 5.3.3). */
  readonly #issuerChanges: number[] = [];
  #index: Float64Array | undefined;

  readonly size: number;
  /** Whether an entry has an extension that is critical and unknown: then the whole CRL says nothing. */
  readonly hasUnknownCritical: boolean;

  /** `start` to `end`: the content of revokedCertificates. Throws `MalformedDer`. */
  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    const cursor = new EntryCursor(bytes, start, end);
    let size = 0;
    let hasUnknownCritical = false;
    while (cursor.advance()) {
      size += 1;
      hasUnknownCritical ||= cursor.hasUnknownCritical;
      if (cursor.issuerEnd > 0) this.#issuerChanges.push(cursor.entryStart);
    }
    this.size = size;
    this.hasUnknownCritical = hasUnknownCritical;
  }

  get namesIssuers(): boolean {
    return this.#issuerChanges.length > 0;
  }

  /**
   * The entry for `serial` (hex, as `Certificate.serial`) of the certificate issuer `issuer`; `crlIssuer` is whose entries those are
   * that name nobody. Of several, one that revokes.
   */
  find(serial: string, issuer: DistinguishedName, crlIssuer: DistinguishedName): CrlEntry | undefined {
    const wanted = Buffer.from(serial, 'hex');
    const key = hashOf(wanted, 0, wanted.length) * offsetSpan;
    const index = (this.#index ??= this.#sorted());
    let found: CrlEntry | undefined;
    for (let at = lowerBound(index, key); at < index.length; at += 1) {
      const value = index[at] ?? Infinity;
      if (value >= key + offsetSpan) break;
      const offset = value - key;
      const entry = this.#entryAt(offset, wanted);
      if (!entry || !this.#isOf(offset, issuer, crlIssuer)) continue;
      if (entry.reason !== 'remove-from-crl') return entry;
      found = entry;
    }
    return found;
  }

  #sorted(): Float64Array {
    const index = new Float64Array(this.size);
    const cursor = new EntryCursor(this.#bytes, this.#start, this.#end);
    for (let at = 0; cursor.advance(); at += 1) {
      const hash = hashOf(this.#bytes, cursor.serialStart, cursor.serialEnd);
      index[at] = hash * offsetSpan + cursor.entryStart;
    }
    return index.sort();
  }

  #cursorAt(offset: number): EntryCursor {
    const cursor = new EntryCursor(this.#bytes, offset, this.#end);
    cursor.advance();
    return cursor;
  }

  #entryAt(offset: number, serial: Uint8Array): CrlEntry | undefined {
    const cursor = this.#cursorAt(offset);
    const bytes = this.#bytes;
    if (cursor.serialEnd - cursor.serialStart !== serial.length) return undefined;
    if (!serial.every((octet, at) => bytes[cursor.serialStart + at] === octet)) return undefined;
    const content = bytes.subarray(cursor.timeStart + 2, cursor.timeEnd);
    const at = time(bytes[cursor.timeStart] ?? 0, content);
    return { reason: reasons[cursor.reason] ?? 'unspecified', at };
  }

  #isOf(offset: number, issuer: DistinguishedName, crlIssuer: DistinguishedName): boolean {
    const change = this.#issuerChanges.findLast((from) => from <= offset);
    if (change === undefined) return isSameName(issuer, crlIssuer);
    const { issuerStart, issuerEnd } = this.#cursorAt(change);
    const value = this.#bytes.subarray(issuerStart, issuerEnd);
    const names = readWhole(value, (reader: DerReader) => readGeneralNames(reader.enter()));
    return names.some((name) => name.kind === 'directory' && isSameName(name.value, issuer));
  }
}

/** 27 bits of FNV-1a. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 27)) & 0x7ffffff;
}

/** The first place whose value is not below `key`. */
function lowerBound(index: Float64Array, key: number): number {
  let low = 0;
  let high = index.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((index[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
