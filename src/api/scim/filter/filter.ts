/** A filter as read (RFC 7644, section 3.4.2.2). Names are kept as written and compared without regard to case. */
export interface AttributePath {
  /** URI of the schema, where it is named. */
  readonly schema?: string;
  readonly name: string;
  readonly sub?: string;
}

export const comparisons = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof comparisons)[number];

export type FilterValue = string | number | boolean | null;

export type Filter =
  | { readonly op: Comparison; readonly path: AttributePath; readonly value: FilterValue }
  | { readonly op: 'pr'; readonly path: AttributePath }
  | { readonly op: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly op: 'not'; readonly filter: Filter }
  /** `emails[type eq "work"]`: one of its values meets all of the filter. */
  | { readonly op: 'some'; readonly path: AttributePath; readonly filter: Filter };

export type PatchPath = AttributePath & {
  /** Which of several values are meant. */
  readonly filter?: Filter;
};
