/** The catalogue of categories, roles and systems (domain §2): data in the directory, not code. */
import type { Requirement } from './assurance.ts';

export interface Role {
  /** Role code, what the business system reads, e.g. `csm_user`. */
  readonly code: string;
  readonly category: string;
  readonly name: string;
  readonly requires: Requirement;
  /** `_nocert` (未帶憑證): lets its holder into a system whose least requirement is `certificate` without one. */
  readonly withoutCertificate: boolean;
  /** Further categories whose managers may give this role; default none. */
  readonly givenByCategories?: readonly string[];
}

export interface Category {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** A business system (業務系統): what a tile opens. */
export interface System {
  readonly id: string;
  readonly name: string;
  readonly nameEn?: string;
  readonly description?: string;
  readonly descriptionEn?: string;
  /** Agency that owns the system, shown on the login page. */
  readonly owner?: string;
  /** Where a tile leads; a system without it is not opened from the home page. */
  readonly url?: string;
  readonly admitsCategories: readonly string[];
  readonly admitsRoles: readonly string[];
  readonly leastRequirement: Requirement;
}

export interface Catalogue {
  readonly categories: readonly Category[];
  readonly systems: readonly System[];
}

/** The roles that admit to `system`: those of its categories and those named one by one. */
export function rolesOf(catalogue: Catalogue, system: System): readonly Role[] {
  return catalogue.categories.flatMap((category) =>
    category.roles.filter(
      (role) => system.admitsCategories.includes(category.id) || system.admitsRoles.includes(role.code),
    ),
  );
}

/** The role of that code, whatever its category. */
export function findRole(catalogue: Catalogue, code: string): Role | undefined {
  return catalogue.categories.flatMap(({ roles }) => roles).find((role) => role.code === code);
}
