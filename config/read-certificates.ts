/** The authorities that configuration names by file: PEM with any number of certificates, or one in DER. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ConfigFault } from './config-error.ts';

/** What every certificate of the demo's PKI carries as organisation in its subject. */
const testOrganization = 'Hufu Test PKI';

interface NamedFiles {
  readonly anchors: readonly string[];
  readonly intermediates: readonly string[];
}

export interface Authorities {
  /** DER. */
  readonly anchors: readonly Buffer[];
  readonly intermediates: readonly Buffer[];
}

/** Adds a fault for each file that cannot be read or holds no certificate. */
export function readAuthorities(named: NamedFiles, faults: ConfigFault[]): Authorities {
  const read = (kind: keyof NamedFiles) =>
    named[kind].flatMap((file, index) => {
      const found = readCertificateFile(file);
      if (!found.ok) {
        faults.push({ path: `certificates.${kind}[${index}]`, expected: found.expected, found: found.found });
        return [];
      }
      return found.certificates;
    });
  return { anchors: read('anchors'), intermediates: read('intermediates') };
}

export type CertificateFile =
  | { readonly ok: true; readonly certificates: readonly Buffer[] }
  | { readonly ok: false; readonly expected: string; readonly found: string };

export function readCertificateFile(file: string): CertificateFile {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return { ok: false, expected: `a readable file ${file}`, found: 'none' };
  }
  const blocks =
    bytes[0] === 0x30
      ? [bytes]
      : (bytes.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []);
  try {
    const certificates = blocks.map((block) => new X509Certificate(block).raw);
    if (certificates.length > 0) return { ok: true, certificates };
  } catch {
    // Told below: what OpenSSL says of it helps nobody.
  }
  return { ok: false, expected: `certificates in PEM or DER in ${file}`, found: 'something else' };
}

/** Whether the holder of `certificate` (DER) is of a PKI whose keys anybody may mint: the demo's. */
export function isOfTestPki(certificate: Buffer): boolean {
  const { subject } = new X509Certificate(certificate);
  return subject.split('\n').includes(`O=${testOrganization}`);
}
