/** The fields of an account as the forms for opening and changing one have them, and what is wrong with them in words. */
import {
  accountTextFields,
  type AccountTextFault,
  type AccountTextField,
  type AccountTexts,
} from '#accounts/account-texts.ts';
import { formText } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { MessageKey } from '#pages/messages/catalogue.ts';
import { translate } from '#pages/messages/translate.ts';
import type { Language } from '#http/request-state.ts';

/** Part of the schema of a form. */
export const accountFormFields = {
  name: formText(300),
  nationalId: formText(64),
  birthday: formText(20),
  email: formText(300),
  title: formText(300),
  staffNumber: formText(300),
  phone: formText(300),
  extension: formText(300),
  mobile: formText(300),
  fax: formText(300),
  postalCode: formText(300),
  address: formText(600),
} as const satisfies Record<AccountTextField, unknown>;

export const noTexts = Object.fromEntries(accountTextFields.map((field) => [field, ''])) as AccountTexts;

export function textsOf(form: AccountTexts): AccountTexts {
  return Object.fromEntries(accountTextFields.map((field) => [field, form[field]])) as AccountTexts;
}

interface Look {
  readonly label: MessageKey;
  readonly hint: MessageKey;
  readonly type?: 'email' | 'tel';
  readonly inputmode?: 'numeric' | 'email' | 'tel';
  readonly autocapitalize?: 'characters';
  readonly maxlength: number;
  readonly needed?: true;
  /** Takes a line of its own. */
  readonly wide?: true;
}

const telephone = { type: 'tel', inputmode: 'tel', maxlength: 24 } as const;

const looks: Readonly<Record<AccountTextField, Look>> = {
  name: { label: 'registry.open.name', hint: 'registry.open.name.hint', maxlength: 100, needed: true },
  nationalId: {
    label: 'registry.open.nationalId',
    hint: 'registry.open.nationalId.hint',
    autocapitalize: 'characters',
    maxlength: 20,
    needed: true,
  },
  birthday: {
    label: 'registry.open.birthday',
    hint: 'registry.open.birthday.hint',
    inputmode: 'numeric',
    maxlength: 8,
    needed: true,
  },
  email: {
    label: 'registry.open.email',
    hint: 'registry.open.email.hint',
    type: 'email',
    inputmode: 'email',
    maxlength: 254,
    needed: true,
  },
  title: { label: 'profile.field.title', hint: 'profile.hint.none', maxlength: 60 },
  staffNumber: { label: 'profile.field.staffNumber', hint: 'profile.hint.none', maxlength: 40 },
  phone: { label: 'profile.field.phone', hint: 'profile.hint.phone', ...telephone },
  extension: {
    label: 'profile.field.extension',
    hint: 'profile.hint.none',
    inputmode: 'numeric',
    maxlength: 10,
  },
  mobile: { label: 'profile.field.mobile', hint: 'profile.hint.mobile', ...telephone },
  fax: { label: 'profile.field.fax', hint: 'profile.hint.none', ...telephone },
  postalCode: {
    label: 'profile.field.postalCode',
    hint: 'profile.hint.postalCode',
    inputmode: 'numeric',
    maxlength: 6,
  },
  address: { label: 'profile.field.address', hint: 'profile.hint.none', maxlength: 200, wide: true },
};

/** A field as the partial `account-fields` shows it. */
export interface AccountField extends Omit<Look, 'needed'> {
  readonly name: AccountTextField;
  readonly value: string;
  readonly optional: boolean;
  /** What somebody else has put there while the form was open; words, ready to be shown. */
  readonly meanwhile?: { readonly kind: 'theirs' | 'conflict'; readonly stored: string };
}

const personFields = ['name', 'nationalId', 'birthday', 'title', 'staffNumber'] as const;

export function accountField(name: AccountTextField, value: string): AccountField {
  const { needed, ...look } = looks[name];
  return { name, value, optional: needed !== true, ...look };
}

/** The fields in the order of the form: the person, then how to reach them. */
export function accountFieldGroups(texts: AccountTexts): {
  readonly person: readonly AccountField[];
  readonly contact: readonly AccountField[];
} {
  const isPerson = (name: AccountTextField) => personFields.some((field) => field === name);
  return {
    person: personFields.map((name) => accountField(name, texts[name])),
    contact: accountTextFields
      .filter((name) => !isPerson(name))
      .map((name) => accountField(name, texts[name])),
  };
}

export function faultErrors(faults: readonly AccountTextFault[], language: Language): FieldError[] {
  return faults.map(({ field, fault }) => {
    const label = translate(language, looks[field].label);
    if (fault === 'missing')
      return { field, message: 'registry.field.error.missing', params: { label }, code: 'R04' };
    const message = fault === 'malformed' ? undefined : formats[`${field}.${fault}`];
    if (message) return { field, message, code: 'R04' };
    return { field, message: 'registry.field.error.malformed', params: { label }, code: 'R04' };
  });
}

const formats: Readonly<Record<string, MessageKey>> = {
  'nationalId.format': 'registry.field.error.nationalId.format',
  'nationalId.checksum': 'registry.field.error.nationalId.checksum',
  'birthday.format': 'registry.field.error.birthday.format',
  'email.format': 'registry.field.error.email.format',
  'phone.format': 'profile.error.phone',
  'fax.format': 'profile.error.phone',
  'extension.format': 'profile.error.extension',
  'mobile.format': 'profile.error.mobile',
  'postalCode.format': 'profile.error.postalCode',
};
