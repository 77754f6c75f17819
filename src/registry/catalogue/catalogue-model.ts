import type { Requirement } from '#domain/assurance.ts';
import type { CatalogueKind } from '#domain/catalogue-register.ts';
import type { RegistryFrameModel } from '../registry-frame.ts';
import type { Option, RegistryFormModel } from '../registry-parts.ts';
import type { SeenFormModel } from '../seen-form.ts';
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

/** Who holds a role, a category or a system. */
export interface Holders {
  /** How many accounts; `2,000+` where there are more. Absent for what nobody holds. */
  readonly holders?: string;
  /** The first of them, each with where it is taken away. */
  readonly people: readonly {
    readonly href: string;
    readonly name: string;
    readonly agency: string;
    readonly unit?: string;
  }[];
  /** Where all of them are listed. */
  readonly holdersHref?: string;
  /** Programs that may give roles of the category. */
  readonly programs: readonly string[];
  /** Systems and roles that name it, each with its form. */
  readonly entries: readonly { readonly href: string; readonly id: string; readonly name: string }[];
  /** Relying parties and resources that serve the system. */
  readonly parties: readonly string[];
}

export interface EntryFormModel extends SeenFormModel {
  readonly kind: CatalogueKind;
  readonly mode: 'add' | 'change';
  readonly action: string;
  readonly backHref: string;
  readonly removeHref?: string;
  /** Mark of the state that the form was made from. */
  readonly seen: string;
  readonly typed: TypedEntry;
  /** Stand in the way of adding it. */
  readonly held?: Holders;
  readonly requirements: readonly Option[];
  readonly leastRequirements: readonly Option[];
  readonly inCategories: readonly Option[];
  readonly givenBy: readonly Option[];
  readonly admitsCategories: readonly Option[];
  readonly admitsRoles: readonly Option[];
}

export interface EntryQuestionModel extends RegistryFormModel, Holders {
  readonly kind: CatalogueKind;
  readonly id: string;
  readonly name: string;
  readonly action: string;
  readonly backHref: string;
  readonly seen: string;
  /** Roles that a category still has: it cannot go before them. */
  readonly roles: readonly string[];
  /** Systems that the role admits to, by its category or by itself. */
  readonly systems: readonly string[];
  /** Somebody holds it: it stays until nobody does. */
  readonly isHeld: boolean;
}
