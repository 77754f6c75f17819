/**
 * Validates one path (RFC 5280, section 6.1), from the certificate that the anchor issued down to the leaf. Order for each certificate: form,
 * signature, time, names chained, name constraints, policies; for CAs then what makes them one. Revocation is asked afterwards.
 */
import type { Certificate } from '../certificate.ts';
import { extensionIds } from '../extensions/extensions.ts';
import type { NameConstraints } from '../extensions/name-constraints.ts';
import { isSameName } from '../name-matching.ts';
import { judgeKey } from '../public-key.ts';
import { refuse, type Refused } from '../verdict.ts';
import { findIssuedFault, findProfileFault } from './certificate-profile.ts';
import { findConstraintFault, findNameFault } from './name-constraints-check.ts';
import { PolicyState, type PolicyInputs } from './policy-state.ts';
import { checkSignature } from './signatures.ts';
import type { Work } from './work.ts';

export interface PathInputs extends PolicyInputs {
  readonly time: Date;
}

export type PathVerdict = { readonly ok: true; readonly policies: readonly string[] } | Refused;

/** What the certificates above lay on those below. */
interface State {
  readonly inputs: PathInputs;
  readonly work: Work;
  readonly policies: PolicyState;
  readonly constraints: NameConstraints[];
  /** CAs that may still follow, self-issued ones not counted. */
  pathLength: number;
  issuer: Certificate;
}

/** `path` is leaf first, without the anchor. Throws `WorkExceeded`. */
export function validatePath(
  path: readonly Certificate[],
  anchor: Certificate,
  inputs: PathInputs,
  work: Work,
): PathVerdict {
  const state: State = {
    inputs,
    work,
    policies: new PolicyState(path.length, inputs, work),
    constraints: [],
    pathLength: path.length,
    issuer: anchor,
  };
  const anchorFault = findAnchorFault(anchor, state);
  if (anchorFault) return anchorFault;
  for (const [at, certificate] of [...path.entries()].toReversed()) {
    const isLeaf = at === 0;
    const fault =
      findFault(certificate, isLeaf, state) ?? (isLeaf ? undefined : takeIssuer(certificate, state));
    if (fault) return fault;
  }
  const policies = state.policies.finish();
  return policies ? { ok: true, policies } : refuse('wrong-policy');
}

/** Anchors are CAs by the same rules as others, and their own limits hold (RFC 5937); who signed them does not matter. */
function findAnchorFault(anchor: Certificate, state: State): Refused | undefined {
  const { basicConstraints, keyUsage, authorityKeyId, all } = anchor.extensions;
  const fault = findProfileFault(anchor) ?? findTimeFault(anchor, state.inputs.time);
  if (fault) return fault;
  if (!isSelfIssued(anchor) && authorityKeyId?.keyId === undefined) {
    return refuse('malformed', 'no-authority-key-id');
  }
  const isCritical = all.get(extensionIds.basicConstraints)?.isCritical;
  if (!basicConstraints?.isCa || !isCritical) return refuse('untrusted', 'anchor-not-a-ca');
  if (keyUsage && !keyUsage.has('keyCertSign')) return refuse('untrusted', 'ca-without-cert-sign');
  return takeLimits(anchor, state);
}

/** Sections 6.1.3 (a) to (f). */
function findFault(certificate: Certificate, isLeaf: boolean, state: State): Refused | undefined {
  const { issuer, constraints, work, policies, inputs } = state;
  const ownFault = findProfileFault(certificate) ?? findIssuedFault(certificate);
  if (ownFault) return ownFault;
  if (!isSameName(certificate.issuer, issuer.subject)) return refuse('untrusted', 'names-not-chained');
  const signature = checkSignature(certificate, issuer, work);
  if (signature === 'weak') return refuse('weak-algorithm', 'signature');
  if (signature === 'bad') return refuse('untrusted', 'bad-signature');
  const key = judgeKey(certificate.publicKeyInfo);
  if (!key.ok) return refuse(key.reason, key.detail);
  const timeFault = findTimeFault(certificate, inputs.time);
  if (timeFault) return timeFault;
  if (isLeaf || !isSelfIssued(certificate)) {
    const nameFault = findNameFault(certificate, constraints, work);
    if (nameFault) return nameFault;
  }
  const isGood = policies.take(certificate, { isLeaf, isSelfIssued: isSelfIssued(certificate) });
  return isGood ? undefined : refuse('wrong-policy');
}

/** Section 6.1.4: `certificate` becomes the issuer of the next. */
function takeIssuer(certificate: Certificate, state: State): Refused | undefined {
  const { basicConstraints, keyUsage } = certificate.extensions;
  if (!state.policies.descend(certificate, isSelfIssued(certificate))) {
    return refuse('wrong-policy', 'any-policy-mapped');
  }
  if (!basicConstraints?.isCa) return refuse('untrusted', 'not-a-ca');
  if (!isSelfIssued(certificate)) {
    if (state.pathLength === 0) return refuse('untrusted', 'path-too-long');
    state.pathLength -= 1;
  }
  // Section 4.2.1.3: in every certificate whose key signs others.
  if (!keyUsage?.has('keyCertSign')) return refuse('untrusted', 'ca-without-cert-sign');
  state.issuer = certificate;
  return takeLimits(certificate, state);
}

function takeLimits({ extensions }: Certificate, state: State): Refused | undefined {
  const { basicConstraints, nameConstraints } = extensions;
  const length = basicConstraints?.pathLength;
  if (length !== undefined && length < state.pathLength) state.pathLength = length;
  if (!nameConstraints) return undefined;
  state.constraints.push(nameConstraints);
  return findConstraintFault(nameConstraints);
}

/** Both ends belong to it, the last second to its end (section 4.1.2.5 knows no fractions). */
function findTimeFault({ notBefore, notAfter }: Certificate, time: Date): Refused | undefined {
  if (time < notBefore) return refuse('not-yet-valid');
  return time.getTime() >= notAfter.getTime() + 1000 ? refuse('expired') : undefined;
}

function isSelfIssued({ issuer, subject }: Certificate): boolean {
  return isSameName(issuer, subject);
}
