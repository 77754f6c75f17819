/** Whether the names of a subjectAltName are written as RFC 5280, section 4.2.1.6, has them written. */
import type { GeneralName } from '../general-names.ts';

const label = String.raw`[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?`;
const dnsPattern = new RegExp(String.raw`^(?:\*\.)?${label}(?:\.${label})*$`);
const mailPattern = /^[^\s@"<>()[\]\\,;:\0]{1,64}@([^@\s]+)$/;
const uriPattern = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s\0]+$/;

export function isWellFormedName(name: GeneralName): boolean {
  switch (name.kind) {
    case 'dns':
      return isDnsName(name.value);
    case 'mail':
      return isMailAddress(name.value);
    case 'uri':
      return uriPattern.test(name.value);
    case 'ip':
      return name.value.length === 4 || name.value.length === 16;
    default:
      return true;
  }
}

/** A host name, its first label possibly an asterisk; no dot at the end. */
export function isDnsName(value: string): boolean {
  return value.length <= 253 && dnsPattern.test(value);
}

/** A bare mailbox of RFC 5280's rfc822Name, without quoted local parts. */
export function isMailAddress(value: string): boolean {
  const host = mailPattern.exec(value)?.[1];
  return host !== undefined && isDnsName(host) && !host.startsWith('*');
}
