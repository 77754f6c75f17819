/**
 * The chain of the audit trail: what an entry is made of, and the hashes that hold it to the one before. Pure.
 * Personal values are not in the entry: it holds a salted digest of each, so that retention can cut a value
 * (with its salt) later and the chain still stands. docs/audit.md gives the format for other programs.
 */
import { createHash } from 'node:crypto';
import type { AuditEvent, ChainedEntry, ChainHead } from '#domain/audit-store.ts';
import type { Random } from '#domain/random.ts';
import { canonicalJson, type CanonicalValue } from './canonical-json.ts';

export const entryVersion = 1;
export const emptyChain: ChainHead = { sequence: 0, hash: '' };

const saltLength = 16;
const idLength = 16;

/** An event with id, time and salts, waiting for its place in the chain. */
export interface PreparedEvent {
  readonly id: string;
  readonly time: Date;
  readonly event: Omit<AuditEvent, 'personal'>;
  readonly personal: ChainedEntry['personal'];
}

/** Texts of the event made well-formed, since a lone surrogate does not survive UTF-8 and would break the hash. */
export function prepareEvent(event: AuditEvent, time: Date, random: Random): PreparedEvent {
  const { personal = {}, ...fields } = event;
  const salted = Object.entries(personal).map(
    ([field, value]) =>
      [
        field.toWellFormed(),
        { salt: random.bytes(saltLength).toString('base64url'), value: value.toWellFormed() },
      ] as const,
  );
  return {
    id: random.token(idLength),
    time,
    event: wellFormed(fields),
    personal: Object.fromEntries(salted),
  };
}

function wellFormed<Value extends CanonicalValue>(value: Value): Value;
function wellFormed(value: CanonicalValue): CanonicalValue {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'number') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      member === undefined ? [] : [[name.toWellFormed(), wellFormed(member)] as const],
    ),
  );
}

/** `prepared`, in order, as the entries that continue the chain after `head`. */
export function chainEntries(head: ChainHead, prepared: readonly PreparedEvent[]): readonly ChainedEntry[] {
  const entries: ChainedEntry[] = [];
  let last = head;
  for (const one of prepared) {
    const entry = chainEntry(last, one);
    entries.push(entry);
    last = entry;
  }
  return entries;
}

function chainEntry(head: ChainHead, { id, time, event, personal }: PreparedEvent): ChainedEntry {
  const { action, outcome, actor, onAccount, unitOid, settles } = event;
  const sequence = head.sequence + 1;
  const digests = Object.entries(personal).map(
    ([field, { salt, value }]) => [field, personalDigest(salt, field, value)] as const,
  );
  const entry = canonicalJson({
    ...event,
    v: entryVersion,
    sequence,
    id,
    time: time.toISOString(),
    prev: head.hash,
    personal: digests.length > 0 ? Object.fromEntries(digests) : undefined,
  });
  return {
    sequence,
    entry,
    hash: entryHash(entry),
    personal,
    index: {
      id,
      time,
      action,
      outcome,
      actor,
      ...(onAccount !== undefined && { onAccount }),
      ...(unitOid !== undefined && { unitOid }),
      ...(settles !== undefined && { settles }),
    },
  };
}

/** SHA-256 over the UTF-8 bytes of the entry, in hex. */
export function entryHash(entry: string): string {
  return createHash('sha256').update(entry, 'utf8').digest('hex');
}

/**
 * SHA-256 over salt, field and value, each preceded by its length in bytes (32 bits, big-endian) so that nothing
 * can be shifted from one to the next; base64url. `salt` is base64url text, hashed as the bytes it stands for.
 */
export function personalDigest(salt: string, field: string, value: string): string {
  const hash = createHash('sha256');
  for (const part of [
    Buffer.from(salt, 'base64url'),
    Buffer.from(field, 'utf8'),
    Buffer.from(value, 'utf8'),
  ]) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    hash.update(length).update(part);
  }
  return hash.digest('base64url');
}
