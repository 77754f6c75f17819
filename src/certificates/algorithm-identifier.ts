import type { DerReader } from './der/der-reader.ts';
import { tags } from './der/tags.ts';

export interface AlgorithmIdentifier {
  /** Dotted-decimal. */
  readonly oid: string;
  /** The parameters' whole DER; undefined when absent, which is not the same as NULL. */
  readonly parameters?: Uint8Array;
  readonly der: Uint8Array;
}

/** AlgorithmIdentifier of RFC 5280, section 4.1.1.2. */
export function readAlgorithm(reader: DerReader): AlgorithmIdentifier {
  const start = reader.offset;
  const sequence = reader.enter(tags.sequence);
  const oid = sequence.readOid();
  const parameters = sequence.isAtEnd ? undefined : sequence.read().der;
  sequence.end();
  return { oid, ...(parameters && { parameters }), der: reader.since(start) };
}
