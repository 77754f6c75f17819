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

export function shownPasswordRules(policy: {
  readonly minLength: number;
  readonly requireSpecial: boolean;
}): readonly ShownPasswordRule[] {
  return [
    { id: 'length', minimum: policy.minLength },
    { id: 'upper' },
    { id: 'lower' },
    { id: 'digit' },
    ...(policy.requireSpecial ? [{ id: 'special' } as const] : []),
    { id: 'not-personal' },
    { id: 'not-recent' },
    { id: 'not-common' },
  ];
}
