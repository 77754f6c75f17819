/** Decides on a certificate in files, by the function that logins ask: for operators, and for suites of test vectors. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { MalformedCertificate, parseCertificate, type Certificate } from '#certificates/certificate.ts';
import { checkPath } from '#certificates/check-path.ts';
import { createCrlChecker } from '#certificates/crl/crl-checker.ts';
import { MalformedCrl, parseCrl, type Crl } from '#certificates/crl/crl.ts';
import { CertificatePool } from '#certificates/path/certificate-pool.ts';
import { readPem } from '#certificates/pem.ts';
import { purposes, type Purpose } from '#certificates/purpose.ts';
import { refuse, type Verdict } from '#certificates/verdict.ts';

export { purposes };
export type { Purpose, Verdict };

export interface FileQuestion {
  /** PEM; the certificate first. */
  readonly chain: string;
  readonly anchors: string;
  /** PEM or DER. Empty: revocation is not looked into. */
  readonly crls: readonly string[];
  readonly time: Date;
  readonly purpose: Purpose;
  /** OIDs; empty: any. */
  readonly policies: readonly string[];
  readonly explicitPolicy: boolean;
  readonly inhibitMapping: boolean;
  readonly inhibitAny: boolean;
}

/** A file that is not there, cannot be read, or is larger than what is ever right. */
export class UnusableFile extends Error {
  constructor(file: string, why: string) {
    super(`${file} ${why}`);
    this.name = 'UnusableFile';
  }
}

const mostCertificateBytes = 16 * 1024 * 1024;
/** A CRL of 64 MiB in base64. */
const mostCrlFileBytes = 96 * 1024 * 1024;

/** Throws `UnusableFile`. What cannot be read in a file counts as not being there, except the certificate itself. */
export async function checkCertificateFiles(question: FileQuestion): Promise<Verdict> {
  const { chain, anchors, crls, policies, ...rest } = question;
  const [leaf, ...others] = readCertificates(chain);
  const trusted = readCertificates(anchors);
  const lists = crls.flatMap(readCrls);
  if (!leaf) return refuse('malformed', 'no-certificate');
  if (leaf instanceof MalformedCertificate) return refuse('malformed', leaf.code);
  const intermediates = new CertificatePool(others.filter(isReadable));
  return checkPath({
    ...rest,
    certificate: leaf,
    intermediates,
    anchors: new CertificatePool(trusted.filter(isReadable)),
    ...(policies.length > 0 && { policies }),
    ...(crls.length > 0 && { revocation: createCrlChecker({ crls: lists, intermediates }) }),
  });
}

function isReadable(read: Certificate | MalformedCertificate): read is Certificate {
  return !(read instanceof MalformedCertificate);
}

function readCertificates(file: string): (Certificate | MalformedCertificate)[] {
  const blocks = readPem(readBounded(file, mostCertificateBytes).toString('latin1'), 'CERTIFICATE');
  return blocks.map((der) => {
    try {
      return parseCertificate(der ?? new Uint8Array());
    } catch (error) {
      if (error instanceof MalformedCertificate) return error;
      throw error;
    }
  });
}

function readCrls(file: string): Crl[] {
  const bytes = readBounded(file, mostCrlFileBytes);
  const blocks = bytes[0] === 0x30 ? [bytes] : readPem(bytes.toString('latin1'), 'X509 CRL');
  return blocks.flatMap((der) => {
    try {
      return der ? [parseCrl(der)] : [];
    } catch (error) {
      if (error instanceof MalformedCrl) return [];
      throw error;
    }
  });
}

function readBounded(file: string, mostBytes: number): Buffer {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    if (fstatSync(descriptor).size > mostBytes) throw new UnusableFile(file, 'is too large');
    return readFileSync(descriptor);
  } catch (error) {
    if (error instanceof UnusableFile || !(error instanceof Error)) throw error;
    throw new UnusableFile(file, `cannot be read: ${error.message}`);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
