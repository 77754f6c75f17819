/**
 * The form by which an account is changed (修改作業), as texts; and what it comes to when somebody else has changed the account
 * while it was open: nothing of theirs is overwritten unseen. Pure.
 */
import { z } from 'zod';
import { accountTextFields, type AccountTexts } from '#accounts/account-texts.ts';
import { profileFields } from '#accounts/profile-rules.ts';
import type { Account } from '#domain/account.ts';
import type { AccountField } from '../account-form/account-form.ts';
import { organizationText } from '../units/find-organization.ts';

export const placeFields = ['unit', 'agency'] as const;
export const changeFields = [...accountTextFields, ...placeFields] as const;
export type ChangeField = (typeof changeFields)[number];
export type ChangeTexts = AccountTexts & Readonly<Record<(typeof placeFields)[number], string>>;

/** What the form shows of an account; national ID and birthday are never shown: empty, they stay as they are. */
export function storedTexts(account: Account): ChangeTexts {
  const { name, contact, unit, agency } = account;
  const profile = Object.fromEntries(profileFields.map((field) => [field, contact[field] ?? '']));
  return {
    ...(profile as Record<(typeof profileFields)[number], string>),
    name,
    nationalId: '',
    birthday: '',
    email: contact.email ?? '',
    unit: unit ? organizationText(unit) : '',
    agency: organizationText(agency),
  };
}

const seenSchema = z.partialRecord(z.enum(changeFields), z.string());

/** What the form was filled with, as it comes back; what does not read back counts as not seen. */
export function readSeen(text: string): Partial<ChangeTexts> {
  try {
    return seenSchema.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}

/** What the person at the form has changed, of what it was filled with. */
export function changedFields(seen: Partial<ChangeTexts>, typed: ChangeTexts): readonly ChangeField[] {
  return changeFields.filter((field) => typed[field].trim() !== (seen[field] ?? '').trim());
}

export interface Merged {
  readonly texts: ChangeTexts;
  readonly meanwhile: Partial<Record<ChangeField, NonNullable<AccountField['meanwhile']>>>;
}

/** `mine` where I have changed a field, else what stands there now; what both have changed is told. */
export function mergeTexts(seen: Partial<ChangeTexts>, mine: ChangeTexts, now: ChangeTexts): Merged {
  const changed = new Set(changedFields(seen, mine));
  const meanwhile: Record<string, NonNullable<AccountField['meanwhile']>> = {};
  const texts = changeFields.map((field) => {
    const isTheirs = now[field] !== (seen[field] ?? '');
    if (!changed.has(field)) {
      if (isTheirs) meanwhile[field] = { kind: 'theirs', stored: now[field] };
      return [field, now[field]] as const;
    }
    if (isTheirs && now[field] !== mine[field]) meanwhile[field] = { kind: 'conflict', stored: now[field] };
    return [field, mine[field]] as const;
  });
  return { texts: Object.fromEntries(texts) as ChangeTexts, meanwhile };
}
