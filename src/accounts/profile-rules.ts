/** What a person may keep of the own account, and in which session (domain §3). Pure. */
import type { Account, Contact } from '#domain/account.ts';
import type { AssuranceLevel } from '#domain/assurance.ts';

/** The fields of the profile form; the e-mail address changes by a way of its own. */
export const profileFields = [
  'title',
  'staffNumber',
  'phone',
  'extension',
  'mobile',
  'fax',
  'postalCode',
  'address',
] as const satisfies readonly (keyof Contact)[];

export type ProfileField = (typeof profileFields)[number];

/** Texts as typed; empty: there is none. */
export type TypedProfile = Readonly<Record<ProfileField, string>>;

export interface ProfileFault {
  readonly field: ProfileField;
  readonly fault: 'characters' | 'too-long' | 'format';
  /** Characters allowed. */
  readonly maximum: number;
}

export type ProfileVerdict =
  | { readonly ok: true; readonly profile: TypedProfile }
  | { readonly ok: false; readonly faults: readonly ProfileFault[] };

interface FieldRule {
  readonly maximum: number;
  readonly format?: RegExp;
  /** Digits and signs, which people also type in full width. */
  readonly folded?: boolean;
}

const telephone = { maximum: 24, format: /^[+(]?[0-9][0-9 ()#-]{4,}$/, folded: true };

const rules: Readonly<Record<ProfileField, FieldRule>> = {
  title: { maximum: 60 },
  staffNumber: { maximum: 40 },
  phone: telephone,
  extension: { maximum: 10, format: /^[0-9]{1,10}$/, folded: true },
  mobile: { maximum: 24, format: /^(?:09[0-9]{2}-?[0-9]{3}-?[0-9]{3}|\+[1-9][0-9 -]{6,})$/, folded: true },
  fax: telephone,
  // Three digits, and two or three more where the person knows them.
  postalCode: { maximum: 6, format: /^(?:[0-9]{3}|[0-9]{5,6})$/, folded: true },
  address: { maximum: 200 },
};

/** What breaks a line or turns the reading direction has no place in a field. */
const refused = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** With a certificate; or with a password and second factor as long as no card is registered. */
export function mayKeepProfile(account: Pick<Account, 'certificates'>, level: AssuranceLevel): boolean {
  return level === 3 || (level === 2 && account.certificates.length === 0);
}

/** Judges and brings into the stored form (NFC). A value that stands so already is not judged anew. */
export function judgeProfile(stored: Contact, typed: TypedProfile): ProfileVerdict {
  const profile: Record<ProfileField, string> = { ...typed };
  const faults: ProfileFault[] = [];
  for (const field of profileFields) {
    const { maximum, format, folded } = rules[field];
    const value = typed[field].normalize(folded === true ? 'NFKC' : 'NFC').trim();
    profile[field] = value;
    if (value === '' || value === stored[field]) continue;
    if (refused.test(value)) faults.push({ field, fault: 'characters', maximum });
    else if ([...value].length > maximum) faults.push({ field, fault: 'too-long', maximum });
    else if (format && !format.test(value)) faults.push({ field, fault: 'format', maximum });
  }
  return faults.length === 0 ? { ok: true, profile } : { ok: false, faults };
}

/** The profile as the form shows it. */
export function profileOf(contact: Contact): TypedProfile {
  return Object.fromEntries(profileFields.map((field) => [field, contact[field] ?? ''])) as TypedProfile;
}
