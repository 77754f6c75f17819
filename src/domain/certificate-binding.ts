/**
 * A certificate bound to an account (certificates §1): what is kept of it, and the keys by which it is one account's
 * alone. An issuer is told by its key, never by its name: several generations of a CA share one.
 */

/** Whom a certificate was made out to (attribute 2.16.886.1.100.2.1, certificates §1 and §2). */
export type HolderKind =
  | 'natural-person'
  | 'company'
  | 'branch'
  | 'firm'
  | 'agency'
  | 'agency-unit'
  | 'association';

export const holderKinds: readonly HolderKind[] = [
  'natural-person',
  'company',
  'branch',
  'firm',
  'agency',
  'agency-unit',
  'association',
];

/** Where the private key is. */
export type CertificateMedium = 'card' | 'mobile';

export const certificateMedia: readonly CertificateMedium[] = ['card', 'mobile'];

/** What tells one certificate from every other. */
export interface CertificateKey {
  /** SHA-256 of the validated issuer's SubjectPublicKeyInfo: 64 hex digits, lower case. */
  readonly issuerKeyId: string;
  /** The certificate's serial number: hex, lower case, without leading zeros. */
  readonly serial: string;
}

export interface CertificateBinding extends CertificateKey {
  readonly holderKind: HolderKind;
  /** The subject's serialNumber, for a natural person 16 digits: the same holder's other certificates may share it. */
  readonly subjectSerial?: string;
  /** SHA-256 of the certificate's DER: 64 hex digits, lower case. */
  readonly fingerprint: string;
  /** The holder's name as the certificate has it. */
  readonly subjectName: string;
  /** The issuer's name, for people to read. */
  readonly issuerName: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly medium: CertificateMedium;
  readonly registeredAt: Date;
  /** Last login with this certificate. */
  readonly lastUsedAt?: Date;
}

/** A binding that has ended, kept as history. */
export interface FormerCertificate {
  readonly certificate: CertificateBinding;
  readonly endedAt: Date;
  /** `replaced`: the person registered another in its place. `removed`: the person took it away. `withdrawn`: a manager did. */
  readonly reason: 'replaced' | 'removed' | 'withdrawn';
}

export const formerReasons: readonly FormerCertificate['reason'][] = ['replaced', 'removed', 'withdrawn'];

/** 32 octets as they are written here. */
const digest = /^[0-9a-f]{64}$/;
/** At most 20 octets (RFC 5280 §4.1.2.2). */
const serialNumber = /^(?:0|[1-9a-f][0-9a-f]{0,39})$/;
/** Fit for a key whose parts a dot separates. */
const subjectSerial = /^[0-9A-Za-z-]{1,64}$/;

export function isCertificateKey({ issuerKeyId, serial }: CertificateKey): boolean {
  return digest.test(issuerKeyId) && serialNumber.test(serial);
}

/** Whether the binding's keys are well formed, so that it can be told from every other. */
export function isCertificateBinding(binding: CertificateBinding): boolean {
  return (
    isCertificateKey(binding) &&
    digest.test(binding.fingerprint) &&
    (binding.subjectSerial === undefined || subjectSerial.test(binding.subjectSerial)) &&
    binding.subjectName !== '' &&
    binding.notBefore.getTime() <= binding.notAfter.getTime()
  );
}

export function isSameCertificate(a: CertificateKey, b: CertificateKey): boolean {
  return a.issuerKeyId === b.issuerKeyId && a.serial === b.serial;
}

/** Whether the certificate's own time is running at `now`; says nothing of revocation. */
export function isInTime({ notBefore, notAfter }: CertificateBinding, now: Date): boolean {
  return notBefore.getTime() <= now.getTime() && now.getTime() <= notAfter.getTime();
}

/** A serial number in hex in the form that keys have: lower case, without leading zeros. */
export function canonicalSerial(hex: string): string {
  return hex.toLowerCase().replace(/^0+(?=.)/, '');
}
