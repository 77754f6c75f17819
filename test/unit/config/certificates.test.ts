import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import path from 'node:path';
import { X509CertificateGenerator } from '@peculiar/x509';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createConfigFiles, minimal, production, type ConfigFiles } from '#test/support/config-files.ts';

const pem = new Map<string, string>();
let files: ConfigFiles;

beforeAll(async () => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  for (const name of [
    'O=Example Agency, CN=Root',
    'O=Hufu Test PKI, CN=Root',
    'O=Example, CN=O\\=Hufu Test PKI',
  ]) {
    const certificate = await X509CertificateGenerator.createSelfSigned({
      name,
      keys,
      signingAlgorithm: algorithm,
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2036-01-01T00:00:00Z'),
    });
    pem.set(name, certificate.toString('pem'));
  }
});
beforeEach(() => {
  files = createConfigFiles();
  files.write('real.pem', pem.get('O=Example Agency, CN=Root') ?? '');
  files.write('test.pem', pem.get('O=Hufu Test PKI, CN=Root') ?? '');
  files.write('named-alike.pem', pem.get('O=Example, CN=O\\=Hufu Test PKI') ?? '');
  files.write('both.pem', [...pem.values()].slice(0, 2).join('\n'));
  files.write('page.pem', '<html>not found</html>');
});
afterEach(() => files[Symbol.dispose]());

const load = (text: string) => files.load([files.write('hufu.yaml', `${minimal}${text}`)]).certificates;
const faults = (base: string, text: string) =>
  files.faults([files.write('hufu.yaml', `${base}${text}`)]).map((fault) => fault.path);

test('without the section there are no certificate logins', () => {
  expect(load('')).toBeUndefined();
});

test('authorities are read, one or many a file, and everything else has a default that fails closed', () => {
  const loaded = load('certificates: { anchors: [both.pem, real.pem], intermediates: [test.pem] }');
  expect([loaded?.anchors.length, loaded?.intermediates.length]).toEqual([3, 1]);
  expect(loaded).toMatchObject({
    policies: ['2.16.886.101.0.3.3'],
    allowTestPolicy: false,
    fetchIssuers: false,
    fetch: { hosts: [], allow: [], crlMegabytes: 64 },
    revocation: { order: ['crl', 'ocsp'], whenUnknown: 'refuse', graceSeconds: 0, exceptions: [] },
    folder: path.join(files.folder, 'data', 'certificate-trust'),
  });
});

test('a file that is missing or holds no certificate is told of', () => {
  expect(
    faults(minimal, 'certificates: { anchors: [gone.pem, page.pem], intermediates: [page.pem] }'),
  ).toEqual(['certificates.anchors[0]', 'certificates.anchors[1]', 'certificates.intermediates[0]']);
});

test.each([
  ['no anchor', 'anchors: []', 'certificates.anchors'],
  [
    'a source asked twice',
    'anchors: [real.pem], revocation: { order: [crl, crl] }',
    'certificates.revocation.order',
  ],
  ['no source at all', 'anchors: [real.pem], revocation: { order: [] }', 'certificates.revocation.order'],
  [
    'an exception for no key',
    'anchors: [real.pem], revocation: { exceptions: [{ issuerKey: abc }] }',
    'certificates.revocation.exceptions[0].issuerKey',
  ],
  [
    'an issuer with two rules',
    `anchors: [real.pem], revocation: { exceptions: [{ issuerKey: ${'ab'.repeat(32)} }, { issuerKey: ${'ab'.repeat(32)} }] }`,
    'certificates.revocation.exceptions',
  ],
  [
    'a grace without end',
    'anchors: [real.pem], revocation: { graceSeconds: 9999999 }',
    'certificates.revocation.graceSeconds',
  ],
  ['a policy that is no OID', 'anchors: [real.pem], policies: [level-3]', 'certificates.policies[0]'],
])('%s is a fault', (_, text, path) => {
  expect(faults(minimal, `certificates: { ${text} }`)).toEqual([path]);
});

test('off loopback the test PKI is nobody’s authority, wherever in a file it stands', () => {
  const named = (anchor: string, intermediate: string) =>
    `certificates: { anchors: [${anchor}], intermediates: [${intermediate}] }`;
  expect(faults(production, named('test.pem', 'real.pem'))).toEqual(['certificates.anchors[0]']);
  expect(faults(production, named('real.pem', 'both.pem'))).toEqual(['certificates.intermediates[0]']);
  expect(faults(production, named('real.pem', 'named-alike.pem'))).toEqual([]);
  expect(faults(minimal, named('test.pem', 'test.pem'))).toEqual([]);
});

test('off loopback certificates of the test level are not taken', () => {
  const text = 'certificates: { anchors: [real.pem], allowTestPolicy: true }';
  expect(faults(production, text)).toEqual(['certificates.allowTestPolicy']);
  expect(faults(minimal, text)).toEqual([]);
});
