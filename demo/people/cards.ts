/** Which card each of the demo's people carries, and cards of others; all invented. */
import { people, type DemoPerson } from './people.ts';

/** What is odd about a card; most are good. */
export type CardPlan =
  | 'good'
  | 'expired'
  | 'revoked'
  /** Made out to a name that is not the account's. */
  | 'other-name'
  /** Holds the certificate for encryption alone. */
  | 'encryption-only';

export interface PersonCard {
  readonly person: DemoPerson;
  readonly plan: CardPlan;
  /** As on the card. */
  readonly name: string;
  readonly nameEn: string;
  /** 16 digits, of the certificate's subject. */
  readonly serialNumber: string;
  /** Which of the two CAs of one name issued it. */
  readonly issuer: 'g2' | 'g3';
}

/** Everybody's, so that nobody has to look it up. */
export const pin = '123456';

const odd: Readonly<Record<string, Partial<Pick<PersonCard, 'plan' | 'name' | 'nameEn'>>>> = {
  周改日: { plan: 'expired' },
  鄭待開: { plan: 'revoked' },
  蔡無職: { plan: 'other-name', name: '蔡吾職', nameEn: 'Tsai Wu-chih (another spelling)' },
  溫新來: { plan: 'encryption-only' },
};

export const personCards: readonly PersonCard[] = people.map((person, at) => ({
  person,
  plan: 'good',
  name: person.name,
  nameEn: person.nameEn,
  serialNumber: `99990000000000${String(at + 1).padStart(2, '0')}`,
  issuer: at % 2 === 0 ? 'g2' : 'g3',
  ...odd[person.name],
}));

/** Somebody whom the hub does not know. */
export const stranger = {
  name: '路人甲',
  nameEn: 'Lu Jen-chia',
  serialNumber: '9999000000000099',
  lastFour: '0000',
} as const;

/** An organisation's card: the wrong kind. */
export const company = {
  organisation: '雲峰示範股份有限公司',
  organisationEn: 'Yunfeng Demo Co., Ltd.',
  businessNumber: '99999997',
} as const;

const words: Readonly<Record<CardPlan, { readonly zh: string; readonly en: string }>> = {
  good: { zh: '有效', en: 'valid' },
  expired: { zh: '憑證已過期', en: 'the certificate has expired' },
  revoked: { zh: '憑證已廢止', en: 'the certificate has been revoked' },
  'other-name': { zh: '姓名與帳號不同', en: 'the name is not the account’s' },
  'encryption-only': { zh: '只有加密憑證', en: 'holds the encryption certificate alone' },
};

export function wordsFor(plan: CardPlan): { readonly zh: string; readonly en: string } {
  return words[plan];
}
