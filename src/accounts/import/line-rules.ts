/** What a line of a file of officials must be like: the schema of accounts, and the roles that may be given. */
import type { Actor } from '#domain/actor.ts';
import type { Day } from '#domain/calendar.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import { parseOid, type Oid } from '#domain/oid.ts';
import { mayGive } from '#domain/permission.ts';
import { managedAccountSchema, type ManagedAccountInput } from '../management/open-managed-account.ts';
import { faultIn } from '../management/set-roles.ts';
import type { ImportCells, ImportColumn } from './import-columns.ts';

/** What may be wrong; each has words that say what to do. */
export const lineFaults = [
  'missing',
  'malformed',
  /** `about`: the line that has the same person. */
  'twice-in-file',
  /** The person has an account, which the manager sees. */
  'has-account',
  /** The person has an account elsewhere. */
  'has-account-elsewhere',
  'outside-jurisdiction',
  'unknown-unit',
  'unknown-agency',
  /** A manager's accounts are of the manager's own agency. */
  'agency-not-own',
  /** `about` of these: the role. */
  'category-not-held',
  'unknown-role',
  'role-twice',
  'grant-ended',
  /** Refused when it was brought in, for a reason of the deed. */
  'refused',
] as const;

export type LineFaultCode = (typeof lineFaults)[number];

export interface LineFault {
  readonly column: ImportColumn;
  readonly fault: LineFaultCode;
  readonly about?: string;
}

/** A line whose fields are right, its places still to be looked up. */
export interface ReadLine extends Omit<ManagedAccountInput, 'agency' | 'unit'> {
  readonly agencyOid?: Oid;
  readonly unitOid?: Oid;
}

export type LineReading =
  | { readonly ok: true; readonly line: ReadLine }
  | { readonly ok: false; readonly faults: readonly LineFault[] };

const lineSchema = managedAccountSchema.omit({ agency: true, unit: true });

/** Reads the cells by the schema that the form of one account is read by. Each faulty column is named once. */
export function readLine(cells: ImportCells): LineReading {
  const { name, nationalId, birthday, roles = '', agencyOid, unitOid, ...contact } = cells;
  const grants = roles
    .split(/[\s,，、]+/)
    .filter(Boolean)
    .map(typedGrant);
  const filled = { name, nationalId, birthday: birthday && paddedBirthday(birthday), grants, contact };
  const parsed = lineSchema.safeParse(JSON.parse(JSON.stringify(filled)));
  const columns = parsed.success ? [] : parsed.error.issues.map(({ path }) => columnOf(path));
  const places = { agencyOid: agencyOid && parseOid(agencyOid), unitOid: unitOid && parseOid(unitOid) };
  if (agencyOid !== undefined && places.agencyOid === undefined) columns.push('agencyOid');
  if (unitOid !== undefined && places.unitOid === undefined) columns.push('unitOid');
  if (!parsed.success || columns.length > 0) {
    const faults = [...new Set(columns)].map((column): LineFault => {
      return { column, fault: cells[column] === undefined ? 'missing' : 'malformed' };
    });
    return { ok: false, faults };
  }
  return {
    ok: true,
    line: {
      ...parsed.data,
      ...(places.agencyOid && { agencyOid: places.agencyOid }),
      ...(places.unitOid && { unitOid: places.unitOid }),
    },
  };
}

/** `csm_user;until=2026-12-31` or `csm_user` as the schema takes it; what is neither is refused by it. */
function typedGrant(text: string): { readonly role: string; readonly until?: string } {
  const [role = '', until] = text.split(';until=');
  return until === undefined ? { role } : { role, until };
}

/** Spreadsheet programs take `0215` for a number and drop its zero. */
function paddedBirthday(text: string): string {
  return /^\d{3}$/.test(text) ? `0${text}` : text;
}

function columnOf([first, second]: readonly PropertyKey[]): ImportColumn {
  if (first === 'grants') return 'roles';
  // The schema's fields are columns by the same names.
  return (first === 'contact' ? (second ?? 'email') : first) as ImportColumn;
}

/** Whether the actor may give these roles, and whether they can be given as they stand. */
export function judgeGrants(
  actor: Actor,
  catalogue: Catalogue,
  today: Day,
  grants: ReadLine['grants'],
): readonly LineFault[] {
  const faults: LineFault[] = [];
  for (const { role } of grants) {
    const permission = mayGive(actor, catalogue, role);
    if (permission.ok) continue;
    const fault = permission.why === 'unknown-role' ? 'unknown-role' : 'category-not-held';
    faults.push({ column: 'roles', fault, about: role });
  }
  const badly = faultIn(grants, today);
  if (badly) faults.push({ column: 'roles', fault: badly.why, about: badly.about });
  return faults;
}
