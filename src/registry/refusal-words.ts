/** Why a deed was refused, in words: every refusal has some. */
import type { NotPermitted } from '#accounts/management/deed-outcome.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { MessageKey } from '#pages/messages/catalogue.ts';

type Why = NotPermitted['why'];

const words: Readonly<Record<Why, MessageKey>> = {
  'certificate-required': 'registry.why.certificate-required',
  'not-a-manager': 'registry.why.not-a-manager',
  'scope-missing': 'registry.why.scope-missing',
  'own-account': 'registry.why.own-account',
  'manager-not-below': 'registry.why.manager-not-below',
  'programme-officers-only': 'registry.why.programme-officers-only',
  'outside-jurisdiction': 'registry.why.outside-jurisdiction',
  'category-not-held': 'registry.why.category-not-held',
  'unknown-role': 'registry.why.unknown-role',
  'unknown-category': 'registry.why.unknown-category',
  'account-not-enabled': 'registry.why.account-not-enabled',
  'no-mail-address': 'registry.why.no-mail-address',
  'not-enabled-today': 'registry.why.not-enabled-today',
  'never-activated': 'registry.why.never-activated',
  'grant-ended': 'registry.why.grant-ended',
  'role-twice': 'registry.why.role-twice',
  'too-many-elsewhere': 'registry.why.too-many-elsewhere',
  'not-registered': 'registry.why.not-registered',
};

export function wordsOf(why: Why): MessageKey {
  return words[why];
}

/** The refusal as an error of the form that asked; `fields` says which field it is about, where one is named. */
export function refusalError(
  { why, about }: Pick<NotPermitted, 'why' | 'about'>,
  fields: Readonly<Record<string, string>> = {},
): FieldError {
  const field = about !== undefined && Object.hasOwn(fields, about) ? (fields[about] ?? '') : '';
  return { field, message: words[why], code: why };
}
