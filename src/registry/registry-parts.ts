import type { Csrf } from '#http/csrf.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { Views } from '#pages/views.ts';
import type { RegistryFrame, RegistryFrameModel } from './registry-frame.ts';

/** What the handlers of the registration service share. */
export interface RegistryParts {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly frame: RegistryFrame;
}

/** A page with a form. */
export interface RegistryFormModel extends RegistryFrameModel {
  readonly csrf: string;
  readonly errors: readonly FieldError[];
}

/** One of several to choose from. */
export interface Option {
  readonly value: string;
  /** In words that need no translation; without it they are `<words>.<value>`. */
  readonly text?: string;
  readonly note?: string;
  readonly chosen: boolean;
  /** Somebody else has chosen it meanwhile. */
  readonly stored?: boolean;
}

export function optionsOf(values: readonly string[], chosen: readonly string[]): readonly Option[] {
  return values.map((value) => ({ value, chosen: chosen.includes(value) }));
}
