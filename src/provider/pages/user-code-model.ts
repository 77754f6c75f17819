import type { FieldError } from '#pages/field-error.ts';

export interface UserCodeModel {
  readonly action: string;
  readonly xsrf: string;
  readonly userCode: string;
  readonly errors: readonly FieldError[];
}
