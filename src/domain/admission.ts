/**
 * Who enters which system with which roles:
 * grants ∩ roles of the systems the relying party serves ∩ what this login's assurance allows (domain §2).
 */
import { meets, type AssuranceLevel } from './assurance.ts';
import type { Day } from './calendar.ts';
import { rolesOf, type Catalogue, type Role, type System } from './catalogue.ts';
import { isInForce, type RoleGrant } from './grant.ts';

export type Admission =
  | { readonly ok: true; readonly roles: readonly string[] }
  /** Holds a role that would admit, at a stronger login. */
  | { readonly ok: false; readonly reason: 'certificate-required' | 'second-factor-required' }
  | { readonly ok: false; readonly reason: 'no-admitting-role' };

/** Admission of a holder of `grants`, logged in at `level`, to `systems`; roles sorted, without duplicates. */
export function checkAdmission(
  catalogue: Catalogue,
  systems: readonly System[],
  grants: readonly RoleGrant[],
  level: AssuranceLevel,
  today: Day,
): Admission {
  const held = new Set(grants.filter((grant) => isInForce(grant, today)).map((grant) => grant.role));
  const holdings = systems.flatMap((system) =>
    rolesOf(catalogue, system)
      .filter((role) => held.has(role.code))
      .map((role) => ({ system, role })),
  );
  const effective = holdings.filter(({ system, role }) => counts(system, role, level));
  if (effective.length > 0) {
    return { ok: true, roles: [...new Set(effective.map(({ role }) => role.code))].sort() };
  }
  if (holdings.length === 0) return { ok: false, reason: 'no-admitting-role' };
  const secondFactorIsEnough = holdings.some(({ system, role }) => counts(system, role, 2));
  return { ok: false, reason: secondFactorIsEnough ? 'second-factor-required' : 'certificate-required' };
}

function counts(system: System, role: Role, level: AssuranceLevel): boolean {
  if (!meets(level, role.requires)) return false;
  return meets(level, system.leastRequirement) || (role.withoutCertificate && meets(level, 'second-factor'));
}
