import { createCard, type Card } from '#demo/card-component/card.ts';
import { mintPki, type Pki } from '#demo/pki/mint-pki.ts';

export interface SampleCards {
  readonly pki: Pki;
  /** A person's card, `good`, and an organisation's, `company`; both have the PIN 246810. */
  readonly cards: readonly Card[];
}

export const samplePin = '246810';

export function mintSampleCards(): SampleCards {
  const pki = mintPki();
  const person = { name: '王示範', serialNumber: '9999000000000042', lastFour: '7042' };
  const company = { organisation: '示範股份有限公司', businessNumber: '99999997' };
  const shows = { zh: '有效', en: 'valid' };
  return {
    pki,
    cards: [
      createCard({
        id: 'good',
        holder: person.name,
        holderEn: 'Wang Shih-fan',
        shows,
        cardNumber: 'CS99000000000042',
        label: 'MOICA-Test',
        pin: samplePin,
        signing: pki.issue(person, 'sign'),
        encryption: pki.issue(person, 'encrypt'),
      }),
      createCard({
        id: 'company',
        holder: company.organisation,
        holderEn: 'Demo Co., Ltd.',
        shows,
        cardNumber: 'MO99000000000042',
        label: 'MOEACA-Test',
        pin: samplePin,
        signing: pki.issue(company, 'sign', { keyKind: 'p-256' }),
      }),
    ],
  };
}
