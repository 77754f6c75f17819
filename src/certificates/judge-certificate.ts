/**
 * The one function by which logins, registration and mutual TLS judge a certificate: a valid path to a configured anchor, under a required
 * policy, for the purpose, nobody on it revoked. Where intermediates are missing they are fetched, if that is set.
 */
import { MalformedCertificate, parseCertificate, type Certificate } from './certificate.ts';
import { checkPath } from './check-path.ts';
import type { CertificatePool } from './path/certificate-pool.ts';
import { defaultTestPolicies, type Purpose } from './purpose.ts';
import type { RevocationChecker } from './revocation-checker.ts';
import { refuse, type Verdict } from './verdict.ts';

export type JudgePurpose = 'login' | 'registration' | 'mutual-tls';

export interface CertificateQuestion {
  /** Read already, or as DER. */
  readonly certificate: Certificate | Uint8Array;
  /** What came along; perhaps of use for the path. */
  readonly others?: readonly Certificate[];
  readonly purpose: JudgePurpose;
  readonly time: Date;
}

export type JudgeCertificate = (question: CertificateQuestion) => Promise<Verdict>;

export interface CertificateTrust {
  readonly anchors: CertificatePool;
  readonly intermediates: CertificatePool;
  /** OIDs of which the path must be valid under one. */
  readonly policies: readonly string[];
  readonly allowTestCertificates: boolean;
  readonly revocation: RevocationChecker;
  /** Certificates that `certificate` names as its issuer's; undefined: nothing is fetched. */
  readonly fetchIssuers?: ((certificate: Certificate) => Promise<readonly Certificate[]>) | undefined;
}

/** A certificate on a card in a browser's TLS logs in just as one that signs. */
const purposes = {
  login: 'login',
  registration: 'registration',
  'mutual-tls': 'login',
} as const satisfies Record<JudgePurpose, Purpose>;

/** Levels of issuers that are fetched before giving up. */
const mostFetchedLevels = 3;

export function createCertificateJudge(trust: CertificateTrust): JudgeCertificate {
  const { anchors, allowTestCertificates } = trust;
  const policies = [...trust.policies, ...(allowTestCertificates ? defaultTestPolicies : [])];

  const judgeWith = (certificate: Certificate, question: CertificateQuestion, pool: CertificatePool) =>
    checkPath({
      certificate,
      anchors,
      intermediates: pool,
      policies,
      explicitPolicy: true,
      allowTestCertificates,
      purpose: purposes[question.purpose],
      time: question.time,
      revocation: trust.revocation,
    });

  return async (question) => {
    const certificate = read(question.certificate);
    if (!certificate) return refuse('malformed');
    const { others = [] } = question;
    let pool = others.length > 0 ? trust.intermediates.with(others) : trust.intermediates;
    let verdict = await judgeWith(certificate, question, pool);
    let level: readonly Certificate[] = [certificate];
    for (
      let fetched = 0;
      fetched < mostFetchedLevels && lacksIssuer(verdict) && trust.fetchIssuers;
      fetched += 1
    ) {
      const found = (await Promise.all(level.map(trust.fetchIssuers))).flat();
      level = found.filter((each) => !pool.has(each)).slice(0, 4);
      if (level.length === 0) return verdict;
      pool = pool.with(level);
      verdict = await judgeWith(certificate, question, pool);
    }
    return verdict;
  };
}

function lacksIssuer(verdict: Verdict): boolean {
  return !verdict.ok && verdict.reason === 'untrusted' && verdict.detail === 'no-issuer';
}

function read(certificate: Certificate | Uint8Array): Certificate | undefined {
  if (!(certificate instanceof Uint8Array)) return certificate;
  try {
    return parseCertificate(certificate);
  } catch (error) {
    if (error instanceof MalformedCertificate) return undefined;
    throw error;
  }
}
