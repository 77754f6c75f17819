import type { FieldError } from '#pages/field-error.ts';
import type { TextBlock } from '#pages/text-blocks.ts';

export interface RulesOfUseModel {
  /** `new-version`: somebody who agreed to an earlier one, or to none that is known, signs in. */
  readonly reason: 'first-login' | 'new-version';
  /** Where the form posts to: `agree=yes` with `version`. */
  readonly action: string;
  readonly csrf: string;
  /** Which text this is; kept with the agreement. */
  readonly version: string;
  readonly blocks: readonly TextBlock[];
  readonly errors: readonly FieldError[];
  /** Where declining posts to. */
  readonly cancelAction: string;
}
