/** The roles of the catalogue as a form shows them to one actor: what each allows, what it asks for, who may give it. Pure. */
import type { Actor } from '#domain/actor.ts';
import type { Requirement } from '#domain/assurance.ts';
import type { Day } from '#domain/calendar.ts';
import { findRole, rolesOf, type Catalogue, type Role } from '#domain/catalogue.ts';
import { isInForce, type RoleGrant } from '#domain/grant.ts';
import { mayGive } from '#domain/permission.ts';

export interface RoleLine {
  readonly code: string;
  readonly name: string;
  readonly requires: Requirement;
  readonly withoutCertificate: boolean;
  /** Names of the systems that it admits to. */
  readonly systems: string;
  readonly editable: boolean;
  readonly chosen: boolean;
  readonly until: string;
  /** Its last day has passed. */
  readonly ended: boolean;
}

export interface RoleGroup {
  readonly id: string;
  readonly name: string;
  /** Whether this actor may give any of it. */
  readonly editable: boolean;
  readonly roles: readonly RoleLine[];
}

/** What a form says of a role: chosen, and until when. */
export interface TypedRoles {
  readonly chosen: readonly string[];
  readonly until: Readonly<Record<string, string>>;
}

export function typedRolesOf(grants: readonly RoleGrant[], today: Day): TypedRoles {
  const inForce = grants.filter((grant) => isInForce(grant, today));
  return {
    chosen: inForce.map(({ role }) => role),
    until: Object.fromEntries(inForce.map(({ role, until }) => [role, until ?? ''])),
  };
}

interface Sight {
  readonly actor: Actor;
  readonly catalogue: Catalogue;
  readonly today: Day;
  readonly english: boolean;
}

/** Categories that the actor may give first; then those of which the account holds something, read-only. */
export function roleGroups(
  { actor, catalogue, today, english }: Sight,
  held: readonly RoleGrant[],
  typed: TypedRoles,
): readonly RoleGroup[] {
  const lineOf = (role: Role): RoleLine => {
    const editable = mayGive(actor, catalogue, role.code).ok;
    const grant = held.find((one) => one.role === role.code);
    const ended = grant !== undefined && !isInForce(grant, today);
    return {
      code: role.code,
      name: role.name,
      requires: role.requires,
      withoutCertificate: role.withoutCertificate,
      systems: systemsOf(catalogue, role, english),
      editable,
      chosen: editable ? typed.chosen.includes(role.code) : grant !== undefined && !ended,
      until: editable && !ended ? (typed.until[role.code] ?? '') : (grant?.until ?? ''),
      ended,
    };
  };
  const groups = catalogue.categories.map(({ id, name, roles }): RoleGroup => {
    const lines = roles.map(lineOf);
    const editable = lines.some((line) => line.editable);
    const isHeld = (line: RoleLine) => held.some(({ role }) => role === line.code);
    return { id, name, editable, roles: lines.filter((line) => line.editable || isHeld(line)) };
  });
  const shown = groups.filter(({ roles }) => roles.length > 0);
  return [...shown.filter(({ editable }) => editable), ...shown.filter(({ editable }) => !editable)];
}

/** Grants of roles that the catalogue does not have (any more). */
export function unknownGrants(catalogue: Catalogue, held: readonly RoleGrant[]): readonly string[] {
  return held.filter(({ role }) => !findRole(catalogue, role)).map(({ role }) => role);
}

function systemsOf(catalogue: Catalogue, role: Role, english: boolean): string {
  const admitting = catalogue.systems.filter((system) =>
    rolesOf(catalogue, system).some(({ code }) => code === role.code),
  );
  const names = admitting.map(({ name, nameEn }) => (english ? (nameEn ?? name) : name));
  return names.join(english ? ', ' : '、');
}
