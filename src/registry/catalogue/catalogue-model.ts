import type { Requirement } from '#domain/assurance.ts';
import type { CatalogueKind } from '#domain/catalogue-register.ts';
import type { RegistryFrameModel } from '../registry-frame.ts';
import type { Option, RegistryFormModel } from '../registry-parts.ts';
import type { TypedEntry } from './entry-form.ts';

export interface ShownRole {
  readonly code: string;
  readonly name: string;
  readonly href: string;
  readonly requires: Requirement;
  readonly withoutCertificate: boolean;
}

export interface CatalogueModel extends RegistryFrameModel {
  readonly listed: readonly {
    readonly id: string;
    readonly name: string;
    readonly href: string;
    readonly newRoleHref: string;
    readonly roles: readonly ShownRole[];
  }[];
  readonly systems: readonly {
    readonly id: string;
    readonly name: string;
    readonly href: string;
    readonly admits: readonly string[];
    readonly leastRequirement: Requirement;
    readonly parties: readonly string[];
  }[];
  readonly newCategoryHref: string;
  readonly newSystemHref: string;
  /** In this many seconds every process knows of a change. */
  readonly seconds: number;
  readonly notice?: 'added' | 'changed' | 'removed';
}

export interface EntryFormModel extends RegistryFormModel {
  readonly kind: CatalogueKind;
  readonly mode: 'add' | 'change';
  readonly action: string;
  readonly backHref: string;
  readonly removeHref?: string;
  readonly seen: string;
  readonly changedMeanwhile: boolean;
  readonly typed: TypedEntry;
  readonly requirements: readonly Option[];
  readonly leastRequirements: readonly Option[];
  readonly inCategories: readonly Option[];
  readonly givenBy: readonly Option[];
  readonly admitsCategories: readonly Option[];
  readonly admitsRoles: readonly Option[];
}

export interface EntryQuestionModel extends RegistryFormModel {
  readonly kind: CatalogueKind;
  readonly id: string;
  readonly name: string;
  readonly action: string;
  readonly backHref: string;
  readonly seen: string;
  /** Roles that a category still has: it cannot go before them. */
  readonly roles: readonly string[];
  /** Systems that the role or the category admits to. */
  readonly systems: readonly string[];
  /** Relying parties that serve the system. */
  readonly parties: readonly string[];
  /** How many hold the role; `2,000+` where there are more. Absent for what nobody holds. */
  readonly holders?: string;
  /** The first of them. */
  readonly people: readonly { readonly name: string; readonly agency: string; readonly unit?: string }[];
}
