/** What is said of a certificate: the one closed set that logins, registration and the command share. */
import type { Certificate } from './certificate.ts';
import type { RevocationEvidence } from './revocation-checker.ts';

export const refusals = [
  'malformed',
  'untrusted',
  'not-yet-valid',
  'expired',
  'wrong-usage',
  'wrong-policy',
  'weak-algorithm',
  'revoked',
  'revocation-unknown',
  'test-certificate',
  'name-mismatch',
  'not-bound',
  'bound-elsewhere',
] as const;

export type Refusal = (typeof refusals)[number];

export interface Refused {
  readonly ok: false;
  readonly reason: Refusal;
  /** A short stable code that says more, `path-too-long` for example; no personal data. */
  readonly detail?: string;
}

export interface ValidPath {
  readonly ok: true;
  readonly certificate: Certificate;
  /** From the certificate to the one that the anchor issued; the anchor is not in it. */
  readonly path: readonly Certificate[];
  readonly anchor: Certificate;
  /** Policies under which the path is valid, of the caller's where the caller named any; OIDs, or `2.5.29.32.0` for any. */
  readonly policies: readonly string[];
  /** By what each certificate of the path was found unrevoked, in its order; empty when nobody asked. */
  readonly evidence: readonly RevocationEvidence[];
}

export type Verdict = ValidPath | Refused;

export function refuse(reason: Refusal, detail?: string): Refused {
  return { ok: false, reason, ...(detail !== undefined && { detail }) };
}
