/** A right given to an account: a role code with an optional last day. */
import { parseDay, type Day } from './calendar.ts';

export interface RoleGrant {
  readonly role: string;
  /** Last day on which the grant counts (Asia/Taipei); without it the grant has no end. */
  readonly until?: Day;
}

const rolePattern = /^[a-z0-9][a-z0-9_-]{0,63}$/;

export function isRoleCode(text: string): boolean {
  return rolePattern.test(text);
}

/** Reads a directory value such as `csm_user` or `csm_user;until=2026-12-31`; undefined when malformed. */
export function parseGrant(value: string): RoleGrant | undefined {
  const [role = '', option, ...rest] = value.split(';');
  if (!isRoleCode(role) || rest.length > 0) return undefined;
  if (option === undefined) return { role };
  const until = option.startsWith('until=') ? parseDay(option.slice('until='.length)) : undefined;
  return until ? { role, until } : undefined;
}

export function formatGrant(grant: RoleGrant): string {
  return grant.until ? `${grant.role};until=${grant.until}` : grant.role;
}

export function isInForce(grant: RoleGrant, today: Day): boolean {
  return grant.until === undefined || today <= grant.until;
}
