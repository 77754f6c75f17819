/** From the texts of the form to the edit of the account: only what was changed, organisations looked up by name or OID. */
import { judgeChangedTexts } from '#accounts/account-texts.ts';
import { accountEditSchema, type AccountEdit } from '#accounts/management/modify-account.ts';
import { profileFields } from '#accounts/profile-rules.ts';
import type { Account } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { Organization } from '#domain/directory.ts';
import type { Language } from '#http/request-state.ts';
import type { FieldError } from '#pages/field-error.ts';
import { faultErrors } from '../account-form/account-form.ts';
import { outsideUnit, type FindOrganization } from '../units/find-organization.ts';
import { changedFields, type ChangeTexts } from './change-form.ts';

export type EditReading =
  | { readonly ok: true; readonly edit: AccountEdit }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

export async function readEdit(
  find: FindOrganization,
  actor: Actor,
  account: Account,
  { seen, typed, language }: { seen: Partial<ChangeTexts>; typed: ChangeTexts; language: Language },
): Promise<EditReading> {
  const changed = new Set(changedFields(seen, typed));
  const verdict = judgeChangedTexts(typed, account.contact);
  const errors = verdict.ok ? [] : faultErrors(verdict.faults, language);
  const place = async (field: 'unit' | 'agency'): Promise<Organization | undefined> => {
    if (!changed.has(field)) return undefined;
    const found = await find(actor, typed[field]);
    if (found.kind === 'found') return found.organization;
    const outside = field === 'unit' ? outsideUnit(actor, found) : undefined;
    if (outside) return outside;
    if (found.kind === 'none' && field === 'unit') return undefined;
    const fault = found.kind === 'none' ? 'missing' : found.kind === 'several' ? 'several' : 'unknown';
    errors.push({ field, message: `registry.organization.error.${fault}`, code: 'R02' });
    return undefined;
  };
  const agency = await place('agency');
  const unit = await place('unit');
  if (agency && agency.code === undefined)
    errors.push({ field: 'agency', message: 'registry.organization.error.no-code', code: 'R02' });
  if (errors.length > 0 || !verdict.ok) return { ok: false, errors };
  const { texts } = verdict;
  const contact = ['email' as const, ...profileFields]
    .filter((field) => changed.has(field))
    .map((field) => [field, texts[field] === '' ? null : texts[field]]);
  const edit = accountEditSchema.parse({
    ...(changed.has('name') && { name: texts.name }),
    ...(texts.nationalId !== '' && { nationalId: texts.nationalId }),
    ...(texts.birthday !== '' && { birthday: texts.birthday }),
    ...(agency && { agency: { oid: agency.oid, name: agency.name, code: agency.code } }),
    ...(changed.has('unit') && { unit: unit ? { oid: unit.oid, name: unit.name } : null }),
    ...(contact.length > 0 && { contact: Object.fromEntries(contact) }),
  });
  return { ok: true, edit };
}
