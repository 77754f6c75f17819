/** Something that a directory server lacks. */
export interface Finding {
  readonly kind:
    | 'missing-branch'
    | 'missing-attribute'
    | 'missing-object-class'
    | 'schema-hidden'
    | 'missing-index'
    | 'unique-not-serialized'
    | 'configuration-hidden'
    | 'not-unique'
    | 'not-writable';
  /**
   * `fault`: Hufu does not work on it. `unsafe`: it works until two changes meet. `slow`: it works while entries are
   * few. `unknown`: the server does not show it.
   */
  readonly severity: 'fault' | 'unsafe' | 'slow' | 'unknown';
  /** DN or name, as the server has it. */
  readonly name: string;
}
