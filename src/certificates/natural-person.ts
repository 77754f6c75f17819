/** Who a natural person's certificate says it belongs to: subject and SubjectDirectoryAttributes, by a profile. */
import type { Certificate } from './certificate.ts';
import type { DerElement } from './der/der-reader.ts';
import { ifReadable } from './der/if-readable.ts';
import { oid } from './der/primitives.ts';
import { text } from './der/strings.ts';
import { tags } from './der/tags.ts';
import { attributeTypes, nameText } from './distinguished-name.ts';
import { refuse, type Refused } from './verdict.ts';

export interface NaturalPersonProfile {
  /** OIDs of the attributes. */
  readonly holderType: string;
  readonly lastFour: string;
  readonly medium: string;
  /** The holder type of natural persons. */
  readonly naturalPerson: string;
}

/** 自然人憑證 (MOICA). */
export const moicaProfile: NaturalPersonProfile = {
  holderType: '2.16.886.1.100.2.1',
  lastFour: '2.16.886.1.100.2.51',
  medium: '2.16.886.1.100.2.2',
  naturalPerson: '2.16.886.1.100.3.1.1',
};

export interface NaturalPerson {
  /** As written; not normalised. */
  readonly name: string;
  /** 16 digits. */
  readonly subjectSerial: string;
  /** The last four characters of the national ID. */
  readonly lastFour: string;
  readonly medium: 'card' | 'mobile';
}

/** Refuses, as wrong usage, certificates of organisations, machines and CAs, and what the profile does not fit. */
export function readNaturalPerson(
  certificate: Certificate,
  profile: NaturalPersonProfile = moicaProfile,
): { readonly ok: true; readonly person: NaturalPerson } | Refused {
  const { subject } = certificate;
  const holder = theOne(certificate, profile.holderType);
  if (!holder || oidOf(holder) !== profile.naturalPerson)
    return refuse('wrong-usage', 'not-a-natural-person');
  const name = nameText(subject, attributeTypes.commonName);
  const subjectSerial = nameText(subject, attributeTypes.serialNumber);
  const lastFour = textOf(theOne(certificate, profile.lastFour));
  if (!name || !subjectSerial || !/^\d{16}$/.test(subjectSerial)) return refuse('wrong-usage', 'bad-subject');
  if (!lastFour || !/^[0-9A-Z]{4}$/.test(lastFour)) return refuse('wrong-usage', 'bad-last-four');
  const medium = textOf(theOne(certificate, profile.medium)) === 'mobile' ? 'mobile' : 'card';
  return { ok: true, person: { name, subjectSerial, lastFour, medium } };
}

/** The only value of the only attribute of `type`. */
function theOne({ extensions }: Certificate, type: string): DerElement | undefined {
  const found = extensions.subjectDirectoryAttributes?.filter((each) => each.type === type) ?? [];
  const [attribute] = found;
  return found.length === 1 && attribute?.values.length === 1 ? attribute.values[0] : undefined;
}

function oidOf({ tag, content }: DerElement): string | undefined {
  return tag === tags.oid ? ifReadable(() => oid(content)) : undefined;
}

function textOf(value: DerElement | undefined): string | undefined {
  return value && ifReadable(() => text(value.tag, value.content));
}
