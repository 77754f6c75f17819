import { describe, expect, test } from 'vitest';
import { createCrlChecker } from '#certificates/crl/crl-checker.ts';
import type { Crl } from '#certificates/crl/crl.ts';
import { extensionIds as ids } from '#certificates/extensions/extensions.ts';
import { CertificatePool } from '#certificates/path/certificate-pool.ts';
import { extension, extensions } from '#demo/pki/extensions.ts';
import { der } from '#demo/pki/der.ts';
import { crlOf, mint, mintCa, now, serialOf, type Minted } from '#test/support/certificates/mint.ts';

const address = 'http://crl.example.tw/7.crl';
const root = mintCa();
const leaf = mint({
  issuer: root,
  extensions: { [ids.crlDistributionPoints]: extensions.crlDistributionPoints([address]) },
});
const day = 86_400_000;
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const entry = (reason?: number, of: Minted = leaf) => ({
  revoked: [{ serial: serialOf(of), at: now, ...(reason !== undefined && { reason }) }],
});

function ask(
  crls: readonly Crl[],
  { signers = [] as readonly Minted[], time = now, graceMs = 0, of = leaf } = {},
) {
  const intermediates = new CertificatePool(signers.map(({ certificate }) => certificate));
  const { certificate } = of;
  const anchor = root.certificate;
  return createCrlChecker({ crls, intermediates, graceMs }).check({
    certificate,
    issuer: anchor,
    issuers: [],
    anchor,
    time,
  });
}

describe('time', () => {
  test('a CRL counts from thisUpdate to nextUpdate, and for the grace that is set after it', () => {
    const crl = crlOf(root);
    expect(ask([crl])).toMatchObject({ status: 'good' });
    expect(ask([crl], { time: later(-2 * day) })).toEqual({ status: 'unknown', detail: 'crl-not-yet-valid' });
    const over = later(day + 1000);
    expect(ask([crl], { time: over })).toEqual({ status: 'unknown', detail: 'crl-expired' });
    expect(ask([crl], { time: over, graceMs: 1000 })).toMatchObject({
      status: 'good',
      evidence: { isInGrace: true },
    });
    expect(ask([crl], { time: over, graceMs: 999 })).toMatchObject({ status: 'unknown' });
  });

  test('the newer of two counts', () => {
    const old = crlOf(root, { ...entry(6), thisUpdate: later(-2 * day), number: 1 });
    const newer = crlOf(root, { number: 2 });
    expect(ask([old, newer])).toMatchObject({ status: 'good', evidence: { crlNumber: '2' } });
    expect(
      ask([crlOf(root, { thisUpdate: later(-2 * day) }), crlOf(root, { ...entry(1), number: 2 })]),
    ).toMatchObject({
      status: 'revoked',
      reason: 'key-compromise',
    });
  });
});

describe('scope', () => {
  test.each([
    ['its partition', { url: address }, 'good'],
    ['another partition', { url: 'http://crl.example.tw/8.crl' }, 'no-crl'],
    ['users alone', { onlyUserCerts: true }, 'good'],
    ['CAs alone', { onlyCaCerts: true }, 'no-crl'],
    ['indirect, of its own issuer', { indirect: true }, 'good'],
  ])('%s', (_, partition, expected) => {
    const answer = ask([crlOf(root, { partition })]);
    expect(answer.status === 'unknown' ? answer.detail : answer.status).toBe(expected);
  });

  test('a partition says nothing of a certificate that does not point to it', () => {
    const of = mint({ issuer: root });
    expect(ask([crlOf(root, { partition: { url: address } })], { of })).toMatchObject({ detail: 'no-crl' });
    expect(ask([crlOf(root)], { of })).toMatchObject({ status: 'good' });
  });
});

describe('delta', () => {
  const base = crlOf(root, { number: 5 });
  const held = crlOf(root, { ...entry(6), number: 5 });
  const delta = (spec = {}) => crlOf(root, { deltaBase: 5, number: 6, ...spec });

  test('alone it says nothing', () => {
    expect(ask([delta()])).toEqual({ status: 'unknown', detail: 'no-crl' });
  });

  test('it revokes, and takes back a hold', () => {
    expect(ask([base, delta(entry(1))])).toMatchObject({ status: 'revoked', reason: 'key-compromise' });
    expect(ask([held])).toMatchObject({ status: 'revoked', reason: 'certificate-hold' });
    expect(ask([held, delta(entry(8))])).toMatchObject({
      status: 'good',
      evidence: { crlNumber: '5', deltaCrlNumber: '6' },
    });
  });

  test('one that builds on a later list, is not newer, or is over, changes nothing', () => {
    for (const spec of [{ deltaBase: 6 }, { number: 5 }, { nextUpdate: later(-1000) }]) {
      expect(ask([held, delta({ ...entry(8), ...spec })])).toMatchObject({ status: 'revoked' });
    }
  });

  test('a complete list that says "removed" has the certificate on it all the same', () => {
    expect(ask([crlOf(root, entry(8))])).toMatchObject({ status: 'revoked', reason: 'unspecified' });
  });
});

describe('who signed', () => {
  const crlSigner = (spec = {}) => mint({ issuer: root, name: root.subject, keyUsage: ['cRLSign'], ...spec });

  test('a key of the same CA for CRLs, itself on a valid path and unrevoked', () => {
    const signer = crlSigner();
    const signers = [signer];
    expect(
      ask([crlOf(signer), crlOf(root, { partition: { onlyCaCerts: true } })], { signers }),
    ).toMatchObject({
      status: 'good',
      evidence: { signerKeyId: signer.certificate.keyId },
    });
    const selfRevoking = crlOf(signer, entry(1, signer));
    expect(ask([selfRevoking], { signers })).toEqual({ status: 'unknown', detail: 'crl-signer-untrusted' });
  });

  test.each([
    ['without the right to', { keyUsage: ['digitalSignature'] as const }, 'crl-bad-signature'],
    ['expired', { notAfter: later(-1000) }, 'crl-signer-untrusted'],
    ['under another anchor', { issuer: mintCa({ name: root.subject }) }, 'crl-signer-untrusted'],
  ])('a signer %s', (_, spec, detail) => {
    const signer = crlSigner(spec);
    expect(ask([crlOf(signer)], { signers: [signer] })).toEqual({ status: 'unknown', detail });
  });

  test('a stranger under the right name', () => {
    const stranger = mintCa({ name: root.subject });
    expect(ask([crlOf(stranger)])).toEqual({ status: 'unknown', detail: 'crl-bad-signature' });
    expect(ask([crlOf(root, { signedBy: stranger.keys })])).toEqual({
      status: 'unknown',
      detail: 'crl-bad-signature',
    });
  });
});

test('what is critical and unknown in a CRL makes it say nothing', () => {
  const unknown = (isCritical: boolean) =>
    crlOf(root, { extraExtensions: [extension('1.2.3.4', isCritical, der.null())] });
  expect(ask([unknown(true)])).toEqual({ status: 'unknown', detail: 'crl-unsupported' });
  expect(ask([unknown(false)])).toMatchObject({ status: 'good' });
});
