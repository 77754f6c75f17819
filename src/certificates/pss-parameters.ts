import { readAlgorithm, type AlgorithmIdentifier } from './algorithm-identifier.ts';
import { ifReadable } from './der/if-readable.ts';
import { readWhole, type DerReader } from './der/der-reader.ts';
import { contextConstructed } from './der/tags.ts';
import { findHash, hashOctets, type HashName } from './hashes.ts';

const mgf1 = '1.2.840.113549.1.1.8';

/**
 * The hash of RSASSA-PSS-params (RFC 4055, section 3.1) that says the same hash for message and mask and a salt of the hash's
 * length; undefined for all others, the SHA-1 default among them.
 */
export function readPssHash(parameters: Uint8Array): HashName | undefined {
  return ifReadable(() => readWhole(parameters, (reader) => readHash(reader.enter())));
}

function readHash(sequence: DerReader): HashName | undefined {
  const hash = findHash(readExplicit(sequence, 0, readAlgorithm));
  const mask = readExplicit(sequence, 1, readAlgorithm);
  const saltLength = readExplicit(sequence, 2, (reader) => reader.readSmallInteger());
  const trailer = readExplicit(sequence, 3, (reader) => reader.readSmallInteger());
  sequence.end();
  const maskHash = mask?.oid === mgf1 && mask.parameters ? readMaskHash(mask.parameters) : undefined;
  if (!hash || hash !== maskHash || saltLength !== hashOctets(hash)) return undefined;
  return trailer === undefined || trailer === 1 ? hash : undefined;
}

function readMaskHash(parameters: Uint8Array): HashName | undefined {
  return findHash(readWhole<AlgorithmIdentifier>(parameters, readAlgorithm));
}

function readExplicit<Value>(sequence: DerReader, number: number, read: (reader: DerReader) => Value) {
  const explicit = sequence.enterIf(contextConstructed(number));
  const value = explicit && read(explicit);
  explicit?.end();
  return value;
}
