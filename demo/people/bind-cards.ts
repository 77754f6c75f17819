/** Registers cards for those who have long had one; the others show how a card is registered. */
import { createHash, X509Certificate } from 'node:crypto';
import type { Account } from '#domain/account.ts';
import type { AccountChange } from '#domain/directory.ts';
import { canonicalSerial, type CertificateBinding } from '#domain/certificate-binding.ts';
import type { Card } from '../card-component/card.ts';
import type { Authority, Issued } from '../pki/authority.ts';
import { spkiOf } from '../pki/keys.ts';
import type { Pki } from '../pki/mint-pki.ts';
import { personCards, type PersonCard } from './cards.ts';

/** Who meets the registration of a card, not its use. */
const unregistered = new Set(['施期間', '林日安', '蔡無職']);

export interface DemoCards {
  readonly pki: Pki;
  readonly cards: readonly Card[];
}

/** What makes `planned` the card of `account`; undefined when a card is registered, has been, or shall not be. */
export function bindingChange(
  { pki, cards }: DemoCards,
  planned: PersonCard,
  account: Pick<Account, 'status' | 'certificates' | 'formerCertificates'>,
  now: Date,
): AccountChange | undefined {
  const signing = cards.find(({ id }) => id === planned.person.nationalId)?.signing;
  const isUntouched = account.certificates.length === 0 && account.formerCertificates.length === 0;
  if (!signing || !isUntouched || account.status === 'not-opened') return undefined;
  if (unregistered.has(planned.person.name)) return undefined;
  return {
    certificates: [bindingOf(planned, signing, pki[planned.issuer], now)],
    newCertificates: [signing.certificate],
  };
}

export function findPersonCard(nationalId: string): PersonCard | undefined {
  return personCards.find(({ person }) => person.nationalId === nationalId);
}

function bindingOf(
  { serialNumber, name }: PersonCard,
  { certificate }: Issued,
  issuer: Authority,
  registeredAt: Date,
): CertificateBinding {
  const parsed = new X509Certificate(certificate);
  return {
    issuerKeyId: sha256(spkiOf(issuer.publicKey)),
    serial: canonicalSerial(parsed.serialNumber),
    holderKind: 'natural-person',
    subjectSerial: serialNumber,
    fingerprint: sha256(certificate),
    subjectName: name,
    issuerName: /OU=(.*)/.exec(parsed.issuer)?.[1] ?? parsed.issuer,
    notBefore: parsed.validFromDate,
    notAfter: parsed.validToDate,
    medium: 'card',
    registeredAt,
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
