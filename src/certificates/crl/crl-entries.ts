/**
 * The entries of a CRL, found by serial. Kept is one number an entry, sorted: a hash of the serial and where the entry lies in
 * the CRL. Equal hashes cost comparisons, not answers, so a CRL made to collide does no harm.
 */
import { MalformedDer, readWhole } from '../der/der-reader.ts';
import { isSameName } from '../name-matching.ts';
import type { DistinguishedName } from '../distinguished-name.ts';
import { readGeneralNames, type GeneralName } from '../general-names.ts';
import type { RevocationReason } from '../revocation-checker.ts';
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

/** From here on entries are of another certificate issuer (RFC 5280, section 5.3.3). */
interface IssuerChange {
  readonly from: number;
  readonly names: readonly GeneralName[];
}

const mostIssuerChanges = 10_000;
/** Longer serials are refused in certificates. */
const mostSerialOctets = 64;

export class CrlEntries {
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  readonly #issuerChanges: IssuerChange[] = [];
  #index: Float64Array | undefined;
  /** For look-ups: one, since they are many. */
  #cursor: EntryCursor | undefined;
  readonly #wanted = new Uint8Array(mostSerialOctets);

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
      if (cursor.issuerEnd > 0) this.#noteIssuer(cursor);
    }
    this.size = size;
    this.hasUnknownCritical = hasUnknownCritical;
  }

  #noteIssuer({ entryStart, issuerStart, issuerEnd }: EntryCursor): void {
    if (this.#issuerChanges.length === mostIssuerChanges) throw new MalformedDer('too-many-elements');
    const value = this.#bytes.subarray(issuerStart, issuerEnd);
    const names = readWhole(value, (reader) => readGeneralNames(reader.enter()));
    this.#issuerChanges.push({ from: entryStart, names });
  }

  get namesIssuers(): boolean {
    return this.#issuerChanges.length > 0;
  }

  /**
   * The entry for `serial` (hex, as `Certificate.serial`) of the certificate issuer `issuer`; `crlIssuer` is whose entries those are
   * that name nobody. Of several, one that revokes.
   */
  find(serial: string, issuer: DistinguishedName, crlIssuer: DistinguishedName): CrlEntry | undefined {
    const length = this.#readHex(serial);
    const key = hashOf(this.#wanted, 0, length) * offsetSpan;
    const index = (this.#index ??= this.#sorted());
    let found: CrlEntry | undefined;
    for (let at = lowerBound(index, key); at < index.length; at += 1) {
      const value = index[at] ?? Infinity;
      if (value >= key + offsetSpan) break;
      const offset = value - key;
      const entry = this.#entryAt(offset, length);
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

  /** The octets go to `#wanted`, without making an object; gives how many they are. */
  #readHex(serial: string): number {
    const length = Math.min(this.#wanted.length, serial.length >> 1);
    for (let at = 0; at < length; at += 1) {
      this.#wanted[at] = hexDigit(serial.charCodeAt(2 * at)) * 16 + hexDigit(serial.charCodeAt(2 * at + 1));
    }
    return length;
  }

  /** The entry at `offset`, if it is for the wanted serial of `length` octets. */
  #entryAt(offset: number, length: number): CrlEntry | undefined {
    const cursor = (this.#cursor ??= new EntryCursor(this.#bytes, this.#start, this.#end));
    cursor.moveTo(offset);
    const { serialStart, serialEnd, reason, time } = cursor;
    if (serialEnd - serialStart !== length) return undefined;
    for (let at = 0; at < length; at += 1) {
      if (this.#bytes[serialStart + at] !== this.#wanted[at]) return undefined;
    }
    return { reason: reasons[reason] ?? 'unspecified', at: new Date(time) };
  }

  #isOf(offset: number, issuer: DistinguishedName, crlIssuer: DistinguishedName): boolean {
    const change = this.#issuerChanges.findLast(({ from }) => from <= offset);
    if (!change) return isSameName(issuer, crlIssuer);
    return change.names.some((name) => name.kind === 'directory' && isSameName(name.value, issuer));
  }
}

/** Of a lower-case digit. */
function hexDigit(code: number): number {
  return code < 0x3a ? code - 0x30 : code - 0x57;
}

/** 27 bits of FNV-1a. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 27)) & 0x7ffffff;
}

/**
 * The first place whose value is not below `key`. Hashes are spread evenly, so it is sought from where it should be, in steps
 * that double: close by for honest lists, and never longer than a search of the whole for others.
 */
function lowerBound(index: Float64Array, key: number): number {
  const guess = Math.floor((key / Number.MAX_SAFE_INTEGER) * index.length);
  let low = 0;
  let high = index.length;
  let step = 64;
  if ((index[guess] ?? Infinity) < key) {
    low = guess + 1;
    while (low + step < high && (index[low + step] ?? 0) < key) {
      low += step + 1;
      step *= 2;
    }
    high = Math.min(high, low + step);
  } else {
    high = Math.min(high, guess);
    while (high - step > 0 && (index[high - step] ?? 0) >= key) {
      high -= step;
      step *= 2;
    }
    low = Math.max(0, high - step);
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((index[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
