/**
 * Decides on a certificate: the function that logins, registration and the command ask. Order: a path is found, validated, fit for the purpose,
 * and nobody on it revoked; when one path fails the next is tried. The work is bounded, so that no input holds up an answer.
 */
import type { Certificate } from './certificate.ts';
import type { CertificatePool } from './path/certificate-pool.ts';
import { findPaths, noObstacles, type FoundPath, type Obstacles } from './path/find-paths.ts';
import type { PolicyInputs } from './path/policy-state.ts';
import { validatePath } from './path/validate-path.ts';
import { usualLimits, Work, WorkExceeded, type WorkLimits } from './path/work.ts';
import { findPurposeFault, type Purpose, type PurposeRules } from './purpose.ts';
import type { RevocationChecker, RevocationEvidence } from './revocation-checker.ts';
import { refuse, type Refused, type ValidPath, type Verdict } from './verdict.ts';

export interface PathQuestion extends PolicyInputs, PurposeRules {
  readonly certificate: Certificate;
  readonly anchors: CertificatePool;
  /** What may stand between; more than needed does no harm. */
  readonly intermediates: CertificatePool;
  readonly time: Date;
  /** `any`: path validation alone. */
  readonly purpose: Purpose;
  /** Asked about every certificate of the path; without it nobody is. */
  readonly revocation?: RevocationChecker | undefined;
  readonly limits?: WorkLimits;
}

/** Valid paths whose revocation is looked into before giving up. */
const mostRevocationRounds = 8;

export async function checkPath(question: PathQuestion): Promise<Verdict> {
  const work = new Work(question.limits ?? usualLimits);
  const obstacles = noObstacles();
  let refused: Refused | undefined;
  let rounds = 0;
  try {
    for (const found of findPaths(question.certificate, question, work, obstacles)) {
      const verdict = judgePath(found, question, work);
      const checked = verdict.ok ? await checkRevocation(verdict, question) : { verdict, isFinal: false };
      if (checked.verdict.ok || checked.isFinal) return checked.verdict;
      // What the first path lacks is what most people can do something about.
      refused ??= checked.verdict;
      if (verdict.ok) rounds += 1;
      if (rounds === mostRevocationRounds) break;
    }
  } catch (error) {
    if (!(error instanceof WorkExceeded)) throw error;
    return refused ?? refuse('untrusted', 'too-much-work');
  }
  return refused ?? withoutPath(obstacles);
}

/** Everything but revocation. */
function judgePath({ path, anchor }: FoundPath, question: PathQuestion, work: Work): Verdict {
  const verdict = validatePath(path, anchor, question, work);
  if (!verdict.ok) return verdict;
  const { policies } = verdict;
  const fault = findPurposeFault(path, question.purpose, question);
  return fault ?? { ok: true, certificate: question.certificate, path, anchor, policies, evidence: [] };
}

interface Checked {
  readonly verdict: Verdict;
  /** Set when no other path can change it: a certificate that its issuer revoked is revoked on every one. */
  readonly isFinal: boolean;
}

/** From the anchor down: an issuer that was revoked says nothing about others. */
async function checkRevocation(valid: ValidPath, { revocation, time }: PathQuestion): Promise<Checked> {
  if (!revocation) return { verdict: valid, isFinal: true };
  const { path, anchor } = valid;
  const evidence: RevocationEvidence[] = [];
  for (const [at, certificate] of [...path.entries()].toReversed()) {
    const issuers = path.slice(at + 1);
    const issuer = issuers[0] ?? anchor;
    const status = await revocation.check({ certificate, issuer, issuers, anchor, time });
    if (status.status === 'revoked') {
      const isFinal = at === 0;
      return { verdict: refuse('revoked', isFinal ? status.reason : `issuer-${status.reason}`), isFinal };
    }
    if (status.status === 'unknown') {
      return { verdict: refuse('revocation-unknown', status.detail), isFinal: false };
    }
    evidence.unshift(status.evidence);
  }
  return { verdict: { ...valid, evidence }, isFinal: true };
}

function withoutPath({ weakSignature, badSignature, tooLong }: Obstacles): Refused {
  if (tooLong) return refuse('untrusted', 'path-too-long');
  if (weakSignature) return refuse('weak-algorithm', 'signature');
  return refuse('untrusted', badSignature ? 'bad-signature' : 'no-issuer');
}
