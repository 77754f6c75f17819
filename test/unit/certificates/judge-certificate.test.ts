import { beforeAll, beforeEach, expect, test } from 'vitest';
import { parseCertificate } from '#certificates/certificate.ts';
import { certificateEvidence } from '#certificates/certificate-evidence.ts';
import type { Issued } from '#demo/pki/authority.ts';
import { extensions } from '#demo/pki/extensions.ts';
import { mintPki, type Pki } from '#demo/pki/mint-pki.ts';
import { createJudgeWorld, poolOf, rule, type JudgeWorld } from './judge-world.ts';

const time = new Date('2026-11-26T02:00:00Z');
const hour = 3_600_000;
const person = { name: '林怡君', serialNumber: '0000000116004321', lastFour: '6789' };
const base = 'http://pki.example.test';
const rootCrl = `${base}/crl/root.crl`;
const g2Crl = `${base}/crl/g2.crl`;
const g2Ocsp = `${base}/ocsp/g2`;
let pki: Pki;
let card: Issued;
let world: JudgeWorld;
let partition: string;

beforeAll(() => {
  pki = mintPki({ at: time, baseUrl: base, policy: '2.16.886.101.0.3.3' });
  card = pki.issue(person);
  [partition = ''] = pki.pointers(pki.g2, card.serial).crls ?? [];
});
beforeEach(() => {
  world = createJudgeWorld(pki);
  world.crls.set(rootCrl, pki.crl({ issuer: pki.root, number: 3 }));
  world.crls.set(g2Crl, pki.crl({ number: 17 }));
});

const later = (hours: number) => new Date(time.getTime() + hours * hour);
const revocationOf = (serial: Uint8Array, reason = 1) => ({ serial, at: later(-2), reason });

test('a card that nobody revoked is valid, by which lists being kept as evidence', async () => {
  const verdict = await world.judge(card);
  if (!verdict.ok) throw new Error(verdict.reason);
  expect(verdict.evidence).toMatchObject([
    {
      source: 'crl',
      crlNumber: '11',
      thisUpdate: later(-1),
      signerKeyId: parseCertificate(pki.g2.certificate).keyId,
    },
    { source: 'crl', crlNumber: '3' },
  ]);
  expect(certificateEvidence(verdict)).toEqual({
    fingerprint: parseCertificate(card.certificate).fingerprint,
    path: [pki.g2, pki.root].map(({ certificate }) => parseCertificate(certificate).keyId).join(' '),
    policies: '2.16.886.101.0.3.3',
    revocation: `crl 11 ${later(-1).toISOString()}, crl 3 ${later(-1).toISOString()}`,
  });
});

test('the partition is asked first, then the complete list; a partition that answers is enough', async () => {
  world.crls.set(partition, pki.crl({ number: 5, partition: { url: partition } }));
  world.crls.delete(g2Crl);
  expect(await world.judge(card)).toMatchObject({ ok: true });
  expect(world.asked).toEqual([rootCrl, partition]);
});

test('the partition of others says nothing of this card', async () => {
  const foreign = `${base}/crl/g2-foreign.crl`;
  world.crls.set(partition, pki.crl({ number: 5, partition: { url: foreign } }));
  world.crls.delete(g2Crl);
  expect(await world.judge(card)).toMatchObject({ ok: false, reason: 'revocation-unknown' });
});

