import { describe, expect, it } from 'vitest';
import { certificateEvidence } from '#certificates/certificate-evidence.ts';
import { certificateKeyOf, presentedCertificate } from '#certificates/presented-certificate.ts';
import { parseCertificate } from '#certificates/certificate.ts';
import { der } from '#demo/pki/der.ts';
import { directoryAttributesOf } from '#demo/pki/profiles.ts';
import { sampleAuthorities, sampleHolder, samplePath } from '#test/support/valid-paths.ts';

const keyIdOf = (authority: { certificate: Uint8Array }) => parseCertificate(authority.certificate).keyId;
const attributes = (...values: (readonly [number, Buffer])[]) =>
  der.sequence(
    ...values.map(([arc, value]) => der.sequence(der.oid(`2.16.886.1.100.2.${arc}`), der.set(value))),
  );

describe('what a certificate says of its holder', () => {
  it('is a person with name, serial number and four characters of the national ID', () => {
    const path = samplePath();
    expect(presentedCertificate(path)).toEqual({
      issuerKeyId: keyIdOf(sampleAuthorities.g2),
      serial: expect.stringMatching(/^[1-9a-f][0-9a-f]*$/),
      fingerprint: path.certificate.fingerprint,
      der: path.certificate.der,
      notBefore: path.certificate.notBefore,
      notAfter: path.certificate.notAfter,
      issuerName: expect.stringMatching(/./),
      subjectName: '王小明',
      subjectSerial: '0012345678901234',
      holderKind: 'natural-person',
      lastFour: '6789',
      medium: 'card',
    });
  });

  it('is on a telephone where it says so', () => {
    expect(presentedCertificate(samplePath(sampleHolder, 'mobile')).medium).toBe('mobile');
  });

  it.each(['company', 'branch', 'firm'] as const)('is an organisation: %s', (holder) => {
    const company = { organisation: '示範股份有限公司', businessNumber: '12345678', holder };
    const presented = presentedCertificate(
      samplePath(company, 'sign', { issuer: sampleAuthorities.organisations }),
    );
    expect(presented).toMatchObject({
      holderKind: holder,
      subjectName: '示範股份有限公司',
      subjectSerial: '12345678',
      medium: 'card',
    });
    expect(presented).not.toHaveProperty('lastFour');
  });

  it.each([
    ['no attributes', 'none' as const],
    ['an unknown kind', attributes([1, der.oid('2.16.886.1.100.3.9')])],
    ['a kind that is no OID', attributes([1, der.utf8('person')])],
    ['two kinds', attributes([1, der.oid('2.16.886.1.100.3.1.1')], [1, der.oid('2.16.886.1.100.3.2.3.1')])],
  ])('is nobody known with %s', (_, directoryAttributes) => {
    const presented = presentedCertificate(samplePath(sampleHolder, 'sign', { directoryAttributes }));
    expect(presented).not.toHaveProperty('holderKind');
  });

  it('has no four characters where there are several, or no text', () => {
    for (const values of [
      [
        [51, der.utf8('6789')],
        [51, der.utf8('1111')],
      ],
      [[51, der.oid('1.2.3')]],
    ] as const) {
      const path = samplePath(sampleHolder, 'sign', { directoryAttributes: attributes(...values) });
      expect(presentedCertificate(path)).not.toHaveProperty('lastFour');
    }
    const whole = directoryAttributesOf(sampleHolder, 'sign');
    const path = samplePath(sampleHolder, 'sign', { directoryAttributes: whole });
    expect(presentedCertificate(path).lastFour).toBe('6789');
  });
});

describe('the key of a certificate', () => {
  it('names the issuer by its key: CAs of one name are two', () => {
    const serial = Buffer.from('40ab', 'hex');
    const [g2, g3] = [sampleAuthorities.g2, sampleAuthorities.g3].map((issuer) =>
      certificateKeyOf(samplePath(sampleHolder, 'sign', { issuer, serial })),
    );
    expect(g2).toEqual({ issuerKeyId: keyIdOf(sampleAuthorities.g2), serial: '40ab' });
    expect(g3).toEqual({ issuerKeyId: keyIdOf(sampleAuthorities.g3), serial: '40ab' });
  });

  it('has a serial number without the octet that keeps it positive', () => {
    const path = samplePath(sampleHolder, 'sign', { serial: Buffer.from('00f1', 'hex') });
    expect(certificateKeyOf(path).serial).toBe('f1');
  });

  it('names the anchor where it signed itself', () => {
    const path = samplePath();
    const short = { ...path, path: path.path.slice(0, 1) };
    expect(certificateKeyOf(short).issuerKeyId).toBe(keyIdOf(sampleAuthorities.root));
  });
});

describe('evidence', () => {
  it('is digests, policies and what each was found unrevoked by', () => {
    const path = samplePath();
    const thisUpdate = new Date('2026-03-02T00:00:00.000Z');
    const { fingerprint } = path.certificate;
    const found = { fingerprint, signerKeyId: 'x', thisUpdate };
    expect(
      certificateEvidence({
        ...path,
        evidence: [
          { ...found, source: 'crl', crlNumber: '0a', deltaCrlNumber: '0b', isInGrace: true },
          { ...found, source: 'ocsp' },
        ],
      }),
    ).toEqual({
      fingerprint,
      path: `${keyIdOf(sampleAuthorities.g2)} ${keyIdOf(sampleAuthorities.root)}`,
      policies: '2.16.886.101.0.3.3',
      revocation: 'crl 0a 0b 2026-03-02T00:00:00.000Z grace, ocsp 2026-03-02T00:00:00.000Z',
    });
    expect(certificateEvidence(path)).not.toHaveProperty('revocation');
  });
});
