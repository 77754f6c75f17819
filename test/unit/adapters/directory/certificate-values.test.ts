import { describe, expect, it } from 'vitest';
import {
  certificateKeys,
  formatCertificate,
  formatFormerCertificate,
  formatUses,
  parseCertificate,
  parseFormerCertificate,
  withUses,
} from '#adapters/directory/certificate-values.ts';
import {
  certificateMedia,
  formerReasons,
  holderKinds,
  type CertificateBinding,
} from '#domain/certificate-binding.ts';
import { sampleBinding, sampleIssuerKeyId } from '#test/support/certificate-bindings.ts';

const at = new Date('2026-05-06T07:08:09.010Z');
const { subjectSerial: _, ...withoutSerial } = sampleBinding();

describe('a certificate as a value', () => {
  it.each([
    ['a card', sampleBinding()],
    ['no subject serial', withoutSerial],
    ['a rare name', sampleBinding({ subjectName: '𠀀"\\\n' })],
    ...holderKinds.map((holderKind) => [holderKind, sampleBinding({ holderKind })] as const),
    ...certificateMedia.map((medium) => [medium, sampleBinding({ medium })] as const),
  ] satisfies (readonly [string, CertificateBinding])[])('is read as it was written: %s', (__, binding) => {
    expect(parseCertificate(formatCertificate(binding))).toStrictEqual(binding);
  });

  it.each(formerReasons)('ends with the reason %s and the last use', (reason) => {
    const former = { certificate: sampleBinding({ lastUsedAt: at }), endedAt: at, reason };
    expect(parseFormerCertificate(formatFormerCertificate(former))).toStrictEqual(former);
  });

  const facts = JSON.parse(formatCertificate(sampleBinding())) as Record<string, unknown>;
  it.each([
    ['no JSON', 'card'],
    ['a list', '[]'],
    ['nothing', 'null'],
    ['an issuer by name', JSON.stringify({ ...facts, issuer: 'MOICA' })],
    ['an issuer in capitals', JSON.stringify({ ...facts, issuer: 'AA'.repeat(32) })],
    ['a serial with leading zeros', JSON.stringify({ ...facts, serial: '00ab' })],
    ['a serial of 21 octets', JSON.stringify({ ...facts, serial: 'a'.repeat(41) })],
    ['a subject serial with a dot', JSON.stringify({ ...facts, subjectSerial: '1.2' })],
    ['a fingerprint cut short', JSON.stringify({ ...facts, fingerprint: 'ab' })],
    ['no name', JSON.stringify({ ...facts, subject: '' })],
    ['an unknown kind of holder', JSON.stringify({ ...facts, kind: 'robot' })],
    ['an unknown medium', JSON.stringify({ ...facts, medium: 'paper' })],
    ['a time that is none', JSON.stringify({ ...facts, notAfter: 'soon' })],
    ['an end before its beginning', JSON.stringify({ ...facts, notAfter: '20200101000000Z' })],
  ])('is not taken with %s', (__, value) => {
    expect(parseCertificate(value)).toBeUndefined();
  });

  it('is no former one without an end and a reason', () => {
    expect(parseFormerCertificate(JSON.stringify(facts))).toBeUndefined();
    const ended = { ...facts, endedAt: '20260101000000Z' };
    expect(parseFormerCertificate(JSON.stringify({ ...ended, reason: 'bored' }))).toBeUndefined();
    expect(parseFormerCertificate(JSON.stringify({ ...ended, reason: 'removed' }))).toBeDefined();
  });
});

describe('the unique keys', () => {
  it('name issuer and serial, and kind and serial of the holder', () => {
    const binding = sampleBinding({ serial: '1f', subjectSerial: '0012345678901234' });
    expect(certificateKeys([binding])).toEqual([
      `i.${sampleIssuerKeyId}.1f`,
      's.natural-person.0012345678901234',
    ]);
    expect(certificateKeys([{ ...withoutSerial, serial: '2' }])).toEqual([`i.${sampleIssuerKeyId}.2`]);
  });

  it('name the holder of two certificates once', () => {
    const holder = { subjectSerial: '0012345678901234' };
    expect(
      certificateKeys([sampleBinding(holder), sampleBinding({ ...holder, medium: 'mobile' })]),
    ).toHaveLength(3);
  });
});

describe('times of use', () => {
  it('belong to their certificate alone', () => {
    const [used, other] = [sampleBinding({ lastUsedAt: at }), sampleBinding()];
    const { lastUsedAt: __, ...plain } = used;
    expect(withUses([plain, other], formatUses([used, other]))).toStrictEqual([used, other]);
  });

  it.each(['yesterday', '', `later ${sampleIssuerKeyId}.1`])('are left out where malformed: %j', (use) => {
    const binding = sampleBinding({ serial: '1' });
    expect(withUses([binding], [use])).toStrictEqual([binding]);
  });

  it('stand in the order of registration, whatever the directory answers', () => {
    const early = sampleBinding({ registeredAt: new Date('2026-01-01T00:00:00Z') });
    const late = sampleBinding({ registeredAt: new Date('2026-06-01T00:00:00Z') });
    expect(withUses([late, early], [])).toStrictEqual([early, late]);
  });
});
