/**
 * Whether a certificate is the one that a client of tls_client_auth registered (RFC 8705, section 2.1.2), by its subject or by one name. Names
 * are compared whole; what the platform writes in a form that could be read in two ways matches nothing.
 */
import type { X509Certificate } from 'node:crypto';

export const subjectKeys = [
  'tls_client_auth_subject_dn',
  'tls_client_auth_san_dns',
  'tls_client_auth_san_uri',
  'tls_client_auth_san_ip',
  'tls_client_auth_san_email',
] as const;

export type SubjectKey = (typeof subjectKeys)[number];

const sanKinds: Readonly<Record<string, string>> = {
  tls_client_auth_san_dns: 'DNS',
  tls_client_auth_san_uri: 'URI',
  tls_client_auth_san_ip: 'IP Address',
  tls_client_auth_san_email: 'email',
};

export function matchesSubject(certificate: X509Certificate, key: string, expected: string): boolean {
  if (key === 'tls_client_auth_subject_dn') return isSameName(certificate.subject, expected);
  const kind = sanKinds[key];
  return kind !== undefined && alternativeNames(certificate).includes(`${kind}:${expected}`);
}

/** Node gives one line an RDN, in the order of the certificate; RFC 4514 begins with the last. */
function isSameName(subject: string, expected: string): boolean {
  const lines = subject.split('\n');
  const parts = expected.split(/,\s*/);
  // Several values in one RDN, and escapes: two ways to read.
  if ([...lines, ...parts].some((part) => /[\\"+]/.test(part) || !part.includes('='))) return false;
  const normal = (part: string) => {
    const at = part.indexOf('=');
    return `${part.slice(0, at).trim().toUpperCase()}=${part.slice(at + 1).trim()}`;
  };
  return lines.map(normal).toReversed().join('\n') === parts.map(normal).join('\n');
}

/** Names with quotes (Node quotes what holds a comma or a control character) are left out. */
function alternativeNames({ subjectAltName }: X509Certificate): readonly string[] {
  if (subjectAltName === undefined || subjectAltName.includes('"')) return [];
  return subjectAltName.split(', ');
}
