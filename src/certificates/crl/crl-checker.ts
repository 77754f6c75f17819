/**
 * Tells from CRLs at hand whether a certificate was revoked (RFC 5280, section 6.3): complete, partitioned, by reasons, indirect, each with
 * the delta laid over it that fits. Order: the certificate's distribution points, then CRLs for all of the issuer's certificates; until every
 * reason is answered for. A CRL counts when it is current, understood, and signed by a signer on a valid, unrevoked path to the same anchor.
 */
import type { Certificate } from '../certificate.ts';
import { isSameName } from '../name-matching.ts';
import { CertificatePool } from '../path/certificate-pool.ts';
import { findPaths } from '../path/find-paths.ts';
import { validatePath } from '../path/validate-path.ts';
import { Work, WorkExceeded } from '../path/work.ts';
import type {
  RevocationChecker,
  RevocationEvidence,
  RevocationQuestion,
  RevocationStatus,
} from '../revocation-checker.ts';
import type { CrlEntry } from './crl-entries.ts';
import { allReasons, coveredReasons } from './crl-scope.ts';
import { isCrlSignedBy } from './crl-signature.ts';
import type { Crl } from './crl.ts';

export interface CrlCheckerOptions {
  readonly crls: readonly Crl[];
  /** Where signers of CRLs are found that are not on the certificate's own path. */
  readonly intermediates: CertificatePool;
  /** How long after its nextUpdate a CRL still counts; 0 by default. */
  readonly graceMs?: number;
}

export interface CrlChecker extends RevocationChecker {
  check(question: RevocationQuestion): RevocationStatus;
}

/** Signers tried for one CRL: several keys may have its issuer's name. */
const mostSigners = 4;

/** What holds for one question and the questions about signers that come of it. */
interface Inquiry {
  readonly work: Work;
  /** Fingerprints of what is asked about at the moment: a CRL may cover the certificate of its own signer. */
  readonly underWay: Set<string>;
}

type Answer = { readonly crl: Crl; readonly delta: Crl | undefined; readonly signer: Certificate };

export function createCrlChecker(options: CrlCheckerOptions): CrlChecker {
  return {
    check(question) {
      try {
        return new Checker(options, question, { work: new Work(), underWay: new Set() }).check();
      } catch (error) {
        if (error instanceof WorkExceeded) return unknown('too-much-work');
        throw error;
      }
    },
  };
}

class Checker {
  readonly #options: CrlCheckerOptions;
  readonly #question: RevocationQuestion;
  readonly #inquiry: Inquiry;
  #obstacle = 'no-crl';

  constructor(options: CrlCheckerOptions, question: RevocationQuestion, inquiry: Inquiry) {
    this.#options = options;
    this.#question = question;
    this.#inquiry = inquiry;
  }

  check(): RevocationStatus {
    const { certificate } = this.#question;
    const { underWay } = this.#inquiry;
    underWay.add(certificate.fingerprint);
    try {
      return this.#answer();
    } finally {
      underWay.delete(certificate.fingerprint);
    }
  }

