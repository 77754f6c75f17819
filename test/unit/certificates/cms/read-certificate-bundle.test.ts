import { expect, test } from 'vitest';
import { readCertificateBundle } from '#certificates/cms/read-certificate-bundle.ts';
import { mintPki } from '#demo/pki/mint-pki.ts';
import { bundleCertificates, signCms } from '#demo/pki/sign-cms.ts';

const pki = mintPki({ at: new Date('2026-11-26T02:00:00Z') });
const ders = (bytes: Uint8Array) =>
  readCertificateBundle(bytes)?.map(({ der }) => Buffer.from(der).toString('hex'));
const hex = (...issued: readonly { certificate: Buffer }[]) =>
  issued.map(({ certificate }) => certificate.toString('hex'));

test('one certificate, and a bundle of several, are read', () => {
  expect(ders(pki.g2.certificate)).toEqual(hex(pki.g2));
  expect(ders(bundleCertificates([pki.g2, pki.g3]))?.sort()).toEqual(hex(pki.g2, pki.g3).sort());
  expect(ders(bundleCertificates([]))).toEqual([]);
});

test('a signed message gives its certificates: who signed is of no matter here', () => {
  expect(ders(signCms({ signer: pki.g2, content: Buffer.from('x') }))).toEqual(hex(pki.g2));
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a page', Buffer.from('<html>')],
  ['PEM', Buffer.from(pki.g2.pem)],
  ['half a certificate', pki.g2.certificate.subarray(0, 100)],
  ['half a bundle', bundleCertificates([pki.g2]).subarray(0, 100)],
  ['more than a bundle may hold', bundleCertificates(Array.from({ length: 33 }, () => pki.g2))],
])('%s gives none', (_, bytes) => {
  expect(readCertificateBundle(bytes)).toBeUndefined();
});