test.each<[string, () => void, { reason: string; detail?: string }]>([
  [
    'revoked',
    () => world.crls.set(g2Crl, pki.crl({ revoked: [revocationOf(card.serial)] })),
    { reason: 'revoked', detail: 'key-compromise' },
  ],
  [
    'on hold',
    () => world.crls.set(g2Crl, pki.crl({ revoked: [revocationOf(card.serial, 6)] })),
    { reason: 'revoked', detail: 'certificate-hold' },
  ],
  [
    'of a CA that was revoked',
    () => world.crls.set(rootCrl, pki.crl({ issuer: pki.root, revoked: [revocationOf(pki.g2.serial, 2)] })),
    { reason: 'revoked', detail: 'issuer-ca-compromise' },
  ],
  [
    'with a list that has ended',
    () => world.crls.set(g2Crl, pki.crl({ nextUpdate: later(-0.5) })),
    { reason: 'revocation-unknown', detail: 'crl-expired ocsp-unavailable' },
  ],
  [
    'with a list of tomorrow',
    () => world.crls.set(g2Crl, pki.crl({ thisUpdate: later(1), nextUpdate: later(2) })),
    { reason: 'revocation-unknown', detail: 'crl-not-yet-valid ocsp-unavailable' },
  ],
  [
    'without a list',
    () => world.crls.delete(g2Crl),
    { reason: 'revocation-unknown', detail: 'no-crl ocsp-unavailable' },
  ],
  [
    'whose CA has no list',
    () => world.crls.delete(rootCrl),
    { reason: 'revocation-unknown', detail: 'no-crl ocsp-unavailable' },
  ],
  [
    'with a list that a stranger signed',
    () => world.crls.set(g2Crl, pki.crl({ signedBy: pki.impostor })),
    { reason: 'revocation-unknown' },
  ],
  [
    'with a list of the CA of the same name',
    () => world.crls.set(g2Crl, pki.crl({ issuer: pki.g3 })),
    { reason: 'revocation-unknown' },
  ],
  [
    'with a list of another CA',
    () => world.crls.set(g2Crl, pki.crl({ issuer: pki.root })),
    { reason: 'revocation-unknown' },
  ],
  [
    'with a delta list alone',
    () => world.crls.set(g2Crl, pki.crl({ number: 18, deltaBase: 17 })),
    { reason: 'revocation-unknown' },
  ],
  [
    'with a list for CAs alone',
    () => world.crls.set(g2Crl, pki.crl({ partition: { onlyCaCerts: true } })),
    { reason: 'revocation-unknown' },
  ],
  [
    'with a page in place of a list',
    () => world.crls.set(g2Crl, Buffer.from('<html>')),
    { reason: 'revocation-unknown' },
  ],
  [
    'with a list signed with SHA-1',
    () => world.crls.set(g2Crl, pki.crl({ manner: { hash: 'SHA1' } })),
    { reason: 'revocation-unknown' },
  ],
])('a card %s is refused', async (_, arrange, expected) => {
  arrange();
  expect(await world.judge(card)).toMatchObject({ ok: false, ...expected });
});

test('why a list was not taken is told apart', async () => {
  const odd = {
    'wrong-signature': pki.crl({ issuer: pki.g3 }),
    'wrong-issuer': pki.crl({ issuer: pki.root }),
    unsupported: pki.crl({ number: 18, deltaBase: 17 }),
    'weak-algorithm': pki.crl({ manner: { hash: 'SHA1' } }),
    malformed: Buffer.from('<html>'),
    // Which would stay in the place of the right one until it ends.
    'other-scope': pki.crl({ number: 18, partition: { url: partition } }),
  };
  for (const [reason, bytes] of Object.entries(odd)) {
    world.crls.set(g2Crl, bytes);
    await world.judge(card);
    expect(world.refused.splice(0)).toEqual([reason]);
  }
});

test('an issuer’s clock that is a little ahead does no harm', async () => {
  world.crls.set(g2Crl, pki.crl({ thisUpdate: new Date(time.getTime() + 60_000) }));
  expect(await world.judge(card)).toMatchObject({ ok: true });
});

test('the second source is asked when the first has no fresh answer', async () => {
  world.crls.delete(g2Crl);
  world.responders.set(g2Ocsp, () => pki.ocspResponse({ about: card }));
  expect(await world.judge(card)).toMatchObject({
    ok: true,
    evidence: [{ source: 'ocsp', producedAt: new Date(time.getTime() - 60_000) }, { source: 'crl' }],
  });
  world.responders.set(g2Ocsp, () =>
    pki.ocspResponse({ about: card, status: { kind: 'revoked', at: later(-1), reason: 4 } }),
  );
  expect(await world.judge(card)).toMatchObject({ ok: false, reason: 'revoked', detail: 'superseded' });
});

test('a responder that does not know the card leaves it unknown', async () => {
  world.crls.delete(g2Crl);
  world.responders.set(g2Ocsp, () => pki.ocspResponse({ about: card, status: { kind: 'unknown' } }));
  expect(await world.judge(card)).toMatchObject({ ok: false, detail: 'no-crl ocsp-unknown' });
});

test('the order is the rule’s, by issuer', async () => {
  world.responders.set(g2Ocsp, () => pki.ocspResponse({ about: card }));
  const g2 = parseCertificate(pki.g2.certificate).keyId;
  const exceptions = new Map([[g2, { ...rule, order: ['ocsp'] as const }]]);
  expect(await world.judge(card, { exceptions })).toMatchObject({
    ok: true,
    evidence: [{ source: 'ocsp' }, { source: 'crl' }],
  });
  expect(world.asked).toEqual([rootCrl, g2Ocsp]);
});

test('what the rule leaves out is never asked', async () => {
  world.crls.delete(g2Crl);
  world.responders.set(g2Ocsp, () => pki.ocspResponse({ about: card }));
  expect(await world.judge(card, { rule: { order: ['crl'] } })).toMatchObject({
    reason: 'revocation-unknown',
    detail: 'no-crl',
  });
  expect(world.asked).not.toContain(g2Ocsp);
});

