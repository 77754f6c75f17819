/** The runs of PKITS (test/vectors/pkits), each as a question to `checkPath`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseCertificate, type Certificate } from '#certificates/certificate.ts';
import type { PathQuestion } from '#certificates/check-path.ts';
import { createCrlChecker } from '#certificates/crl/crl-checker.ts';
import { MalformedCrl, parseCrl, type Crl } from '#certificates/crl/crl.ts';
import { CertificatePool } from '#certificates/path/certificate-pool.ts';

export interface PkitsRun {
  /** Section and number, with `#` and the part where a test has several. */
  readonly id: string;
  readonly name: string;
  readonly anchor: string;
  /** Leaf first; among the rest may be certificates that are not on the path. */
  readonly chain: readonly string[];
  readonly crls: readonly string[];
  readonly valid: boolean;
  readonly time: string;
  readonly initialPolicySet: readonly string[] | null;
  readonly explicitPolicy: boolean | null;
  readonly inhibitMapping: boolean | null;
  readonly inhibitAny: boolean | null;
  /** With the empty string in the place of no policy at all. */
  readonly userConstrainedPolicySet: readonly string[] | null;
}

const folder = path.resolve('test/vectors/pkits');

export const pkitsRuns = JSON.parse(
  readFileSync(path.join(folder, 'pkits.json'), 'utf8'),
) as readonly PkitsRun[];

/** Throws `MalformedCertificate` when a certificate of the run cannot be read. */
export function pkitsQuestion(run: PkitsRun): PathQuestion {
  const [certificate, ...others] = run.chain.map(pkitsCertificate);
  if (!certificate) throw new Error(`${run.id} has no certificate`);
  const intermediates = new CertificatePool(others);
  return {
    certificate,
    intermediates,
    revocation: createCrlChecker({ crls: readableCrls(run), intermediates }),
    anchors: new CertificatePool([pkitsCertificate(run.anchor)]),
    time: new Date(run.time),
    purpose: 'any',
    policies: run.initialPolicySet?.map(pkitsPolicy),
    explicitPolicy: run.explicitPolicy ?? false,
    inhibitMapping: run.inhibitMapping ?? false,
    inhibitAny: run.inhibitAny ?? false,
  };
}

/** A certificate or CRL of the suite, as PEM. */
export function pkitsPem(kind: 'certs' | 'crls', name: string): string {
  const [extension, label] = kind === 'certs' ? ['crt', 'CERTIFICATE'] : ['crl', 'X509 CRL'];
  const base64 = readFileSync(path.join(folder, kind, `${name}.${extension}`)).toString('base64');
  return `-----BEGIN ${label}-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;
}

/** Those that cannot be read are as good as missing. */
function readableCrls({ crls }: PkitsRun): readonly Crl[] {
  return crls.flatMap((name) => {
    try {
      return [parseCrl(readFileSync(path.join(folder, 'crls', `${name}.crl`)))];
    } catch (error) {
      if (error instanceof MalformedCrl) return [];
      throw error;
    }
  });
}

export function pkitsPolicy(name: string): string {
  if (name === 'anyPolicy') return '2.5.29.32.0';
  return `2.16.840.1.101.3.2.1.48.${name.slice('NIST-test-policy-'.length)}`;
}

export function pkitsCertificate(name: string): Certificate {
  return parseCertificate(readFileSync(path.join(folder, 'certs', `${name}.crt`)));
}
