import { expect, test } from 'vitest';
import type { ProofVerdict } from '#authentication/certificate-handovers.ts';
import { createCertificatesInTls } from '#authentication/certificate-in-tls.ts';
import { policyBase } from '#demo/pki/profiles.ts';
import { openCardWorld } from './card-world.ts';

const owner = { binding: 'interaction-1', clientId: 'csm' };

function openWorld() {
  const cards = openCardWorld();
  const verify = (verdict: ProofVerdict) =>
    createCertificatesInTls({
      handovers: { consumeProof: async () => verdict },
      judgeCertificate: cards.judge,
      clock: cards.clock,
    })(owner, 'proof');
  const showing = (certificate?: Uint8Array) =>
    verify({ ok: true, digest: 'digest', shown: { to: 'proxy', ...(certificate && { certificate }) } });
  return { cards, verify, showing };
}

test('a card’s certificate is judged as at the card’s door, with the evidence of how it came', async () => {
  const { cards, showing } = openWorld();
  const card = cards.issue();
  expect(await showing(card.certificate)).toMatchObject({
    ok: true,
    path: { certificate: { fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    evidence: {
      handover: 'digest',
      shownTo: 'proxy',
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      policies: `${policyBase}.3`,
      revocation: expect.stringMatching(/^crl 2a /),
    },
  });
});

test.each(['no-proof', 'foreign-proof'] as const)('%s: nothing is judged', async (reason) => {
  const { verify } = openWorld();
  expect(await verify({ ok: false, reason })).toEqual({ ok: false, reason, evidence: {} });
});

test('none was shown', async () => {
  const { showing } = openWorld();
  expect(await showing()).toEqual({
    ok: false,
    reason: 'no-certificate',
    evidence: { handover: 'digest', shownTo: 'proxy' },
  });
});

test('what the verdict refuses is refused by its name', async () => {
  const { cards, showing } = openWorld();
  const reasonOf = async (certificate: Uint8Array) => {
    const result = await showing(certificate);
    return result.ok ? 'good' : result.reason;
  };
  const { pki } = cards;
  const long = new Date(pki.at.getTime() - 86_400_000);
  expect(await reasonOf(Buffer.from('no certificate'))).toBe('malformed');
  expect(await reasonOf(cards.issue({ label: 'encrypt' }, 'encrypt').certificate)).toBe('wrong-usage');
  expect(await reasonOf(cards.issue({ label: 'expired', notAfter: long }).certificate)).toBe('expired');
  expect(await reasonOf(cards.issue({ label: 'impostor', issuer: pki.impostor }).certificate)).toBe(
    'untrusted',
  );
  expect(await reasonOf(pki.g3.certificate)).toBe('wrong-usage');
  // Both the test level and the required one: a production deployment takes no test certificate.
  const policies = [`${policyBase}.0`, `${policyBase}.3`];
  expect(await reasonOf(cards.issue({ label: 'test', policies }).certificate)).toBe('test-certificate');
  cards.revocation = 'revoked';
  expect(await reasonOf(cards.issue().certificate)).toBe('revoked');
  cards.revocation = 'unknown';
  expect(await reasonOf(cards.issue().certificate)).toBe('revocation-unknown');
});
