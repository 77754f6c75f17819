import { readAlgorithm, type AlgorithmIdentifier } from './algorithm-identifier.ts';
import { MalformedDer, type DerReader } from './der/der-reader.ts';

export interface PublicKeyInfo {
  /** The whole SubjectPublicKeyInfo. */
  readonly der: Uint8Array;
  readonly algorithm: AlgorithmIdentifier;
  /** The content of subjectPublicKey, without the octet that counts unused bits: what OCSP and key identifiers hash. */
  readonly key: Uint8Array;
}

/** SubjectPublicKeyInfo of RFC 5280, section 4.1.2.7. */
export function readPublicKeyInfo(reader: DerReader): PublicKeyInfo {
  const start = reader.offset;
  const sequence = reader.enter();
  const algorithm = readAlgorithm(sequence);
  const { bytes: key, unusedBits } = sequence.readBitString();
  sequence.end();
  if (unusedBits !== 0) throw new MalformedDer('bad-public-key');
  return { der: reader.since(start), algorithm, key };
}
