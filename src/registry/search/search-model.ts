import type { AccountStatus, Office } from '#domain/account.ts';
import type { AccountOrder } from '#domain/account-listing.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { RegistryFrameModel } from '../registry-frame.ts';
import type { Option } from '../registry-parts.ts';
import type { CriteriaName, TypedCriteria } from './criteria.ts';

export interface ListedAccount {
  readonly number: number;
  readonly id: string;
  readonly href: string;
  readonly name: string;
  readonly maskedNationalId: string;
  readonly title?: string;
  readonly agency: string;
  readonly unit?: string;
  readonly office: Office;
  readonly status: AccountStatus;
  readonly openedOn: string;
  readonly lastLogin?: Date;
  readonly oneDay:
    | { readonly kind: 'enabled' }
    | { readonly kind: 'offered'; readonly href: string }
    /** Why not: words are `registry.search.oneDay.<why>`. */
    | { readonly kind: 'not'; readonly why: 'own' | 'above' | 'not-enabled' | 'no-mail' };
  /** Whether it may be chosen for deletion. */
  readonly selectable: boolean;
}

export interface Chip {
  readonly name: CriteriaName;
  /** In words that need no translation; without it they are `registry.search.value.<name>.<value>`. */
  readonly text?: string;
  readonly value: string;
  readonly withoutHref: string;
}

/** The head of a column that the list can be sorted by. */
export interface SortHead {
  readonly href: string;
  readonly sorted: 'ascending' | 'descending' | 'none';
}

export interface SearchModel extends RegistryFrameModel {
  readonly csrf: string;
  readonly errors: readonly FieldError[];
  readonly typed: TypedCriteria;
  readonly statuses: readonly Option[];
  readonly roles: readonly Option[];
  readonly categoryOptions: readonly Option[];
  readonly never: boolean;
  readonly chips: readonly Chip[];
  readonly notice?: 'removed' | 'search-gone';
  /** Absent where the criteria are not right: nothing was looked for. */
  readonly list?: {
    readonly accounts: readonly ListedAccount[];
    /** `2,000+` where there are more. */
    readonly count: string;
    /** More than can be counted and sorted. */
    readonly beyond: boolean;
    readonly mayExport: boolean;
    readonly heads: Readonly<Record<AccountOrder, SortHead>>;
    readonly sizes: readonly { readonly size: number; readonly href: string; readonly current: boolean }[];
    readonly page: number;
    readonly pages: number;
    readonly firstHref?: string;
    readonly previousHref?: string;
    readonly nextHref?: string;
  };
  /** Fields of the form that takes the list out: the criteria as they stand in the address. */
  readonly carried: readonly { readonly name: string; readonly value: string }[];
}
