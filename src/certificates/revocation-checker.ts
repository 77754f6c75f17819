/** The port by which path validation learns whether a certificate was revoked: CRLs at hand, fetched CRLs, OCSP. */
import type { Certificate } from './certificate.ts';

/** Reasons of RFC 5280, section 5.3.1. */
export type RevocationReason =
  | 'unspecified'
  | 'key-compromise'
  | 'ca-compromise'
  | 'affiliation-changed'
  | 'superseded'
  | 'cessation-of-operation'
  | 'certificate-hold'
  | 'privilege-withdrawn'
  | 'aa-compromise';

/** What the answer rests on; kept with the login's audit event. */
export interface RevocationEvidence {
  /** `none`: no answer could be had, and the deployment takes that for good. */
  readonly source: 'crl' | 'ocsp' | 'none';
  /** SHA-256 of the certificate that was asked about; hex. */
  readonly fingerprint: string;
  /** SHA-256 of the SPKI of whoever signed the answer; hex. */
  readonly signerKeyId?: string;
  /** When the answer's content was true; without an answer, when it was asked for. */
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  /** CRL number, and that of the delta that was laid over it; hex. */
  readonly crlNumber?: string;
  readonly deltaCrlNumber?: string;
  /** When the OCSP responder made its answer. */
  readonly producedAt?: Date;
  /** Set when the answer is older than its nextUpdate and a grace of the deployment lets it count. */
  readonly isInGrace?: boolean;
}

export type RevocationStatus =
  | { readonly status: 'good'; readonly evidence: RevocationEvidence }
  | {
      readonly status: 'revoked';
      readonly reason: RevocationReason;
      readonly at: Date;
      readonly evidence: RevocationEvidence;
    }
  /** No answer that counts; `detail` is a short stable code, `crl-expired` for example. */
  | { readonly status: 'unknown'; readonly detail: string };

export interface RevocationQuestion {
  readonly certificate: Certificate;
  /** Whose key signed the certificate, on a path that is valid: the next in `path`, or the anchor. */
  readonly issuer: Certificate;
  /** The issuers above the certificate, `issuer` first; without the anchor. */
  readonly issuers: readonly Certificate[];
  readonly anchor: Certificate;
  readonly time: Date;
}

export interface RevocationChecker {
  check(question: RevocationQuestion): RevocationStatus | Promise<RevocationStatus>;
}
