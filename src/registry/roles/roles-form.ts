/** Roles as a form posts them: a box `role` for each, and a field `until-<role code>` for its last day. */
import { z } from 'zod';
import { parseDay } from '#domain/calendar.ts';
import type { RoleGrant } from '#domain/grant.ts';
import { formList, formText } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { TypedRoles } from './role-groups.ts';

/** Part of the schema of a form; see withLastDays. */
export const rolesFormFields = {
  role: formList(500, 64),
  until: z.record(z.string().regex(/^[a-z0-9_-]{1,64}$/), formText(20)).default({}),
};

const prefix = 'until-';

/** A form of `fields` in which the last days of roles are gathered under `until`; any other field too many is refused. */
export function withLastDays<Shape extends z.ZodRawShape>(fields: Shape) {
  return z.preprocess(gathered, z.strictObject(fields));
}

function gathered(body: unknown): unknown {
  // A field called `until` itself is none of ours: as a text it does not pass for the record.
  if (typeof body !== 'object' || body === null || 'until' in body) return body;
  const entries = Object.entries(body);
  const days = entries.filter(([name]) => name.startsWith(prefix));
  const others = entries.filter(([name]) => !name.startsWith(prefix));
  return {
    ...Object.fromEntries(others),
    until: Object.fromEntries(days.map(([name, day]) => [name.slice(prefix.length), day])),
  };
}

export type GrantsReading =
  | { readonly ok: true; readonly grants: readonly RoleGrant[] }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** The grants that a form asks for. A role without a day has no end; a day without its role says nothing. */
export function readGrants({ chosen, until }: TypedRoles): GrantsReading {
  const errors: FieldError[] = [];
  const grants = chosen.map((role): RoleGrant => {
    // Whoever sends the form chooses the code: `constructor` is no last day.
    const text = Object.hasOwn(until, role) ? (until[role]?.trim() ?? '') : '';
    if (text === '') return { role };
    const day = parseDay(text);
    if (day) return { role, until: day };
    errors.push({ field: `${prefix}${role}`, message: 'registry.field.error.until.format', code: 'R05' });
    return { role };
  });
  return errors.length === 0 ? { ok: true, grants } : { ok: false, errors };
}
