/**
 * The fields of an account as texts that somebody typed, on a page or in a line of a file: judged one by one, so that
 * each fault can be said where it is. What the texts become is what account-fields.ts has.
 */
import type { Contact } from '#domain/account.ts';
import { hasNationalIdShape, parseNationalId, type NationalId } from '#domain/national-id.ts';
import { accountFields, contactFields } from './account-fields.ts';
import { judgeProfile, profileFields, type ProfileField, type TypedProfile } from './profile-rules.ts';

export const accountTextFields = ['name', 'nationalId', 'birthday', 'email', ...profileFields] as const;

export type AccountTextField = (typeof accountTextFields)[number];

/** An empty text is none. */
export type AccountTexts = Readonly<Record<AccountTextField, string>>;

export interface AccountTextFault {
  readonly field: AccountTextField;
  /** `malformed`: too long, or with characters that break a line or turn the reading direction. */
  readonly fault: 'missing' | 'malformed' | 'format' | 'checksum';
}

export interface TypedAccount {
  readonly name: string;
  readonly nationalId: NationalId;
  /** `MMDD` */
  readonly birthday: string;
  readonly contact: Contact & { readonly email: NonNullable<Contact['email']> };
}

export type AccountTextsVerdict =
  | { readonly ok: true; readonly account: TypedAccount }
  | { readonly ok: false; readonly faults: readonly AccountTextFault[] };

/** Judges the texts of a new account: name, national ID, birthday and e-mail are needed. */
export function judgeAccountTexts(texts: AccountTexts): AccountTextsVerdict {
  const name = accountFields.name.safeParse(texts.name).data;
  const nationalId = parseNationalId(texts.nationalId);
  const birthday = accountFields.birthday.safeParse(texts.birthday.normalize('NFKC').trim()).data;
  const email = contactFields.email.safeParse(texts.email.trim()).data;
  const profile = judgeProfile({}, profileTexts(texts));
  const faults = [
    ...(['name', 'nationalId', 'birthday', 'email'] as const).flatMap((field) => faultIn(texts, field)),
    ...profileFaults(profile),
  ];
  if (!name || !nationalId || !birthday || !email || !profile.ok) return { ok: false, faults };
  return {
    ok: true,
    account: { name, nationalId, birthday, contact: { email, ...filled(profile.profile) } },
  };
}

export type ChangedTextsVerdict =
  | { readonly ok: true; readonly texts: AccountTexts }
  | { readonly ok: false; readonly faults: readonly AccountTextFault[] };

/**
 * Judges the texts of an account that is there and gives them in their stored form: national ID and birthday left empty
 * stay as they are, a value that stands so already is not judged anew.
 */
export function judgeChangedTexts(texts: AccountTexts, stored: Contact): ChangedTextsVerdict {
  const kept = (['nationalId', 'birthday'] as const).filter((field) => texts[field].trim() !== '');
  // An account may be without an address; one that is there can be replaced, not removed.
  const email = texts.email.trim() !== '' || stored.email !== undefined ? (['email'] as const) : [];
  const profile = judgeProfile(stored, profileTexts(texts));
  const faults = [
    ...(['name', ...kept, ...email] as const).flatMap((field) => faultIn(texts, field)),
    ...profileFaults(profile),
  ];
  if (faults.length > 0 || !profile.ok) return { ok: false, faults };
  return {
    ok: true,
    texts: {
      ...profile.profile,
      name: texts.name.normalize('NFC').trim(),
      nationalId: parseNationalId(texts.nationalId) ?? '',
      birthday: texts.birthday.normalize('NFKC').trim(),
      email: contactFields.email.safeParse(texts.email.trim()).data ?? '',
    },
  };
}

function faultIn(
  texts: AccountTexts,
  field: 'name' | 'nationalId' | 'birthday' | 'email',
): readonly AccountTextFault[] {
  const text = texts[field].normalize('NFKC').trim();
  if (text === '') return [{ field, fault: 'missing' }];
  if (field === 'name')
    return accountFields.name.safeParse(texts.name).success ? [] : [{ field, fault: 'malformed' }];
  if (field === 'birthday')
    return accountFields.birthday.safeParse(text).success ? [] : [{ field, fault: 'format' }];
  if (field === 'email')
    return contactFields.email.safeParse(texts.email.trim()).success ? [] : [{ field, fault: 'format' }];
  if (parseNationalId(text)) return [];
  return [{ field, fault: hasNationalIdShape(text) ? 'checksum' : 'format' }];
}

function profileFaults(verdict: ReturnType<typeof judgeProfile>): readonly AccountTextFault[] {
  if (verdict.ok) return [];
  return verdict.faults.map(({ field, fault }) => ({
    field,
    fault: fault === 'format' ? 'format' : 'malformed',
  }));
}

/** The texts of the profile alone: nothing else may get into a contact. */
function profileTexts(texts: AccountTexts): TypedProfile {
  return Object.fromEntries(profileFields.map((field) => [field, texts[field]])) as TypedProfile;
}

function filled(profile: TypedProfile): Partial<Record<ProfileField, string>> {
  return Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== ''));
}
