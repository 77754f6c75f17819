/** Opens a manager's account (系統註冊管理者新增作業): a programme officer sets subtree and categories. */
import { z } from 'zod';
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import { dayOf } from '#domain/calendar.ts';
import { mayGive } from '#domain/permission.ts';
import { accountFields, contactSchema } from '../account-fields.ts';
import type { Warrant } from '../warrant.ts';
import { createAdmission } from './admission.ts';
import { findExisting } from './find-existing.ts';
import type { OpeningDeps, OpeningOutcome } from './open-managed-account.ts';
import { unknownCategory } from './set-office.ts';
import { faultIn } from './set-roles.ts';

export const managerSchema = z.strictObject({
  name: accountFields.name,
  nationalId: accountFields.nationalId,
  birthday: accountFields.birthday,
  agency: accountFields.agency,
  unit: accountFields.unit.exactOptional(),
  /** 管轄範圍起始OID */
  jurisdictionOid: accountFields.jurisdictionOid,
  /** 可設定的應用系統類別 */
  categories: accountFields.categories,
  grants: accountFields.grants.default([]),
  contact: contactSchema,
});

export type ManagerInput = z.infer<typeof managerSchema>;

export type OpenManager = (
  actor: Actor,
  input: ManagerInput,
  warrant: Warrant,
  context: AuditContext,
) => Promise<OpeningOutcome>;

export function createOpenManager(deps: OpeningDeps): OpenManager {
  const admission = createAdmission(deps);
  return async (actor, input, warrant, context) => {
    // Whoever may set an office may open an account with it.
    const asked = { actor, deed: 'set-office', context } as const;
    const admitted = await admission.admit(asked);
    if (!admitted.ok) return admitted;
    const catalogue = await deps.catalogue.readCatalogue();
    const category = unknownCategory(catalogue, input.categories);
    if (category !== undefined) return admission.refuse(asked, 'unknown-category', { about: category });
    const unknown = input.grants.find(({ role }) => !mayGive(actor, catalogue, role).ok);
    if (unknown) return admission.refuse(asked, 'unknown-role', { about: unknown.role });
    const fault = faultIn(input.grants, dayOf(deps.clock.now()));
    if (fault) return admission.refuse(asked, fault.why, { about: fault.about });
    const opened = await findExisting(deps, asked, input.nationalId, async () => ({
      ok: true as const,
      account: await deps.openAccount(actor, { ...input, office: 'manager' }, warrant, context),
    }));
    if (opened.ok) await deps.notices.accountOpened(opened.account);
    return opened;
  };
}
