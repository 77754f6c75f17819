import type { FieldError } from './field-error.ts';

/** The rules of passwords by the names that src/authentication gives them. */
const messages = {
  length: 'password.error.length',
  maximum: 'password.error.tooLong',
  printable: 'password.error.characters',
  upper: 'password.error.upper',
  lower: 'password.error.lower',
  digit: 'password.error.digit',
  special: 'password.error.special',
  'not-personal': 'password.error.not-personal',
  'not-common': 'password.error.not-common',
  'not-recent': 'password.error.not-recent',
} as const;

/** Every rule that is broken, each with its words. */
export function errorsOf(
  broken: readonly (keyof typeof messages)[],
  minLength: number,
): readonly FieldError[] {
  return broken.map((rule) => ({
    field: 'new_password',
    message: messages[rule],
    params: { minimum: minLength },
    code: 'P01',
  }));
}

/** What is wrong with the two fields before any rule is asked. */
export function fieldErrors(password: string, again: string): readonly FieldError[] {
  if (password === '') return [{ field: 'new_password', message: 'password.error.required' }];
  if (again === '') return [{ field: 'new_password_again', message: 'password.error.againRequired' }];
  return password === again ? [] : [{ field: 'new_password_again', message: 'password.error.different' }];
}
