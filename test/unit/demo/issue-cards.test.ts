import { createHash, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Card } from '#demo/card-component/card.ts';
import { control, deskState } from '#demo/card-component/control.ts';
import { createDesk } from '#demo/card-component/desk.ts';
import { bindingChange } from '#demo/people/bind-cards.ts';
import { personCards } from '#demo/people/cards.ts';
import { issueCards } from '#demo/people/issue-cards.ts';
import { people } from '#demo/people/people.ts';
import { mintPki } from '#demo/pki/mint-pki.ts';
import { createRevocationLedger } from '#demo/pki/revocation-ledger.ts';
import { canonicalSerial, isCertificateBinding } from '#domain/certificate-binding.ts';
import { sampleBinding } from '../../support/certificate-bindings.ts';
import { sampleAccount } from '../../support/memory/accounts.ts';

const pki = mintPki();
const ledger = createRevocationLedger();
const cards = issueCards(pki, ledger);

function cardOf(plan: (typeof personCards)[number]['plan']): Card {
  const id = personCards.find((planned) => planned.plan === plan)?.person.nationalId;
  const card = cards.find((candidate) => candidate.id === id);
  if (!card) throw new Error(`no card that is ${plan}`);
  return card;
}

function certificateOf(card: Card): X509Certificate {
  if (!card.signing) throw new Error('no certificate to sign with');
  return new X509Certificate(card.signing.certificate);
}

describe("the demo's cards", () => {
  it('are one for each person, with their name and the end of their national ID, and two for others', () => {
    expect(cards).toHaveLength(people.length + 2);
    expect(new Set(cards.map(({ cardNumber }) => cardNumber)).size).toBe(cards.length);
    for (const { nationalId, name } of people.filter((person) => person.name !== '蔡無職')) {
      const card = cards.find(({ id }) => id === nationalId);
      const certificate = card?.signing ?? card?.encryption;
      expect(new X509Certificate(certificate?.certificate ?? '').subject).toContain(`CN=${name}\n`);
      expect(certificate?.certificate.includes(Buffer.from(`\x0c\x04${nationalId.slice(-4)}`))).toBe(true);
      expect(card?.cardNumber).toHaveLength(16);
    }
  });

  it('come from both CAs of one name', () => {
    const issuers = new Set(
      cards.flatMap(({ signing }) => (signing ? [signing.issuer.toString('hex')] : [])),
    );
    expect(issuers.size).toBe(2);
    const keys = [pki.g2, pki.g3].map(({ publicKey }) => publicKey);
    const good = personCards.filter(({ plan }) => plan === 'good');
    for (const { issuer, person } of good) {
      const card = cards.find(({ id }) => id === person.nationalId);
      const signedBy = keys.map((key) => card !== undefined && certificateOf(card).verify(key));
      expect(signedBy).toEqual([issuer === 'g2', issuer === 'g3']);
    }
  });

  it('include one of each that a login refuses', () => {
    expect(certificateOf(cardOf('expired')).validToDate.getTime()).toBeLessThan(Date.now());
    const revoked = cardOf('revoked');
    expect(revoked.standing?.isRevoked()).toBe(true);
    expect(ledger.statusOf(pki.g3, revoked.signing?.serial ?? Buffer.alloc(0)).kind).toBe('revoked');
    expect(certificateOf(cardOf('other-name')).subject).toContain('CN=蔡吾職\n');
    expect(cardOf('encryption-only').signing).toBeUndefined();
  });

  it('are revoked and restored at the desk, those of others not', () => {
    const desk = createDesk(cards);
    const { id } = cardOf('good');
    const isRevoked = () => deskState(desk).cards.find((card) => card.id === id)?.revoked;
    expect(isRevoked()).toBe(false);
    expect(control(desk, { revoke: id })).toBe(true);
    expect(isRevoked()).toBe(true);
    expect(control(desk, { restore: id })).toBe(true);
    expect(isRevoked()).toBe(false);
    expect(control(desk, { revoke: 'company' })).toBe(false);
  });
});

describe('the cards that are registered from the start', () => {
  const now = new Date();
  const changeFor = (name: string, account = sampleAccount()) => {
    const planned = personCards.find(({ person }) => person.name === name);
    if (!planned) throw new Error(`nobody of the name ${name}`);
    return bindingChange({ pki, cards }, planned, account, now);
  };

  it('are bound by the issuer’s key and the certificate’s serial number', () => {
    const change = changeFor('高主管');
    const [binding] = change?.certificates ?? [];
    if (!binding) throw new Error('no binding');
    expect(isCertificateBinding(binding)).toBe(true);
    const issuer = new X509Certificate(pki.g3.certificate);
    const spki = (key: X509Certificate['publicKey']) => key.export({ type: 'spki', format: 'der' });
    const issuerKeyId = [pki.g2.publicKey, issuer.publicKey].map((key) =>
      createHash('sha256').update(spki(key)).digest('hex'),
    );
    expect(issuerKeyId).toContain(binding.issuerKeyId);
    const [certificate] = change?.newCertificates ?? [];
    expect(binding).toMatchObject({
      serial: canonicalSerial(new X509Certificate(certificate ?? '').serialNumber),
      fingerprint: createHash('sha256')
        .update(certificate ?? '')
        .digest('hex'),
      subjectName: '高主管',
      subjectSerial: '9999000000000010',
      issuerName: '測試自然人憑證管理中心',
      registeredAt: now,
    });
  });

  it.each([
    ['of somebody who shows how to register one', changeFor('林日安')],
    ['before an account is opened', changeFor('高主管', sampleAccount({ status: 'not-opened' }))],
    ['where one is registered', changeFor('高主管', sampleAccount({ certificates: [sampleBinding()] }))],
    ['of somebody without a certificate to sign with', changeFor('溫新來')],
  ])('are none %s', (_name, change) => {
    expect(change).toBeUndefined();
  });
});
