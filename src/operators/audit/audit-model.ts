import type { FieldError } from '#pages/field-error.ts';
import type { PortalNavigation } from '#pages/portal-navigation.ts';
import type { CriteriaName, TypedCriteria } from './criteria.ts';

export interface ShownEntry {
  readonly sequence: number;
  readonly href: string;
  readonly time: Date;
  readonly action: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly actor: string;
  readonly onAccount?: string;
  readonly unitOid?: string;
}

export interface AuditSearchModel {
  readonly navigation: PortalNavigation;
  readonly tab: 'audit';
  readonly csrf: string;
  readonly typed: TypedCriteria;
  readonly errors: readonly FieldError[];
  readonly outcomes: readonly { readonly id: string; readonly selected: boolean }[];
  readonly actions: readonly string[];
  /** Criteria in force, each with the search without it. */
  readonly chips: readonly {
    readonly name: CriteriaName;
    readonly value: string;
    readonly withoutHref: string;
  }[];
  /** `2,000+` where there are more. */
  readonly count: string;
  readonly entries: readonly ShownEntry[];
  readonly nextHref?: string;
}

export interface AuditEntryModel {
  readonly navigation: PortalNavigation;
  readonly tab: 'audit';
  readonly sequence: number;
  readonly time: Date;
  readonly action: string;
  readonly outcome: string;
  /** Every other field of the entry; words are `operators.audit.field.<name>`. */
  readonly facts: readonly { readonly name: string; readonly value: string; readonly person?: string }[];
  readonly evidence: readonly { readonly name: string; readonly value: string }[];
  /** `value` absent: cut by retention. */
  readonly personal: readonly { readonly name: string; readonly value?: string }[];
  readonly hash: string;
  readonly backHref: string;
}
