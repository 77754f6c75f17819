import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '#src/main.ts';
import { pkitsPem } from '#test/support/certificates/pkits.ts';

let folder: string;
let out: string;
let err: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'check-certificate-'));
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((out += String(text))));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((err += String(text))));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function file(name: string, ...pems: readonly string[]): string {
  const written = path.join(folder, name);
  writeFileSync(written, pems.join('\n'));
  return written;
}

const then = ['--time', '2011-04-15T00:00:00Z'];
const cert = (name: string) => pkitsPem('certs', name);
const crl = (name: string) => pkitsPem('crls', name);
const anchors = () => file('anchors.pem', cert('TrustAnchorRootCertificate'));
const chain = (...names: readonly string[]) => file('chain.pem', ...names.map(cert));
const good = () => ['--chain', chain('ValidCertificatePathTest1EE', 'GoodCACert'), '--anchors', anchors()];

const check = (...args: readonly string[]) => main(['check-certificate', ...args]);

test('a valid certificate: 0, its path and policies', async () => {
  await expect(check(...good(), ...then, '--json')).resolves.toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    valid: true,
    verdict: 'valid',
    path: [expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)],
    policies: ['2.16.840.1.101.3.2.1.48.1'],
    evidence: [],
  });
});

test('without --json a sentence', async () => {
  await expect(check(...good(), ...then)).resolves.toBe(0);
  expect(out).toMatch(/^The certificate is valid: 2 below the anchor [0-9a-f]{64}\n/);
  out = '';
  await expect(check(...good(), '--time', '2031-01-01')).resolves.toBe(1);
  expect(out).toBe('The certificate has expired, or one above it has (expired)\n');
});

test('with a CRL revocation is required for the whole path', async () => {
  const root = file('root.crl', crl('TrustAnchorRootCRL'));
  const ca = file('ca.crl', crl('GoodCACRL'));
  const both = ['--crl', root, '--crl', ca];
  await expect(check(...good(), ...then, ...both, '--json')).resolves.toBe(0);
  expect(JSON.parse(out).evidence).toHaveLength(2);
  out = '';
  await expect(check(...good(), ...then, '--crl', root, '--json')).resolves.toBe(1);
  expect(JSON.parse(out)).toEqual({ valid: false, verdict: 'revocation-unknown', detail: 'no-crl' });
  out = '';
  const revoked = ['--chain', chain('InvalidRevokedEETest3EE', 'GoodCACert'), '--anchors', anchors()];
  await expect(check(...revoked, ...then, ...both, '--json')).resolves.toBe(1);
  expect(JSON.parse(out)).toMatchObject({ valid: false, verdict: 'revoked' });
});

test('policies', async () => {
  const policy = (last: number) => ['--policy', `2.16.840.1.101.3.2.1.48.${last}`];
  await expect(check(...good(), ...then, '--explicit-policy', ...policy(1))).resolves.toBe(0);
  await expect(check(...good(), ...then, '--explicit-policy', ...policy(2), '--json')).resolves.toBe(1);
  expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({ verdict: 'wrong-policy' });
});

test('a purpose asks for more', async () => {
  await expect(check(...good(), ...then, '--purpose', 'login')).resolves.toBe(0);
  await expect(check(...good(), ...then, '--purpose', 'registration')).resolves.toBe(0);
});

test('what is no certificate is malformed, not misuse', async () => {
  const garbage = file('garbage.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  await expect(check('--chain', garbage, '--anchors', anchors(), '--json')).resolves.toBe(1);
  expect(JSON.parse(out)).toMatchObject({ valid: false, verdict: 'malformed' });
  out = '';
  await expect(check('--chain', file('empty.pem'), '--anchors', anchors(), '--json')).resolves.toBe(1);
  expect(JSON.parse(out)).toEqual({ valid: false, verdict: 'malformed', detail: 'no-certificate' });
});

test.each([
  ['no files', () => []],
  ['no anchors', () => good().slice(0, 2)],
  ['an unknown purpose', () => [...good(), '--purpose', 'fun']],
  ['a time that is none', () => [...good(), '--time', 'yesterday']],
  ['a policy that is no OID', () => [...good(), '--policy', 'strict']],
  ['an unknown option', () => [...good(), '--loose']],
  ['a file that is not there', () => ['--chain', path.join(folder, 'none'), '--anchors', anchors()]],
])('misuse, 2: %s', async (_, args) => {
  await expect(check(...args())).resolves.toBe(2);
  expect(err).not.toBe('');
});
