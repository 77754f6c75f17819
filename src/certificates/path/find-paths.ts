/**
 * Finds paths from a certificate to an anchor: issuers by name, told apart by key (RFC 4158): those whose key id fits first, each confirmed by
 * its signature. Depth first, lazily; nothing occurs twice in a path, so that cross certificates that form a ring end.
 */
import type { Certificate } from '../certificate.ts';
import { isSameName } from '../name-matching.ts';
import type { CertificatePool } from './certificate-pool.ts';
import { checkSignature } from './signatures.ts';
import type { Work } from './work.ts';

export interface FoundPath {
  /** Leaf first, without the anchor. */
  readonly path: readonly Certificate[];
  readonly anchor: Certificate;
}

export interface PathSources {
  readonly anchors: CertificatePool;
  readonly intermediates: CertificatePool;
}

/** What stood in the way, for the words of a refusal when no path was found. */
export interface Obstacles {
  weakSignature: boolean;
  badSignature: boolean;
  tooLong: boolean;
}

/** Certificates below the anchor. Far more than any real hierarchy has. */
const mostCertificates = 16;

/** Throws `WorkExceeded` from the iteration. Notes in `obstacles` what it met. */
export function* findPaths(
  leaf: Certificate,
  sources: PathSources,
  work: Work,
  obstacles: Obstacles = noObstacles(),
): Generator<FoundPath, void> {
  yield* extend([leaf], sources, work, obstacles);
}

export function noObstacles(): Obstacles {
  return { weakSignature: false, badSignature: false, tooLong: false };
}

function* extend(
  path: readonly Certificate[],
  sources: PathSources,
  work: Work,
  obstacles: Obstacles,
): Generator<FoundPath, void> {
  const last = path.at(-1);
  if (!last) return;
  for (const anchor of issuersOf(last, sources.anchors, work, obstacles)) yield { path, anchor };
  if (path.length === mostCertificates) {
    obstacles.tooLong = true;
    return;
  }
  for (const issuer of issuersOf(last, sources.intermediates, work, obstacles)) {
    if (path.some((each) => isSameEntity(each, issuer)) || sources.anchors.has(issuer)) continue;
    yield* extend([...path, issuer], sources, work, obstacles);
  }
}

function* issuersOf(
  certificate: Certificate,
  pool: CertificatePool,
  work: Work,
  obstacles: Obstacles,
): Generator<Certificate, void> {
  const candidates = pool.withSubject(certificate.issuer);
  work.spend('steps', candidates.length);
  const wanted = certificate.extensions.authorityKeyId?.keyId;
  const rank = ({ extensions: { subjectKeyId } }: Certificate) => (subjectKeyId === wanted ? 0 : 1);
  for (const candidate of candidates.toSorted((a, b) => rank(a) - rank(b))) {
    const signature = checkSignature(certificate, candidate, work);
    if (signature === 'good') yield candidate;
    else if (signature === 'weak') obstacles.weakSignature = true;
    else obstacles.badSignature = true;
  }
}

/** Whoever has one name and one key, in whichever of its certificates. */
function isSameEntity(one: Certificate, other: Certificate): boolean {
  return one.keyId === other.keyId && isSameName(one.subject, other.subject);
}
