/** The form of the password door: its schema, what may be missing in it, and the words of each refusal. */
import { z } from 'zod';
import type { PasswordLoginResult } from '#authentication/password-login.ts';
import { formText } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';

export const passwordFormSchema = z.strictObject({
  csrf: formText(100),
  action: z.enum(['login', 'send-code']),
  account: formText(256),
  password: formText(1024),
  /** Typed digits; people paste them with spaces and in full width. */
  code: formText(64)
    .default('')
    .transform((code) => code.normalize('NFKC').replace(/\s/gu, '')),
  /** The answer to a captcha by proof of work. */
  altcha: formText(8192).default(''),
  /** The characters read or heard. */
  captcha: formText(64).default(''),
});

export type PasswordForm = z.infer<typeof passwordFormSchema>;

export type CaptchaKind = 'proof-of-work' | 'image';

export function captchaAnswer(form: PasswordForm, kind: CaptchaKind): string {
  return kind === 'image' ? form.captcha : form.altcha;
}

export function captchaError(kind: CaptchaKind): FieldError {
  return kind === 'image'
    ? { field: 'captcha', message: 'login.error.captchaImage', code: 'L01' }
    : { field: 'altcha', message: 'login.error.captchaAgain', code: 'L01' };
}

/** What must be there before anything is tried: told at once, since it says nothing about any account. */
export function missingFields(
  form: PasswordForm,
  codeAlwaysAsked: boolean,
  kind: CaptchaKind,
): readonly FieldError[] {
  const noCharacters = kind === 'image' && form.captcha.trim() === '';
  const needsCode = form.action === 'login' && codeAlwaysAsked;
  return [
    ...(form.account.trim() === '' ? [{ field: 'account', message: 'login.error.account' } as const] : []),
    ...(form.password === '' ? [{ field: 'password', message: 'login.error.password' } as const] : []),
    ...(noCharacters ? [{ field: 'captcha', message: 'login.error.captchaMissing' } as const] : []),
    ...(needsCode && form.code === '' ? [{ field: 'code', message: 'login.error.code' } as const] : []),
  ];
}

/** A reason is told only to somebody who has proved everything; all else reads the same. */
export function errorOf(result: Extract<PasswordLoginResult, { ok: false }>, kind: CaptchaKind): FieldError {
  if (result.reason === 'captcha') return captchaError(kind);
  if (!result.told) return { field: '', message: 'login.error.refused', code: 'L02' };
  if (result.reason === 'disabled') return { field: '', message: 'login.error.disabled', code: 'L03' };
  if (result.reason === 'opening-password-expired') {
    return { field: '', message: 'login.error.openingExpired', code: 'L04' };
  }
  return { field: '', message: 'login.error.notEnabledToday', code: 'L05' };
}
