/**
 * Finds out whether a certificate was revoked, from the sources that it names itself, by the rule of its issuer: CRLs and OCSP in the order
 * of the rule, the next when one has no fresh answer; then, within the rule's grace, the last good answer. No answer: unknown.
 */
import type { Random } from '#domain/random.ts';
import type { Certificate } from './certificate.ts';
import { createCrlChecker } from './crl/crl-checker.ts';
import type { Crl } from './crl/crl.ts';
import { issuerAddresses } from './judge-addresses.ts';
import { askResponder } from './judge-ocsp.ts';
import type { CertIdDigest } from './ocsp/cert-id.ts';
import type { OcspAnswer, OcspVerdict } from './ocsp/check-response.ts';
import type { CertificatePool } from './path/certificate-pool.ts';
import type { RevocationChecker, RevocationQuestion, RevocationStatus } from './revocation-checker.ts';

export interface RevocationRule {
  readonly order: readonly ('crl' | 'ocsp')[];
  readonly whenUnknown: 'refuse' | 'accept';
  /** How long after its end the last good answer counts while no newer one can be had. */
  readonly graceMs: number;
  readonly ocspNonce: 'require' | 'send' | 'omit';
  readonly ocspHash: CertIdDigest;
}

export interface OcspAsking {
  readonly url: string;
  readonly issuerKey: string;
  /** Which certificate: its fingerprint. */
  readonly about: string;
  readonly request: () => Uint8Array;
  readonly judge: (bytes: Uint8Array) => OcspVerdict;
}

/** Fetches and keeps; gives what is newest, whatever its age. Neither rejects. */
export interface RevocationSources {
  findCrl(url: string, issuer: Certificate): Promise<Crl | undefined>;
  findOcspAnswer(asking: OcspAsking): Promise<OcspAnswer | undefined>;
}

export interface RevocationJudgeOptions {
  readonly sources: RevocationSources;
  readonly rule: RevocationRule;
  /** Rules of single issuers, by SHA-256 of their SPKI in hex. */
  readonly exceptions: ReadonlyMap<string, RevocationRule>;
  readonly intermediates: CertificatePool;
  readonly random: Random;
  /** By how much the clocks of issuers and responders may be ahead. */
  readonly skewMs: number;
}

/** Addresses tried for one certificate and one kind of source. */
const mostAddresses = 4;

export function createRevocationJudge(options: RevocationJudgeOptions): RevocationChecker {
  const { sources, intermediates, skewMs } = options;

  async function byCrl(question: RevocationQuestion, graceMs: number): Promise<RevocationStatus> {
    const { certificate, issuer } = question;
    const crls: Crl[] = [];
    let status: RevocationStatus = { status: 'unknown', detail: 'no-crl' };
    for (const url of issuerAddresses(certificate).crls.slice(0, mostAddresses)) {
      const crl = await sources.findCrl(url, issuer);
      if (!crl) continue;
      crls.push(crl);
      const time = within(skewMs, question.time, crl.thisUpdate);
      status = createCrlChecker({ crls, intermediates, graceMs }).check({ ...question, time });
      if (status.status !== 'unknown') return status;
    }
    return status;
  }

  async function byOcsp(
    question: RevocationQuestion,
    rule: RevocationRule,
    graceMs: number,
  ): Promise<RevocationStatus> {
    let status: RevocationStatus = { status: 'unknown', detail: 'no-ocsp' };
    for (const url of issuerAddresses(question.certificate).responders.slice(0, mostAddresses)) {
      const asked = await askResponder(url, question, rule, { ...options, graceMs });
      status = asked.status;
      if (status.status === 'unknown') continue;
      const { responderToCheck } = asked;
      if (!responderToCheck) return status;
      // Its issuer wants the delegate's own revocation looked up; by CRL alone, or it would vouch for itself.
      const responder = await byCrl({ ...question, certificate: responderToCheck }, graceMs);
      if (responder.status === 'good') return status;
      status = { status: 'unknown', detail: 'ocsp-responder-unchecked' };
    }
    return status;
  }

  async function inOrder(
    question: RevocationQuestion,
    rule: RevocationRule,
    graceMs: number,
  ): Promise<RevocationStatus> {
    const details: string[] = [];
    for (const kind of rule.order) {
      const status = await (kind === 'crl' ? byCrl(question, graceMs) : byOcsp(question, rule, graceMs));
      if (status.status !== 'unknown') return status;
      details.push(status.detail);
    }
    return { status: 'unknown', detail: details.join(' ') };
  }

  /** Whatever its age: a source that somebody silences must not make a revoked card good. */
  async function lastHeardRevoked(question: RevocationQuestion, rule: RevocationRule) {
    for (const kind of rule.order) {
      const status = await inOrder(question, { ...rule, order: [kind] }, Infinity);
      if (status.status === 'revoked') return status;
    }
    return undefined;
  }

  return {
    async check(question) {
      const rule = options.exceptions.get(question.issuer.keyId) ?? options.rule;
      const fresh = await inOrder(question, rule, 0);
      if (fresh.status !== 'unknown') return fresh;
      const stale = rule.graceMs > 0 ? await inOrder(question, rule, rule.graceMs) : fresh;
      if (stale.status !== 'unknown' || rule.whenUnknown === 'refuse') return stale;
      const revoked = await lastHeardRevoked(question, rule);
      if (revoked) return revoked;
      const { fingerprint } = question.certificate;
      return { status: 'good', evidence: { source: 'none', fingerprint, thisUpdate: question.time } };
    },
  };
}

/** The time to judge a list by whose issuer's clock is a little ahead. */
function within(skewMs: number, time: Date, thisUpdate: Date): Date {
  const ahead = thisUpdate.getTime() - time.getTime();
  return ahead > 0 && ahead <= skewMs ? thisUpdate : time;
}
