/** Issues the demo's cards from its PKI; at later starts the kept ones come back. */
import { createCard, type Card, type Standing } from '../card-component/card.ts';
import type { Authority, Issued } from '../pki/authority.ts';
import { day, type IssueOverrides, type Pki } from '../pki/mint-pki.ts';
import type { RevocationLedger } from '../pki/revocation-ledger.ts';
import type { Holder, Profile } from '../pki/profiles.ts';
import { company, personCards, pin, stranger, wordsFor, type PersonCard } from './cards.ts';

export function issueCards(pki: Pki, ledger: RevocationLedger): readonly Card[] {
  return [
    ...personCards.map((card) => personCard(pki, ledger, card)),
    strangersCard(pki, ledger),
    companyCard(pki, ledger),
  ];
}

function personCard(pki: Pki, ledger: RevocationLedger, planned: PersonCard): Card {
  const { person, plan, name, nameEn, serialNumber } = planned;
  const holder = { name, serialNumber, lastFour: person.nationalId.slice(-4) };
  const issuer = pki[planned.issuer];
  const dates =
    plan === 'expired'
      ? { notBefore: new Date(pki.at.getTime() - 2000 * day), notAfter: new Date(pki.at.getTime() - 3 * day) }
      : {};
  const keyKind = planned.issuer === 'g2' ? 'rsa-2048' : 'p-256';
  const issue = issuing(pki, ledger, holder, { issuer, keyKind, ...dates });
  const encryption = issue('encrypt');
  const signing = plan === 'encryption-only' ? undefined : issue('sign');
  const standing = standingOf(ledger, issuer, signing ? [signing, encryption] : [encryption]);
  if (plan === 'revoked') standing.setRevoked(true);
  return createCard({
    id: person.nationalId,
    holder: name,
    holderEn: nameEn,
    shows: wordsFor(plan),
    cardNumber: cardNumber('CS', serialNumber),
    label: 'MOICA-Test',
    pin,
    encryption,
    standing,
    ...(signing && { signing }),
  });
}

function strangersCard(pki: Pki, ledger: RevocationLedger): Card {
  const issue = issuing(pki, ledger, stranger, { issuer: pki.g3, keyKind: 'p-256' });
  return createCard({
    id: 'stranger',
    holder: stranger.name,
    holderEn: stranger.nameEn,
    shows: { zh: '有效；沒有帳號', en: 'valid; has no account' },
    cardNumber: cardNumber('CS', stranger.serialNumber),
    label: 'MOICA-Test',
    pin,
    signing: issue('sign'),
    encryption: issue('encrypt'),
  });
}

function companyCard(pki: Pki, ledger: RevocationLedger): Card {
  const issue = issuing(pki, ledger, company, { issuer: pki.organisations, keyKind: 'p-256' });
  return createCard({
    id: 'company',
    holder: company.organisation,
    holderEn: company.organisationEn,
    shows: { zh: '工商憑證：卡片種類不符', en: 'an organisation’s card: the wrong kind' },
    cardNumber: cardNumber('MO', company.businessNumber),
    label: 'MOEACA-Test',
    pin,
    signing: issue('sign'),
    encryption: issue('encrypt'),
  });
}

function issuing(pki: Pki, ledger: RevocationLedger, holder: Holder, overrides: IssueOverrides) {
  return (profile: Profile): Issued => {
    // One key for all the certificates that nobody must ever log in with: RSA keys take long to make.
    const shared = profile === 'encrypt' ? { keys: pki.store.key('encryption', 'rsa-2048') } : {};
    const issued = pki.issue(holder, profile, { ...overrides, ...shared });
    if (overrides.issuer) ledger.recordIssued(overrides.issuer, issued.serial);
    return issued;
  };
}

/** Both certificates of a card are revoked together, as superseded, from now on. */
function standingOf(ledger: RevocationLedger, issuer: Authority, issued: readonly Issued[]): Standing {
  return {
    isRevoked: () => issued.some(({ serial }) => ledger.statusOf(issuer, serial).kind === 'revoked'),
    setRevoked(revoked) {
      for (const { serial } of issued) {
        if (revoked) ledger.revoke(issuer, { serial, at: new Date(), reason: 4 });
        else ledger.restore(issuer, serial);
      }
    },
  };
}

/** 16 characters. */
function cardNumber(kind: string, number: string): string {
  return kind + number.slice(-14).padStart(14, '0');
}
