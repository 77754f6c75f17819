import type { FieldError } from '#pages/field-error.ts';
import type { PortalNavigation } from '#pages/portal-navigation.ts';
import type { ShownPasswordRule } from '#pages/shown-password-rules.ts';

export interface OwnPasswordModel {
  readonly navigation: PortalNavigation;
  /** `/password` takes `current_password`, `new_password`, `new_password_again` and `end_others`. */
  readonly csrf: string;
  /** What was done, said on top in place of the form. */
  readonly done?: { readonly sessionsEnded: number; readonly othersLeft: number };
  /** There is none (any more), as after “this was not me”: the way in by it is closed, and there is no form. */
  readonly closed: boolean;
  /** Set: the password cannot be changed yet; there is no form. */
  readonly changeableFrom?: Date;
  readonly changedAt?: Date;
  readonly until?: Date;
  readonly days: number;
  readonly minimumDays: number;
  readonly rules: readonly ShownPasswordRule[];
  /** Other sessions of this person that are open. */
  readonly otherSessions: number;
  readonly mayEndOthers: boolean;
  readonly errors: readonly FieldError[];
}
