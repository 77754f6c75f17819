import { expect, test } from 'vitest';
import { createCertificateHandovers, type HandoverOwner } from '#authentication/certificate-handovers.ts';
import type { OneTimeStore } from '#domain/protocol-store.ts';
import { realRandom } from '#test/support/real.ts';
import { testSealing } from '#test/support/test-sealing.ts';
import { openLoginStores } from './login-stores.ts';

const owner: HandoverOwner = { binding: 'interaction-1', clientId: 'csm' };
const certificate = Buffer.from('the DER of a certificate of 王小明');
const shown = { to: 'listener', certificate } as const;

function handoversAt() {
  const { oneTime, clock } = openLoginStores();
  const placed: [string, string][] = [];
  const store: OneTimeStore = {
    ...oneTime,
    place(key, value, until) {
      placed.push([key, value]);
      return oneTime.place(key, value, until);
    },
  };
  const at = (issuer: string) =>
    createCertificateHandovers({ store, sealing: testSealing, random: realRandom, clock, issuer });
  return { handovers: at('https://sso.example.gov.tw'), at, clock, placed };
}

test('tickets and proofs are 256 random bits, and the store has neither them nor the certificate', async () => {
  const { handovers, placed } = handoversAt();
  const secrets = [
    await handovers.issueTicket(owner),
    await handovers.issueTicket(owner),
    await handovers.issueProof(owner, shown),
    await handovers.issueProof(owner, shown),
  ];
  expect(new Set(secrets).size).toBe(4);
  for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
  const stored = JSON.stringify(placed);
  for (const secret of [...secrets, certificate.toString('base64')]) expect(stored).not.toContain(secret);
});

test('a ticket gives its owner, once', async () => {
  const { handovers } = handoversAt();
  const ticket = await handovers.issueTicket(owner);
  expect(await handovers.consumeTicket('A'.repeat(43))).toBeUndefined();
  expect(await handovers.consumeTicket(ticket)).toEqual(owner);
  expect(await handovers.consumeTicket(ticket)).toBeUndefined();
});

test.each([
  ['a certificate of our listener', shown],
  ['a certificate of a proxy', { to: 'proxy', certificate }],
  ['none', { to: 'listener' }],
] as const)('a proof gives what was shown (%s), once', async (_, what) => {
  const { handovers } = handoversAt();
  const proof = await handovers.issueProof(owner, what);
  expect(await handovers.consumeProof(owner, proof)).toEqual({
    ok: true,
    shown: what,
    digest: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect(await handovers.consumeProof(owner, proof)).toEqual({ ok: false, reason: 'no-proof' });
});

test('both end after two minutes', async () => {
  const { handovers, clock } = handoversAt();
  const [ticket, late] = [await handovers.issueTicket(owner), await handovers.issueTicket(owner)];
  const [proof, lateProof] = [
    await handovers.issueProof(owner, shown),
    await handovers.issueProof(owner, shown),
  ];
  await clock.advance(119_999);
  expect(await handovers.consumeTicket(ticket)).toEqual(owner);
  expect(await handovers.consumeProof(owner, proof)).toMatchObject({ ok: true });
  await clock.advance(1);
  expect(await handovers.consumeTicket(late)).toBeUndefined();
  expect(await handovers.consumeProof(owner, lateProof)).toEqual({ ok: false, reason: 'no-proof' });
});

test('a proof is not found in another interaction, and stays for its owner', async () => {
  const { handovers } = handoversAt();
  const proof = await handovers.issueProof(owner, shown);
  const stranger = { ...owner, binding: 'interaction-2' };
  expect(await handovers.consumeProof(stranger, proof)).toEqual({ ok: false, reason: 'no-proof' });
  expect(await handovers.consumeProof(owner, proof)).toMatchObject({ ok: true });
});

test('neither is good for another client or at another origin', async () => {
  const { handovers, at } = handoversAt();
  const elsewhere = at('https://sso.example.gov.tw:8443');
  const proof = async () => handovers.issueProof(owner, shown);
  const foreign = { ok: false, reason: 'foreign-proof' };
  expect(await handovers.consumeProof({ ...owner, clientId: 'fms' }, await proof())).toEqual(foreign);
  expect(await elsewhere.consumeProof(owner, await proof())).toEqual(foreign);
  expect(await elsewhere.consumeTicket(await handovers.issueTicket(owner))).toBeUndefined();
});

test('of twenty at the same moment one gets the ticket, and one the proof', async () => {
  const { handovers } = handoversAt();
  const ticket = await handovers.issueTicket(owner);
  const owners = await Promise.all(Array.from({ length: 20 }, () => handovers.consumeTicket(ticket)));
  expect(owners.filter(Boolean)).toHaveLength(1);
  const proof = await handovers.issueProof(owner, shown);
  const verdicts = await Promise.all(Array.from({ length: 20 }, () => handovers.consumeProof(owner, proof)));
  expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1);
});