  #answer(): RevocationStatus {
    const { certificate } = this.#question;
    const points = certificate.extensions.crlDistributionPoints ?? [];
    const complete = newestFirst(this.#options.crls.filter(({ baseNumber }) => baseNumber === undefined));
    const answers: Answer[] = [];
    let left = allReasons;
    for (const point of [...points, undefined]) {
      for (const crl of complete) {
        const covered = coveredReasons(crl, certificate, point) & left;
        if (covered === 0) continue;
        const signer = this.#usableSigner(crl);
        if (!signer) continue;
        const answer = { crl, delta: this.#deltaOf(crl), signer };
        const entry = findEntry(answer, certificate);
        if (entry) return revoked(entry, this.#evidence([answer]));
        answers.push(answer);
        left &= ~covered;
        if (left === 0) return { status: 'good', evidence: this.#evidence(answers) };
      }
    }
    return unknown(answers.length > 0 ? 'crl-reasons' : this.#obstacle);
  }

  /** The signer of a CRL that counts; else the obstacle is noted. */
  #usableSigner(crl: Crl): Certificate | undefined {
    const { time } = this.#question;
    if (crl.isUnsupported) return this.#note('crl-unsupported');
    if (crl.thisUpdate > time) return this.#note('crl-not-yet-valid');
    if (time.getTime() > crl.nextUpdate.getTime() + (this.#options.graceMs ?? 0))
      return this.#note('crl-expired');
    let isSigned = false;
    for (const signer of this.#candidates(crl)) {
      if (!maySignCrls(signer, this.#question.anchor) || !isCrlSignedBy(crl, signer)) continue;
      isSigned = true;
      if (this.#isTrusted(signer)) return signer;
    }
    return this.#note(isSigned ? 'crl-signer-untrusted' : 'crl-bad-signature');
  }

  #note(obstacle: string): undefined {
    this.#obstacle = obstacle;
  }

  /** Those on the path first, then those whose key id fits. */
  #candidates({ issuer, authorityKeyId }: Crl): readonly Certificate[] {
    const own = this.#ownPath().filter(({ subject }) => isSameName(subject, issuer));
    const others = this.#options.intermediates.withSubject(issuer);
    const rank = ({ extensions: { subjectKeyId } }: Certificate) => (subjectKeyId === authorityKeyId ? 0 : 1);
    return [...own, ...others].toSorted((a, b) => rank(a) - rank(b)).slice(0, mostSigners);
  }

  /** What was validated, and asked about, before this certificate. */
  #ownPath(): readonly Certificate[] {
    return [...this.#question.issuers, this.#question.anchor];
  }

  /** Section 6.3.3 (f): a valid path to the same anchor, nobody on it revoked. */
  #isTrusted(signer: Certificate): boolean {
    const own = new Set(this.#ownPath().map(({ fingerprint }) => fingerprint));
    if (own.has(signer.fingerprint)) return true;
    const { anchor, time } = this.#question;
    const { work, underWay } = this.#inquiry;
    const sources = { anchors: new CertificatePool([anchor]), intermediates: this.#options.intermediates };
    const isKnown = ({ fingerprint }: Certificate) => own.has(fingerprint) || underWay.has(fingerprint);
    for (const { path } of findPaths(signer, sources, work)) {
      if (!validatePath(path, anchor, { time }, work).ok) continue;
      const isClear = path.every((certificate, at) => {
        if (isKnown(certificate)) return true;
        work.spend('steps');
        const issuers = path.slice(at + 1);
        const question = { certificate, issuers, issuer: issuers[0] ?? anchor, anchor, time };
        return new Checker(this.#options, question, this.#inquiry).check().status === 'good';
      });
      if (isClear) return true;
    }
    return false;
  }

  /** Section 6.3.3 (c): the newest delta of the same issuer, key and scope that builds on what `crl` has. */
  #deltaOf(crl: Crl): Crl | undefined {
    const fits = this.#options.crls.filter(
      ({ baseNumber, number, issuer, scopeId, authorityKeyId }) =>
        baseNumber !== undefined &&
        baseNumber <= crl.number &&
        number > crl.number &&
        isSameName(issuer, crl.issuer) &&
        scopeId === crl.scopeId &&
        authorityKeyId === crl.authorityKeyId,
    );
    const obstacle = this.#obstacle;
    const delta = newestFirst(fits).find((each) => this.#usableSigner(each));
    // A delta is not needed: what is wrong with it is no reason.
    this.#obstacle = obstacle;
    return delta;
  }

  /** Of several, the answer that ends first. */
  #evidence(answers: readonly Answer[]): RevocationEvidence {
    const [first] = answers.toSorted((a, b) => a.crl.nextUpdate.getTime() - b.crl.nextUpdate.getTime());
    if (!first) throw new Error('evidence needs an answer');
    const { crl, delta, signer } = first;
    return {
      source: 'crl',
      fingerprint: this.#question.certificate.fingerprint,
      signerKeyId: signer.keyId,
      thisUpdate: crl.thisUpdate,
      nextUpdate: crl.nextUpdate,
      crlNumber: crl.number.toString(16),
      ...(delta && { deltaCrlNumber: delta.number.toString(16) }),
      ...(this.#question.time > crl.nextUpdate && { isInGrace: true }),
    };
  }
}

/** Section 6.3.3 (i) and (j): the delta's word first. */
function findEntry({ crl, delta }: Answer, { serial, issuer }: Certificate): CrlEntry | undefined {
  const changed = delta?.find(serial, issuer);
  if (changed) return changed.reason === 'remove-from-crl' ? undefined : changed;
  return crl.find(serial, issuer);
}

function revoked({ reason, at }: CrlEntry, evidence: RevocationEvidence): RevocationStatus {
  // Only deltas remove; elsewhere the entry is there, and that is what counts.
  return { status: 'revoked', reason: reason === 'remove-from-crl' ? 'unspecified' : reason, at, evidence };
}

/** Section 6.3.3 (f). An anchor may do without key usage, as it may for certificates. */
function maySignCrls({ fingerprint, extensions: { keyUsage } }: Certificate, anchor: Certificate): boolean {
  return keyUsage?.has('cRLSign') ?? fingerprint === anchor.fingerprint;
}

function newestFirst(crls: readonly Crl[]): readonly Crl[] {
  return crls.toSorted((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
}

function unknown(detail: string): RevocationStatus {
  return { status: 'unknown', detail };
}
