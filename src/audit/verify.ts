/**
 * Verifies an audit trail: every hash, every link, every personal value against its digest, and the signed
 * checkpoints, which alone tell that the end was cut off or that the whole chain was written anew. Pure: entries
 * come from a store (read-trail.ts) or an export (export.ts), checkpoints from their file. Read the checkpoints
 * before the entries when the trail is still growing.
 */
import type { KeyObject } from 'node:crypto';
import type { ChainedEntry, ChainHead } from '#domain/audit-store.ts';
import { checkCheckpoint } from './checkpoint.ts';
import { emptyChain, entryHash, personalDigest } from './chain.ts';
import { parseEntry, type EntryFields } from './entry.ts';

/** An entry to verify; an export has no search columns. */
export type VerifiableEntry = Omit<ChainedEntry, 'index'> & Partial<Pick<ChainedEntry, 'index'>>;

export type TrailFault =
  /** Not an entry in canonical form. */
  | 'malformed'
  /** A number is missing, doubled or out of order. */
  | 'sequence'
  /** The entry does not have the hash that stands beside it. */
  | 'hash'
  /** The entry does not continue the one before. */
  | 'prev'
  /** A personal value does not have its digest in the entry, or has none there. */
  | 'personal'
  /** A search column differs from the entry. */
  | 'index'
  /** A checkpoint says another hash: the chain was written anew. */
  | 'checkpoint-mismatch'
  | 'checkpoint-forged'
  | 'checkpoint-unknown-key'
  /** A checkpoint, or the head that the store keeps, lies beyond the last entry. */
  | 'truncated'
  /** The head that the store keeps is not the last entry's. */
  | 'head-mismatch';

export type TrailVerdict =
  | {
      readonly ok: true;
      readonly entries: number;
      readonly head: ChainHead;
      /** Good checkpoints that the chain was held against. */
      readonly checkpoints: number;
      /** Checkpoint lines that say nothing, e.g. cut off by a crash. */
      readonly unreadableLines: number;
      /** Personal values that have been cut by retention. */
      readonly cutValues: number;
    }
  | { readonly ok: false; readonly fault: TrailFault; readonly sequence: number };

export interface VerifyOptions {
  readonly checkpoints?: Iterable<string> | AsyncIterable<string>;
  /** Public keys of checkpoints by their ids. */
  readonly keys?: ReadonlyMap<string, KeyObject>;
  /** The head that the store keeps, taken before reading. */
  readonly head?: ChainHead;
  /** Where the entries begin, if not at the beginning of the chain. */
  readonly after?: ChainHead;
}

interface Anchors {
  readonly hashes: ReadonlyMap<number, readonly string[]>;
  /** The highest sequence number among them, 0 when there are none. */
  readonly furthest: number;
  readonly count: number;
  readonly unreadableLines: number;
}

/** Reads all entries and gives the verdict, naming the first fault and the sequence number it is at. */
export async function verifyTrail(
  entries: Iterable<VerifiableEntry> | AsyncIterable<VerifiableEntry>,
  options: VerifyOptions = {},
): Promise<TrailVerdict> {
  const { after = emptyChain, head: expected } = options;
  const anchors = await readAnchors(options);
  if ('ok' in anchors) return anchors;

  let head: ChainHead = after;
  let cutValues = 0;
  for await (const entry of entries) {
    const fields = parseEntry(entry.entry);
    const fault = findFault(head, entry, fields, anchors, expected);
    if (fault || !fields) return { ok: false, fault: fault ?? 'malformed', sequence: head.sequence + 1 };
    cutValues += Object.keys(fields.personal).filter((field) => !Object.hasOwn(entry.personal, field)).length;
    head = { sequence: entry.sequence, hash: entry.hash };
  }
  if (Math.max(expected?.sequence ?? 0, anchors.furthest) > head.sequence)
    return { ok: false, fault: 'truncated', sequence: head.sequence + 1 };
  const { count: checkpoints, unreadableLines } = anchors;
  return { ok: true, entries: head.sequence - after.sequence, head, checkpoints, unreadableLines, cutValues };
}

async function readAnchors(options: VerifyOptions): Promise<Anchors | Extract<TrailVerdict, { ok: false }>> {
  const { checkpoints = [], keys = new Map<string, KeyObject>(), after = emptyChain } = options;
  const hashes = new Map<number, string[]>();
  let furthest = 0;
  let count = 0;
  let unreadableLines = 0;
  for await (const line of checkpoints) {
    const verdict = checkCheckpoint(line, keys);
    if (!verdict.ok && verdict.reason === 'malformed') unreadableLines += 1;
    else if (!verdict.ok)
      return { ok: false, fault: `checkpoint-${verdict.reason}`, sequence: verdict.sequence };
    else if (verdict.checkpoint.sequence > after.sequence) {
      const { sequence, hash } = verdict.checkpoint;
      const known = hashes.get(sequence) ?? [];
      if (!known.includes(hash)) hashes.set(sequence, [...known, hash]);
      furthest = Math.max(furthest, sequence);
      count += 1;
    }
  }
  return { hashes, furthest, count, unreadableLines };
}

function findFault(
  head: ChainHead,
  entry: VerifiableEntry,
  fields: EntryFields | undefined,
  anchors: Anchors,
  expected: ChainHead | undefined,
): TrailFault | undefined {
  if (!fields) return 'malformed';
  if (entry.sequence !== head.sequence + 1 || fields.sequence !== entry.sequence) return 'sequence';
  if (entryHash(entry.entry) !== entry.hash) return 'hash';
  if (fields.prev !== head.hash) return 'prev';
  if (!isPersonalIntact(entry, fields)) return 'personal';
  if (entry.index && !isIndexIntact(entry.index, fields)) return 'index';
  const signed = anchors.hashes.get(entry.sequence);
  if (signed?.some((hash) => hash !== entry.hash)) return 'checkpoint-mismatch';
  if (expected?.sequence === entry.sequence && expected.hash !== entry.hash) return 'head-mismatch';
  return undefined;
}

/** Values may be missing, since retention cuts them; those that are there must have their digest in the entry. */
function isPersonalIntact({ personal }: VerifiableEntry, fields: EntryFields): boolean {
  return Object.entries(personal).every(
    ([field, { salt, value }]) =>
      Object.hasOwn(fields.personal, field) && fields.personal[field] === personalDigest(salt, field, value),
  );
}

function isIndexIntact(index: ChainedEntry['index'], fields: EntryFields): boolean {
  return (
    index.id === fields.id &&
    index.time.getTime() === Date.parse(fields.time) &&
    index.action === fields.action &&
    index.outcome === fields.outcome &&
    index.actor === fields.actor &&
    index.onAccount === fields.onAccount &&
    index.unitOid === fields.unitOid &&
    index.settles === fields.settles
  );
}
