/**
 * Opens an account (公務員新增作業): agency and jurisdiction are the manager's own and cannot be chosen; programme officers
 * choose them, and programs name the agency. The person is told by mail how to begin.
 */
import { z } from 'zod';
import type { AuditTrail } from '#audit/trail.ts';
import type { Account, AccountId, Agency } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import { dayOf } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory, CatalogueDirectory } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import type { Notices } from '#domain/notices.ts';
import type { Oid } from '#domain/oid.ts';
import { mayGive, mayNameAgency, mayPlace } from '#domain/permission.ts';
import { accountFields, contactSchema } from '../account-fields.ts';
import type { OpenAccount } from '../open-account.ts';
import { ownActor } from '../own-actor.ts';
import type { Warrant } from '../warrant.ts';
import { createAdmission, type Asked } from './admission.ts';
import type { NotPermitted, NotUnique } from './deed-outcome.ts';
import type { ElsewhereLimit } from './elsewhere-limit.ts';
import { findExisting } from './find-existing.ts';
import { faultIn } from './set-roles.ts';

export const managedAccountSchema = z.strictObject({
  name: accountFields.name,
  nationalId: accountFields.nationalId,
  birthday: accountFields.birthday,
  /** For programme officers and programs; of a manager it is refused. */
  agency: accountFields.agency.exactOptional(),
  unit: accountFields.unit.exactOptional(),
  grants: accountFields.grants.default([]),
  contact: contactSchema,
});

export type ManagedAccountInput = z.infer<typeof managedAccountSchema>;

export type OpeningOutcome = { readonly ok: true; readonly account: Account } | NotPermitted | NotUnique;

/** `id`: as of OpenAccount. */
export type OpenManagedAccount = (
  actor: Actor,
  input: ManagedAccountInput,
  warrant: Warrant,
  context: AuditContext,
  id?: AccountId,
) => Promise<OpeningOutcome>;

export interface OpeningDeps {
  readonly accounts: Pick<AccountDirectory, 'findAccount' | 'findAccountByNationalId'>;
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly elsewhere: ElsewhereLimit;
  readonly clock: Clock;
  readonly openAccount: OpenAccount;
  readonly notices: Pick<Notices, 'accountOpened'>;
}

export function createOpenManagedAccount(deps: OpeningDeps): OpenManagedAccount {
  const admission = createAdmission(deps);
  return async (actor, input, warrant, context, id) => {
    const asked = { actor, deed: 'open', context } as const;
    const admitted = await admission.admit(asked);
    if (!admitted.ok) return admitted;
    const seat = await findSeat(deps, actor);
    const mustChoose = seat.agency === undefined;
    if (input.agency !== undefined && !mustChoose)
      return admission.refuse(asked, 'programme-officers-only', { about: 'agency' });
    const agency = seat.agency ?? input.agency;
    if (!agency) throw new HufuError('bad-request', { facts: { field: 'agency' } });
    if (mustChoose && !mayNameAgency(actor, agency.oid).ok)
      return admission.refuse(asked, 'outside-jurisdiction', { about: 'agency' });
    const place = (input.unit ?? agency).oid;
    if (!mayPlace(actor, place).ok)
      return admission.refuse(asked, 'outside-jurisdiction', { about: input.unit ? 'unit' : 'agency' });
    const refused = await refusedGrant(asked, input.grants);
    if (refused) return admission.refuse(asked, refused.why, { about: refused.about });
    const jurisdictionOid = seat.jurisdictionOid ?? agency.oid;
    const opened = await findExisting(deps, asked, input.nationalId, async () => ({
      ok: true as const,
      account: await deps.openAccount(
        actor,
        { ...input, agency, jurisdictionOid, office: 'general', categories: [] },
        warrant,
        context,
        id,
      ),
    }));
    if (opened.ok) await deps.notices.accountOpened(opened.account);
    return opened;
  };

  async function refusedGrant({ actor }: Asked, grants: ManagedAccountInput['grants']) {
    const catalogue = await deps.catalogue.readCatalogue();
    for (const { role } of grants) {
      const permission = mayGive(actor, catalogue, role);
      if (!permission.ok) return { why: permission.why, about: role };
    }
    return faultIn(grants, dayOf(deps.clock.now()));
  }
}

/** What an opener's own account, or a program's registration, settles of each account opened. */
export interface Seat {
  /** Absent: to be chosen. */
  readonly agency?: Agency;
  readonly jurisdictionOid?: Oid;
}

/** Throws `not-found` when the opener's own account is gone. */
export async function findSeat(
  { accounts }: { readonly accounts: Pick<AccountDirectory, 'findAccount'> },
  actor: Actor,
): Promise<Seat> {
  if (actor.kind === 'system') return {};
  if (actor.kind === 'client') return { jurisdictionOid: actor.scopeOid };
  if (actor.office === 'programme-officer') return {};
  const own = await accounts.findAccount(ownActor(actor), actor.id);
  if (!own) throw new HufuError('not-found');
  return { agency: own.agency, jurisdictionOid: own.jurisdictionOid };
}
