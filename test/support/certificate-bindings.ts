/** Builders of bindings: each one differs from every other unless its keys are given. */
import { randomBytes } from 'node:crypto';
import { canonicalSerial, type CertificateBinding } from '#domain/certificate-binding.ts';

export const sampleIssuerKeyId = '5a'.repeat(32);

/** A natural person's card, valid from 2026-01-01 to 2031-01-01, registered on 2026-03-02. */
export function sampleBinding(changes: Partial<CertificateBinding> = {}): CertificateBinding {
  return {
    issuerKeyId: sampleIssuerKeyId,
    serial: canonicalSerial(randomBytes(16).toString('hex')),
    holderKind: 'natural-person',
    subjectSerial: Array.from(randomBytes(16), (byte) => byte % 10).join(''),
    fingerprint: randomBytes(32).toString('hex'),
    subjectName: '王小明',
    issuerName: '內政部憑證管理中心',
    notBefore: new Date('2026-01-01T00:00:00.000Z'),
    notAfter: new Date('2031-01-01T00:00:00.000Z'),
    medium: 'card',
    registeredAt: new Date('2026-03-02T03:04:05.678Z'),
    ...changes,
  };
}
