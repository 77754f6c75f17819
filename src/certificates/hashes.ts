import type { AlgorithmIdentifier } from './algorithm-identifier.ts';

export type HashName = 'sha256' | 'sha384' | 'sha512';

/** OIDs of RFC 5754, section 2. */
const hashes: ReadonlyMap<string, HashName> = new Map([
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

/** The allowed hash that an AlgorithmIdentifier names, with NULL or no parameters. */
export function findHash(algorithm: AlgorithmIdentifier | undefined): HashName | undefined {
  if (!algorithm || !isNullOrAbsent(algorithm)) return undefined;
  return hashes.get(algorithm.oid);
}

export function isNullOrAbsent({ parameters }: AlgorithmIdentifier): boolean {
  return parameters === undefined || (parameters.length === 2 && parameters[0] === 5 && parameters[1] === 0);
}

export function hashOctets(hash: HashName): number {
  return Number(hash.slice(3)) / 8;
}
