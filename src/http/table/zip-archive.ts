/**
 * The entries of a ZIP archive (APPNOTE 6.3) that came from outside. What the central directory announces is bounded
 * before anything is inflated; what is inflated is bounded again as it comes, over all entries together, since an
 * archive may announce little and give much, or let many entries share their bytes.
 */
import { pipeline } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { piecesOf } from './pieces-of.ts';
import { TableError } from './table-error.ts';

export interface ZipLimits {
  readonly entries: number;
  /** Of all entries together, inflated. */
  readonly bytes: number;
}

export interface ZipArchive {
  /** The entry's content a piece at a time; undefined when there is none of that name. Throws TableError on the way. */
  open(name: string): AsyncIterable<Buffer> | undefined;
}

interface Entry {
  readonly isDeflated: boolean;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const longestComment = 0xffff;
/** Of what lies there as it is; zlib gives as much at once. */
const pieceLength = 16 * 1024;

/** Throws TableError: `not-a-table`, `old-workbook` for a locked one, `too-large-inside`. */
export function openZip(bytes: Buffer, limits: ZipLimits): ZipArchive {
  const entries = readDirectory(bytes, limits);
  let room = limits.bytes;
  return {
    open(name) {
      const entry = entries.get(name);
      return entry && bounded(entry);
    },
  };

  async function* bounded({ isDeflated, packed, size, offset }: Entry): AsyncGenerator<Buffer> {
    const content = localContent(bytes, offset, packed);
    let given = 0;
    for await (const piece of isDeflated ? inflated(content) : piecesOf(content, pieceLength)) {
      given += piece.length;
      room -= piece.length;
      if (room < 0 || given > size) throw new TableError('too-large-inside');
      yield piece;
    }
    if (given !== size) throw new TableError('not-a-table');
  }
}

function readDirectory(bytes: Buffer, limits: ZipLimits): ReadonlyMap<string, Entry> {
  try {
    const end = findEnd(bytes);
    const count = bytes.readUInt16LE(end + 10);
    if (count > limits.entries) throw new TableError('too-large-inside');
    const entries = new Map<string, Entry>();
    let at = bytes.readUInt32LE(end + 16);
    let announced = 0;
    for (let nth = 0; nth < count; nth += 1) {
      if (bytes.readUInt32LE(at) !== centralSignature) throw new TableError('not-a-table');
      const flags = bytes.readUInt16LE(at + 8);
      const method = bytes.readUInt16LE(at + 10);
      if ((flags & 1) === 1) throw new TableError('old-workbook');
      if (method !== 0 && method !== 8) throw new TableError('not-a-table');
      const nameLength = bytes.readUInt16LE(at + 28);
      const size = bytes.readUInt32LE(at + 24);
      announced += size;
      // Sizes of ZIP64 stand for more than four gigabytes.
      if (announced > limits.bytes) throw new TableError('too-large-inside');
      entries.set(bytes.toString('utf8', at + 46, at + 46 + nameLength), {
        isDeflated: method === 8,
        packed: bytes.readUInt32LE(at + 20),
        size,
        offset: bytes.readUInt32LE(at + 42),
      });
      at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
    return entries;
  } catch (cause) {
    throw tableError(cause);
  }
}

function findEnd(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - endLength - longestComment);
  for (let at = bytes.length - endLength; at >= first; at -= 1) {
    if (bytes.readUInt32LE(at) === endSignature) return at;
  }
  throw new TableError('not-a-table');
}

function localContent(bytes: Buffer, offset: number, packed: number): Buffer {
  try {
    if (bytes.readUInt32LE(offset) !== localSignature) throw new TableError('not-a-table');
    const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    if (start + packed > bytes.length) throw new TableError('not-a-table');
    return bytes.subarray(start, start + packed);
  } catch (cause) {
    throw tableError(cause);
  }
}

async function* inflated(content: Buffer): AsyncGenerator<Buffer> {
  // Fails by throwing into the loop below; there is nobody else to tell.
  const inflating = pipeline([content], createInflateRaw(), () => {});
  try {
    for await (const piece of inflating) yield piece as Buffer;
  } catch (cause) {
    throw tableError(cause);
  } finally {
    inflating.destroy();
  }
}

/** Reading past the end, and what zlib says, are a broken archive. */
function tableError(cause: unknown): TableError {
  return cause instanceof TableError ? cause : new TableError('not-a-table', { cause });
}