test('a grace lets the last list count so long after its end, no longer, and says so', async () => {
  const graceMs = 2 * hour;
  world.crls.set(rootCrl, pki.crl({ issuer: pki.root, nextUpdate: later(1000) }));
  expect(await world.judge(card, { time: later(25), rule: { graceMs } })).toMatchObject({
    ok: true,
    evidence: [{ source: 'crl', isInGrace: true }, { source: 'crl' }],
  });
  expect(await world.judge(card, { time: later(26.1), rule: { graceMs } })).toMatchObject({
    reason: 'revocation-unknown',
  });
  world.crls.set(g2Crl, pki.crl({ revoked: [revocationOf(card.serial)] }));
  expect(await world.judge(card, { time: later(25), rule: { graceMs } })).toMatchObject({
    reason: 'revoked',
  });
});

test('a fresh answer of the second source comes before the first’s in its grace', async () => {
  world.crls.set(g2Crl, pki.crl({ nextUpdate: later(-0.5) }));
  world.responders.set(g2Ocsp, () => pki.ocspResponse({ about: card }));
  expect(await world.judge(card, { rule: { graceMs: hour } })).toMatchObject({
    ok: true,
    evidence: [{ source: 'ocsp' }, { source: 'crl' }],
  });
});

test('an OCSP answer that has ended counts in the grace alone', async () => {
  const bytes = pki.ocspResponse({ about: card });
  world.crls.clear();
  world.crls.set(rootCrl, pki.crl({ issuer: pki.root }));
  world.responders.set(g2Ocsp, () => bytes);
  const at = new Date(time.getTime() + hour + 60_000);
  // Within the skew the answer is still taken from the network; here it has ended all the same.
  expect(await world.judge(card, { time: at, rule: { order: ['crl', 'ocsp'] } })).toMatchObject({
    detail: 'no-crl ocsp-expired',
  });
  expect(await world.judge(card, { time: at, rule: { graceMs: 2 * hour } })).toMatchObject({
    ok: true,
    evidence: [{ source: 'ocsp', isInGrace: true }, { source: 'crl' }],
  });
});

test('where unknown is accepted the evidence says so, and revoked stays revoked', async () => {
  world.crls.delete(g2Crl);
  const verdict = await world.judge(card, { rule: { whenUnknown: 'accept' } });
  expect(verdict).toMatchObject({
    ok: true,
    evidence: [{ source: 'none', thisUpdate: time }, { source: 'crl' }],
  });
  world.crls.set(g2Crl, pki.crl({ revoked: [revocationOf(card.serial)] }));
  expect(await world.judge(card, { rule: { whenUnknown: 'accept' } })).toMatchObject({ reason: 'revoked' });
});

test('where unknown is accepted, what was last heard of a revoked card is not forgotten with its end', async () => {
  const accept = { whenUnknown: 'accept' } as const;
  world.crls.set(rootCrl, pki.crl({ issuer: pki.root, nextUpdate: later(1000) }));
  world.crls.set(g2Crl, pki.crl({ revoked: [revocationOf(card.serial)] }));
  expect(await world.judge(card, { time: later(100), rule: accept })).toMatchObject({ reason: 'revoked' });
  const revoked = pki.ocspResponse({ about: card, status: { kind: 'revoked', at: later(-2) } });
  world.crls.set(g2Crl, pki.crl({}));
  world.responders.set(g2Ocsp, () => revoked);
  const soon = new Date(time.getTime() + hour + 60_000);
  const byResponder = { ...accept, order: ['ocsp'] } as const;
  expect(await world.judge(card, { time: soon, rule: byResponder })).toMatchObject({ reason: 'revoked' });
});

test('a delegated responder that must be looked up is, by list', async () => {
  const responder = pki.issue(person, 'sign', {
    label: 'responder',
    extraExtensions: [extensions.extendedKeyUsage(['1.3.6.1.5.5.7.3.9'])],
  });
  world.responders.set(g2Ocsp, () => pki.ocspResponse({ about: card, responder }));
  const ocspFirst = {
    rule: { order: ['ocsp'] as const },
    exceptions: new Map([[parseCertificate(pki.root.certificate).keyId, rule]]),
  };
  expect(await world.judge(card, ocspFirst)).toMatchObject({ ok: true });
  world.crls.set(g2Crl, pki.crl({ revoked: [revocationOf(responder.serial)] }));
  expect(await world.judge(card, ocspFirst)).toMatchObject({
    reason: 'revocation-unknown',
    detail: 'ocsp-responder-unchecked',
  });
});

