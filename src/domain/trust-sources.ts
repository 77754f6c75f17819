/** What is known of the places that revocation is fetched from, for operators and their monitoring. */

/** Why nothing, or nothing usable, came from a source. A code: fit for logs, metrics and pages. */
export type SourceFailure =
  | 'host-not-allowed'
  | 'address-not-permitted'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'redirected'
  | 'http-status'
  | 'too-large'
  | 'truncated'
  | 'malformed'
  | 'wrong-issuer'
  | 'other-scope'
  | 'wrong-signature'
  | 'weak-algorithm'
  | 'unsupported'
  | 'not-yet-valid'
  | 'expired'
  | 'older'
  | 'responder-error'
  | 'other-certificate'
  | 'wrong-nonce'
  | 'no-nonce'
  | 'untrusted-responder'
  | 'disk';

export interface TrustSource {
  readonly kind: 'crl' | 'ocsp';
  readonly url: string;
  /** SHA-256 of the issuer's SubjectPublicKeyInfo, hexadecimal. */
  readonly issuerKey: string;
  /** When something usable came last, or was found unchanged. */
  readonly lastSuccess?: Date;
  readonly lastTry?: Date;
  readonly lastFailure?: SourceFailure;
  /** Failures since the last success. */
  readonly failures: number;
  /** Failures since the program started. */
  readonly failuresInAll: number;
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date;
  /** Number of the CRL, decimal. */
  readonly number?: string;
  readonly entries?: number;
  readonly bytes?: number;
}

export interface TrustSourceOperations {
  /** In the order of their addresses. */
  list(): readonly TrustSource[];
  /** Fetches every CRL anew, whatever its age; resolves when each has been tried. Gives how many failed. */
  refreshAll(): Promise<{ readonly tried: number; readonly failed: number }>;
}

/** An authority of the configuration, as operators see it. */
export interface TrustedAuthority {
  readonly kind: 'anchor' | 'intermediate';
  /** The subject's distinguished name as text. */
  readonly subject: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SHA-256 of the SubjectPublicKeyInfo, hexadecimal. */
  readonly keyId: string;
}
