/** What the form of a new account asks for, read: texts, organisations by name or OID, roles, warrant. */
import { judgeAccountTexts } from '#accounts/account-texts.ts';
import type { ManagedAccountInput } from '#accounts/management/open-managed-account.ts';
import type { Warrant } from '#accounts/warrant.ts';
import type { Agency } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { Organization } from '#domain/directory.ts';
import { formList, formText } from '#http/form.ts';
import type { Language } from '#http/request-state.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { z } from 'zod';
import { accountFormFields, faultErrors, textsOf } from '../account-form/account-form.ts';
import { outsideUnit, type FindOrganization } from '../units/find-organization.ts';
import { readGrants, rolesFormFields, withLastDays } from '../roles/roles-form.ts';
import { readWarrant, warrantFields } from '../warrant-form.ts';

const common = { csrf: formText(100), ...accountFormFields, ...rolesFormFields, ...warrantFields };

/** A manager's form: agency and jurisdiction are no fields of it. */
export const managedForm = withLastDays({ ...common, unit: formText(300) });
/** A programme officer's form chooses the agency. */
export const officerForm = withLastDays({ ...common, unit: formText(300), agency: formText(300) });
/** The form of a manager's account. */
export const managerForm = withLastDays({
  ...common,
  unit: formText(300),
  agency: formText(300),
  jurisdiction: formText(300),
  category: formList(200, 64),
});

export type OpenForm = z.infer<typeof managedForm> &
  Partial<Pick<z.infer<typeof managerForm>, 'agency' | 'jurisdiction' | 'category'>>;

export type OpenReading =
  | {
      readonly ok: true;
      readonly input: Omit<ManagedAccountInput, 'agency'>;
      readonly agency?: Agency;
      readonly jurisdiction?: Organization;
      readonly warrant: Warrant;
    }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

export async function readOpenForm(
  find: FindOrganization,
  actor: Actor,
  form: OpenForm,
  language: Language,
): Promise<OpenReading> {
  const texts = judgeAccountTexts(textsOf(form));
  const grants = readGrants({ chosen: form.role, until: form.until });
  const warrant = readWarrant(form);
  const errors: FieldError[] = [];
  const place = async (field: 'unit' | 'agency' | 'jurisdiction', needed: boolean) => {
    const typed = form[field];
    if (typed === undefined) return undefined;
    const found = await find(actor, typed);
    if (found.kind === 'found') return found.organization;
    const outside = field === 'unit' ? outsideUnit(actor, found) : undefined;
    if (outside) return outside;
    if (found.kind === 'none' && !needed) return undefined;
    const fault = found.kind === 'none' ? 'missing' : found.kind === 'several' ? 'several' : 'unknown';
    errors.push({ field, message: `registry.organization.error.${fault}`, code: 'R02' });
    return undefined;
  };
  const jurisdiction = await place('jurisdiction', true);
  const organization = await place('agency', true);
  const unit = await place('unit', false);
  if (organization && organization.code === undefined)
    errors.push({ field: 'agency', message: 'registry.organization.error.no-code', code: 'R02' });
  if (!texts.ok) errors.push(...faultErrors(texts.faults, language));
  if (!grants.ok) errors.push(...grants.errors);
  if (!warrant.ok) errors.push(...warrant.errors);
  if (errors.length > 0 || !texts.ok || !grants.ok || !warrant.ok) return { ok: false, errors };
  const code = organization?.code;
  return {
    ok: true,
    input: {
      ...texts.account,
      ...(unit && { unit: { oid: unit.oid, name: unit.name } }),
      grants: [...grants.grants],
    },
    ...(organization && code && { agency: { oid: organization.oid, name: organization.name, code } }),
    ...(jurisdiction && { jurisdiction }),
    warrant: warrant.warrant,
  };
}
