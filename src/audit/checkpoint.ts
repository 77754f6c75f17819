/** A checkpoint: signed words that the chain had a certain hash at a certain entry. Pure. */
import { sign, verify, type KeyObject } from 'node:crypto';
import type { ChainHead } from '#domain/audit-store.ts';
import { canonicalJson } from './canonical-json.ts';

export interface Checkpoint extends ChainHead {
  readonly v: 1;
  /** When it was signed, ISO 8601 in UTC with milliseconds. */
  readonly time: string;
  /** Id of the signing key. */
  readonly kid: string;
}

export interface CheckpointKey {
  readonly kid: string;
  /** Private key on P-256. */
  readonly key: KeyObject;
}

export type CheckpointVerdict =
  | { readonly ok: true; readonly checkpoint: Checkpoint }
  /** Not a checkpoint at all, e.g. a line cut off by a crash: it says nothing. */
  | { readonly ok: false; readonly reason: 'malformed' }
  | { readonly ok: false; readonly reason: 'forged' | 'unknown-key'; readonly sequence: number };

/** The checkpoint of `head` as one line of JSON: ES256 (IEEE P1363, base64url) over the canonical other members. */
export function signCheckpoint(head: ChainHead, time: Date, { kid, key }: CheckpointKey): string {
  const body = { v: 1, time: time.toISOString(), sequence: head.sequence, hash: head.hash, kid };
  const signature = sign('sha256', Buffer.from(canonicalJson(body)), { key, dsaEncoding: 'ieee-p1363' });
  return canonicalJson({ ...body, signature: signature.toString('base64url') });
}

/** Judges a line against the public keys by their ids. */
export function checkCheckpoint(line: string, keys: ReadonlyMap<string, KeyObject>): CheckpointVerdict {
  const parsed = parseLine(line);
  if (!parsed) return { ok: false, reason: 'malformed' };
  const { signature, ...checkpoint } = parsed;
  const key = keys.get(checkpoint.kid);
  const { sequence } = checkpoint;
  if (!key) return { ok: false, reason: 'unknown-key', sequence };
  const body = Buffer.from(canonicalJson({ ...checkpoint }));
  const good = verify(
    'sha256',
    body,
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return good ? { ok: true, checkpoint } : { ok: false, reason: 'forged', sequence };
}

function parseLine(line: string): (Checkpoint & { readonly signature: string }) | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { v, time, sequence, hash, kid, signature } = value as Record<string, unknown>;
  if (v !== 1 || typeof sequence !== 'number' || !Number.isSafeInteger(sequence) || sequence < 1)
    return undefined;
  if (typeof time !== 'string' || typeof hash !== 'string' || typeof kid !== 'string') return undefined;
  if (typeof signature !== 'string' || ![time, hash, kid].every((text) => text.isWellFormed()))
    return undefined;
  return { v, time, sequence, hash, kid, signature };
}
