/** The rules a new password must meet (domain §6, security page: passwords). Pure. */
import { dictionary } from '@zxcvbn-ts/language-common';

export interface PasswordPolicy {
  /** Characters. */
  readonly minLength: number;
  readonly maxLength: number;
  readonly requireSpecial: boolean;
  /** How many former passwords may not come back. */
  readonly history: number;
  readonly minAgeDays: number;
  readonly maxAgeDays: number;
}

export type PasswordRule =
  | 'length'
  | 'maximum'
  | 'printable'
  | 'upper'
  | 'lower'
  | 'digit'
  | 'special'
  | 'not-personal'
  | 'not-common'
  | 'not-recent';

/** What a password must not be made of. */
export interface PersonalFacts {
  readonly nationalId: string;
  /** `MMDD` */
  readonly birthday: string;
  readonly name: string;
  readonly openingPassword: string;
  readonly email?: string | undefined;
}

let common: ReadonlySet<string> | undefined;

/** The form in which a password is hashed and compared. */
export function normalizePassword(typed: string): string {
  return typed.normalize('NFC');
}

/** The rules that `password` breaks, of those that need no look at former passwords; empty when it may be used. */
export function checkPasswordRules(
  password: string,
  facts: PersonalFacts,
  policy: PasswordPolicy,
): readonly PasswordRule[] {
  const length = [...password].length;
  const broken: [PasswordRule, boolean][] = [
    ['length', length < policy.minLength],
    ['maximum', length > policy.maxLength],
    // Control characters and lone surrogates cannot be typed again reliably.
    ['printable', /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(password)],
    ['upper', !/\p{Lu}/u.test(password)],
    ['lower', !/\p{Ll}/u.test(password)],
    ['digit', !/\p{Nd}/u.test(password)],
    ['special', policy.requireSpecial && !/[^\p{L}\p{N}]/u.test(password)],
    ['not-personal', isPersonal(password, facts)],
    ['not-common', isCommon(password)],
  ];
  return broken.flatMap(([rule, fails]) => (fails ? [rule] : []));
}

function isPersonal(password: string, facts: PersonalFacts): boolean {
  const squeezed = squeeze(password);
  const mailName = squeeze(facts.email?.split('@')[0] ?? '');
  const name = squeeze(facts.name);
  const parts = [
    squeeze(facts.nationalId),
    squeeze(facts.nationalId.slice(1)),
    squeeze(facts.openingPassword),
    squeeze(facts.birthday),
    // One or two Latin letters, and short mail names, occur in any long password by chance.
    /^[a-z]{1,2}$/.test(name) ? '' : name,
    mailName.length >= 4 ? mailName : '',
  ];
  return parts.some((part) => part !== '' && squeezed.includes(part));
}

/** Letters and digits alone, widths and cases folded: signs or invisible characters in between hide nothing. */
function squeeze(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Listed, or a listed word with digits and signs put in front or behind to satisfy the other rules. */
function isCommon(password: string): boolean {
  common ??= new Set(dictionary['passwords-common']);
  const folded = password
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '');
  const core = /\p{L}(?:.*\p{L})?/su.exec(folded)?.[0] ?? '';
  return common.has(folded) || (core.length >= 4 && common.has(core)) || /^(.)\1*$/u.test(core);
}
