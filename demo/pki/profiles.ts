/** The certificate profiles that a card reader may meet: whose, what for, and what the leaf says of its holder. */
import { der } from './der.ts';
import type { KeyUsage } from './extensions.ts';
import { encodeName } from './names.ts';

/** A natural person, as the card's certificate knows them. */
export interface PersonOnCard {
  readonly name: string;
  /** 16 digits, of the person's subject; not the national ID. */
  readonly serialNumber: string;
  /** Of the national ID. */
  readonly lastFour: string;
}

export interface OrganisationOnCard {
  readonly organisation: string;
  /** Unified business number: 8 digits. */
  readonly businessNumber: string;
  readonly holder?: 'company' | 'branch' | 'firm';
  readonly card?: 'primary' | 'secondary';
}

export type Holder = PersonOnCard | OrganisationOnCard;

/** `sign` is cert1 of a card, `encrypt` cert2, `mobile` the certificate of a telephone. */
export type Profile = 'sign' | 'encrypt' | 'mobile';

export const policyBase = '2.16.886.101.0.3';
/** The level that is refused outside a test deployment. */
export const testPolicy = `${policyBase}.0`;

const attributes = '2.16.886.1.100.2';
const holderTypes = '2.16.886.1.100.3';
const naturalPerson = `${holderTypes}.1.1`;
const organisationTypes = {
  company: `${holderTypes}.2.2.1.1`,
  branch: `${holderTypes}.2.3.3.1`,
  firm: `${holderTypes}.2.3.1`,
} as const;

const keyUsages: Readonly<Record<Profile, readonly KeyUsage[]>> = {
  sign: ['digitalSignature'],
  encrypt: ['keyEncipherment', 'dataEncipherment'],
  mobile: ['digitalSignature'],
};

export function keyUsageOf(profile: Profile): readonly KeyUsage[] {
  return keyUsages[profile];
}

/** DER of the subject: C, then CN and serialNumber of a person, or O and serialNumber of an organisation. */
export function subjectOf(holder: Holder): Buffer {
  return 'organisation' in holder
    ? encodeName([
        ['C', 'TW'],
        ['O', holder.organisation],
        ['serialNumber', holder.businessNumber],
      ])
    : encodeName([
        ['C', 'TW'],
        ['CN', holder.name],
        ['serialNumber', holder.serialNumber],
      ]);
}

/** DER of the value of SubjectDirectoryAttributes (2.5.29.9). */
export function directoryAttributesOf(holder: Holder, profile: Profile): Buffer {
  if ('organisation' in holder) {
    return der.sequence(
      attribute(1, der.oid(organisationTypes[holder.holder ?? 'company'])),
      attribute(2, der.printable(holder.card ?? 'primary')),
      attribute(101, der.printable(holder.businessNumber)),
    );
  }
  return der.sequence(
    attribute(1, der.oid(naturalPerson)),
    ...(profile === 'mobile' ? [attribute(2, der.printable('mobile'))] : []),
    attribute(51, der.utf8(holder.lastFour)),
  );
}

function attribute(arc: number, value: Buffer): Buffer {
  return der.sequence(der.oid(`${attributes}.${arc}`), der.set(value));
}
