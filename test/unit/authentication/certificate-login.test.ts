import { describe, expect, test } from 'vitest';
import { createAttemptLimits } from '#authentication/attempt-limits.ts';
import { createCertificateLogin } from '#authentication/certificate-login.ts';
import type { Account } from '#domain/account.ts';
import type { CertificateKey } from '#domain/certificate-binding.ts';
import { HufuError } from '#domain/errors.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { testSealing } from '#test/support/test-sealing.ts';
import type { Issued } from '#demo/pki/authority.ts';
import { X509Certificate, createHash } from 'node:crypto';
import { spkiOf } from '#demo/pki/keys.ts';
import { canonicalSerial, isSameCertificate, type CertificateBinding } from '#domain/certificate-binding.ts';
import { openCardWorld, owner } from './card-world.ts';
import { openLoginStores } from './login-stores.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function openWorld(changes: Partial<Account> = {}) {
  const cards = openCardWorld();
  const card = cards.issue();
  const stores = openLoginStores();
  const bindingOf = (issued: Issued): CertificateBinding => {
    const { serialNumber, validFromDate, validToDate } = new X509Certificate(issued.certificate);
    return {
      issuerKeyId: sha256(spkiOf(cards.pki.g3.publicKey)),
      serial: canonicalSerial(serialNumber),
      fingerprint: sha256(issued.certificate),
      holderKind: 'natural-person',
      subjectName: '王小明',
      issuerName: '測試',
      notBefore: validFromDate,
      notAfter: validToDate,
      medium: 'card',
      registeredAt: validFromDate,
    };
  };
  const account = sampleAccount({ certificates: [bindingOf(card)], ...changes });
  const asked: CertificateKey[] = [];
  const world = { failure: undefined as Error | undefined };
  const login = createCertificateLogin({
    limits: createAttemptLimits({
      ...stores,
      store: stores.oneTime,
      sealing: testSealing,
      policy: { failures: 5, lockMinutes: 15, perAddress: 3, addressMinutes: 15 },
    }),
    verify: (owner, signature) => cards.verify({ purpose: 'login', ...owner }, signature),
    accounts: {
      async findAccountByCertificate(_, key) {
        if (world.failure) throw world.failure;
        asked.push(key);
        return account.certificates.some((each) => isSameCertificate(each, key)) ? account : undefined;
      },
    },
  });
  const attempt = async (signing: (text: string) => string = (text) => cards.sign(text, card)) => {
    const { text } = await cards.challenges.issue(owner);
    const { binding, clientId } = owner;
    return login({ binding, clientId, address: '192.0.2.1', shown: signing(text) });
  };
  return { cards, card, account, asked, world, attempt, bindingOf };
}

/** The limits, before a way of showing that brings no certificate. */
function openWorldShowingNone() {
  const stores = openLoginStores();
  const logIn = createCertificateLogin({
    limits: createAttemptLimits({
      ...stores,
      store: stores.oneTime,
      sealing: testSealing,
      policy: { failures: 5, lockMinutes: 15, perAddress: 3, addressMinutes: 15 },
    }),
    verify: async () => ({ ok: false, reason: 'no-certificate', evidence: {} }),
    accounts: { findAccountByCertificate: async () => undefined },
  });
  const { binding, clientId } = owner;
  return { login: () => logIn({ binding, clientId, address: '192.0.2.1', shown: 'proof' }) };
}

test('a registered card logs its account in, found by issuer key and serial alone', async () => {
  const { account, asked, attempt, bindingOf, card } = openWorld();
  const { issuerKeyId, serial } = bindingOf(card);
  expect(await attempt()).toMatchObject({
    ok: true,
    account: { id: account.id },
    certificate: { issuerKeyId, serial },
  });
  expect(asked).toEqual([{ issuerKeyId, serial }]);
});

describe('a card that proves who it is and does not log in', () => {
  test('registered nowhere: said, with its evidence', async () => {
    const { attempt } = openWorld({ certificates: [] });
    expect(await attempt()).toMatchObject({
      ok: false,
      reason: 'not-bound',
      evidence: { fingerprint: expect.any(String), challenge: expect.any(String) },
    });
  });

  test('another certificate under the same serial of the same CA is not the one that was registered', async () => {
    const { card, bindingOf, cards } = openWorld();
    const binding = { ...bindingOf(card), fingerprint: '0'.repeat(64) };
    const { attempt } = openWorld({ certificates: [binding] });
    expect(await attempt((text) => cards.sign(text, card))).toMatchObject({ ok: false });
    expect(await attempt()).toMatchObject({ ok: false, reason: 'not-bound' });
  });

  test.each(['disabled', 'not-opened'] as const)('of an account that is %s: said', async (status) => {
    const { account, attempt } = openWorld({ status });
    expect(await attempt()).toMatchObject({ ok: false, reason: status, account: { id: account.id } });
  });
});

describe('the limit per address', () => {
  test('counts what failed, and gives back what was good', async () => {
    const { attempt } = openWorld();
    for (let nth = 0; nth < 5; nth += 1) expect(await attempt()).toMatchObject({ ok: true });
    for (let nth = 0; nth < 3; nth += 1) {
      expect(await attempt(() => 'AAAA')).toMatchObject({ reason: 'bad-signature' });
    }
    expect(await attempt(() => 'AAAA')).toMatchObject({ ok: false, reason: 'address-limit' });
    expect(await attempt()).toMatchObject({ ok: false, reason: 'address-limit' });
  });

  test('does not count that a browser showed no certificate', async () => {
    const { login } = openWorldShowingNone();
    for (let nth = 0; nth < 5; nth += 1) expect(await login()).toMatchObject({ reason: 'no-certificate' });
  });

  test('does not count that nobody knows of a revocation, nor that the directory is down', async () => {
    const { attempt, cards, world } = openWorld();
    cards.revocation = 'unknown';
    for (let nth = 0; nth < 5; nth += 1) {
      expect(await attempt()).toMatchObject({ reason: 'revocation-unknown' });
    }
    cards.revocation = 'good';
    world.failure = new HufuError('directory-unavailable');
    for (let nth = 0; nth < 5; nth += 1) await expect(attempt()).rejects.toThrow('directory-unavailable');
    world.failure = undefined;
    expect(await attempt()).toMatchObject({ ok: true });
  });
});
