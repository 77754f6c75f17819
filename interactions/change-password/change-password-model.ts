import type { FieldError } from '#pages/field-error.ts';

/** A rule that the new password must meet; its words are `password.rule.<id>`. */
export interface ShownPasswordRule {
  readonly id:
    | 'length'
    | 'upper'
    | 'lower'
    | 'digit'
    | 'special'
    | 'not-personal'
    | 'not-recent'
    | 'not-common';
  /** Characters; with `length` alone. */
  readonly minimum?: number;
}

export interface ChangePasswordModel {
  /** Where the form posts to: `new_password` and `new_password_again`. */
  readonly action: string;
  readonly csrf: string;
  readonly reason: 'first-login' | 'one-day' | 'expired';
  readonly rules: readonly ShownPasswordRule[];
  readonly errors: readonly FieldError[];
}
