import type { FieldError } from '#pages/field-error.ts';
import type { ShownPasswordRule } from '#pages/shown-password-rules.ts';

export interface ChangePasswordModel {
  /** Where the form posts to: `new_password` and `new_password_again`. */
  readonly action: string;
  readonly csrf: string;
  readonly reason: 'first-login' | 'one-day' | 'expired';
  readonly rules: readonly ShownPasswordRule[];
  readonly errors: readonly FieldError[];
}
