import { expect, test } from 'vitest';
import {
  canonicalSerial,
  isCertificateBinding,
  isCertificateKey,
  isInTime,
  isSameCertificate,
} from '#domain/certificate-binding.ts';
import { sampleBinding, sampleIssuerKeyId } from '#test/support/certificate-bindings.ts';

test('a serial number has one form', () => {
  expect(canonicalSerial('00AB01')).toBe('ab01');
  expect(canonicalSerial('0')).toBe('0');
  expect(canonicalSerial('0000')).toBe('0');
});

test('a key is a whole digest and a canonical serial number', () => {
  expect(isCertificateKey({ issuerKeyId: sampleIssuerKeyId, serial: '0' })).toBe(true);
  expect(isCertificateKey({ issuerKeyId: sampleIssuerKeyId, serial: 'f'.repeat(40) })).toBe(true);
  for (const serial of ['', '01', 'AB', '-1', '*', 'f'.repeat(41), '1)(uid=*']) {
    expect(isCertificateKey({ issuerKeyId: sampleIssuerKeyId, serial }), serial).toBe(false);
  }
  for (const issuerKeyId of ['', 'MOICA', sampleIssuerKeyId.toUpperCase(), `${sampleIssuerKeyId}0`]) {
    expect(isCertificateKey({ issuerKeyId, serial: '1' }), issuerKeyId).toBe(false);
  }
});

test('the same serial number of another issuer is another certificate', () => {
  const binding = sampleBinding();
  expect(isSameCertificate(binding, { ...binding })).toBe(true);
  expect(isSameCertificate(binding, { ...binding, issuerKeyId: '00'.repeat(32) })).toBe(false);
  expect(isSameCertificate(binding, { ...binding, serial: '1' })).toBe(false);
});

test('a binding is well formed or nothing', () => {
  expect(isCertificateBinding(sampleBinding())).toBe(true);
  expect(isCertificateBinding(sampleBinding({ subjectSerial: 's.1' }))).toBe(false);
  expect(isCertificateBinding(sampleBinding({ fingerprint: 'AA'.repeat(32) }))).toBe(false);
  expect(isCertificateBinding(sampleBinding({ subjectName: '' }))).toBe(false);
  expect(isCertificateBinding(sampleBinding({ notAfter: new Date(0) }))).toBe(false);
});

test('its time runs from the first to the last millisecond', () => {
  const { notBefore, notAfter } = sampleBinding();
  const before = new Date(notBefore.getTime() - 1);
  const after = new Date(notAfter.getTime() + 1);
  const inTime = [before, notBefore, notAfter, after].map((now) => isInTime(sampleBinding(), now));
  expect(inTime).toEqual([false, true, true, false]);
});