test.each(['send', 'require'] as const)('a nonce that comes back is taken (%s)', async (ocspNonce) => {
  world.responders.set(g2Ocsp, (request) =>
    pki.ocspResponse({ about: card, nonce: Buffer.from(request).subarray(-32) }),
  );
  world.crls.delete(g2Crl);
  expect(await world.judge(card, { rule: { ocspNonce } })).toMatchObject({ ok: true });
});

test('no nonce is taken unless it is required, another one never', async () => {
  world.crls.delete(g2Crl);
  world.responders.set(g2Ocsp, () => pki.ocspResponse({ about: card }));
  expect(await world.judge(card, { rule: { ocspNonce: 'send' } })).toMatchObject({ ok: true });
  expect(await world.judge(card, { rule: { ocspNonce: 'require' } })).toMatchObject({
    reason: 'revocation-unknown',
  });
  world.responders.set(g2Ocsp, () => pki.ocspResponse({ about: card, nonce: Buffer.alloc(32, 1) }));
  expect(await world.judge(card, { rule: { ocspNonce: 'send' } })).toMatchObject({
    reason: 'revocation-unknown',
  });
  expect(world.refused).toEqual(['no-nonce', 'wrong-nonce']);
});

test.each<[string, () => Issued | Uint8Array, object]>([
  ['bytes that are no certificate', () => Buffer.from('nonsense'), { reason: 'malformed' }],
  [
    'a card of an unknown CA of the right name',
    () => pki.issue(person, 'sign', { issuer: pki.impostor, label: 'false' }),
    { reason: 'untrusted' },
  ],
  [
    'an expired card',
    () => pki.issue(person, 'sign', { notAfter: later(-1), label: 'old' }),
    { reason: 'expired' },
  ],
  [
    'a card of tomorrow',
    () => pki.issue(person, 'sign', { notBefore: later(1), label: 'new' }),
    { reason: 'not-yet-valid' },
  ],
  ['a certificate for encryption', () => pki.issue(person, 'encrypt'), { reason: 'wrong-usage' }],
  [
    'a card of the test level',
    () => pki.issue(person, 'sign', { policies: ['2.16.886.101.0.3.0'], label: 'test' }),
    { reason: 'wrong-policy' },
  ],
  [
    'a card of a lower level',
    () => pki.issue(person, 'sign', { policies: ['2.16.886.101.0.3.1'], label: 'low' }),
    { reason: 'wrong-policy' },
  ],
  [
    'a card of both levels',
    () =>
      pki.issue(person, 'sign', { policies: ['2.16.886.101.0.3.0', '2.16.886.101.0.3.3'], label: 'both' }),
    { reason: 'test-certificate' },
  ],
  [
    'a card signed with SHA-1',
    () => pki.issue(person, 'sign', { manner: { hash: 'SHA1' }, label: 'sha1' }),
    { reason: 'weak-algorithm' },
  ],
])('%s is refused without asking anybody', async (_, certificate, expected) => {
  expect(await world.judge(certificate())).toMatchObject({ ok: false, ...expected });
  expect(world.asked).toEqual([]);
});

test('the test level is taken where that is set, for every purpose', async () => {
  const trial = pki.issue(person, 'sign', { policies: ['2.16.886.101.0.3.0'], label: 'test' });
  for (const purpose of ['login', 'registration', 'mutual-tls'] as const) {
    expect(await world.judge(trial, { purpose, trust: { allowTestCertificates: true } })).toMatchObject({
      ok: true,
    });
  }
});

test('a missing intermediate that comes along is used, and asked about', async () => {
  const trust = { intermediates: poolOf([]) };
  expect(await world.judge(card, { trust })).toMatchObject({ reason: 'untrusted', detail: 'no-issuer' });
  expect(await world.judge(card, { trust, others: [pki.g2] })).toMatchObject({ ok: true });
});

test('a missing intermediate is fetched where that is set, so many levels and no more', async () => {
  const trust = { intermediates: poolOf([]) };
  let asked = 0;
  const give = (found: readonly Issued[]) => async () => {
    asked += 1;
    return found.map(({ certificate }) => parseCertificate(certificate));
  };
  expect(await world.judge(card, { trust: { ...trust, fetchIssuers: give([pki.g2]) } })).toMatchObject({
    ok: true,
  });
  expect(asked).toBe(1);
  expect(await world.judge(card, { trust: { ...trust, fetchIssuers: give([]) } })).toMatchObject({
    reason: 'untrusted',
  });
  expect(await world.judge(card, { trust: { ...trust, fetchIssuers: give([pki.impostor]) } })).toMatchObject({
    reason: 'untrusted',
  });
  expect(asked).toBeLessThan(8);
});
