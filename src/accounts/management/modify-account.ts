/**
 * Changes what only a manager may change of somebody's account (修改作業): name, national ID, birthday, unit, contact.
 * The agency is for programme officers. A new address counts from its first code; the old one is told. Certificates of
 * another holder than the national ID is now of do not stay.
 */
import { z } from 'zod';
import { accountModified } from '#audit/management-events.ts';
import type { FieldChange } from '#audit/event-parts.ts';
import type { Account, Contact } from '#domain/account.ts';
import { maskNationalId } from '#domain/account-listing.ts';
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import { dayOf } from '#domain/calendar.ts';
import type { CertificateBinding } from '#domain/certificate-binding.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountChange } from '#domain/directory.ts';
import type { NationalId } from '#domain/national-id.ts';
import type { Notices } from '#domain/notices.ts';
import { isProgrammeOfficer, mayPlace } from '#domain/permission.ts';
import { sealingContext, sealingPurpose, type Sealing } from '#domain/sealing.ts';
import { isOtherHolder, withoutCertificates } from '../certificate-rules.ts';
import { accountFields, contactChangeSchema } from '../account-fields.ts';
import type { Warrant } from '../warrant.ts';
import type { DeedOutcome, NotUnique, Target } from './deed-outcome.ts';
import { createManagedChange, type ManagedChangeDeps, type Plan } from './managed-change.ts';
import type { ElsewhereLimit } from './elsewhere-limit.ts';
import { findExisting, type FindExistingDeps } from './find-existing.ts';
import type { EndSessionsOf, WithdrawCode } from './set-status.ts';

/** An absent field is left alone; `null` removes. */
export const accountEditSchema = z.strictObject({
  name: accountFields.name.exactOptional(),
  nationalId: accountFields.nationalId.exactOptional(),
  birthday: accountFields.birthday.exactOptional(),
  agency: accountFields.agency.exactOptional(),
  unit: accountFields.unit.nullable().exactOptional(),
  contact: contactChangeSchema.exactOptional(),
});

export type AccountEdit = z.infer<typeof accountEditSchema>;

export type ModifyAccount = (
  actor: Actor,
  target: Target,
  edit: AccountEdit,
  warrant: Warrant,
  context: AuditContext,
) => Promise<DeedOutcome | NotUnique>;

interface Dependencies extends Omit<ManagedChangeDeps, 'accounts'> {
  readonly accounts: ManagedChangeDeps['accounts'] & FindExistingDeps['accounts'];
  readonly elsewhere: ElsewhereLimit;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly notices: Pick<Notices, 'addressChanged' | 'certificateRemoved'>;
  readonly withdrawCode: WithdrawCode;
  readonly endSessionsOf: EndSessionsOf;
}

export function createModifyAccount(deps: Dependencies): ModifyAccount {
  const managedChange = createManagedChange(deps);
  return async (actor, target, edit, warrant, context) => {
    const asked = { actor, deed: 'modify', context } as const;
    const plan = (account: Account): Plan => {
      const { change, fields } = differences(account, edit, deps.sealing);
      const removed = foreignCertificates(account, change, deps.sealing);
      if (change.agency && !isProgrammeOfficer(actor))
        return { kind: 'refused', why: 'programme-officers-only', about: 'agency' };
      const place = placeAfter(account, change);
      if (!mayPlace(actor, place).ok) return { kind: 'refused', why: 'outside-jurisdiction', about: 'unit' };
      if (Object.keys(fields).length === 0) return { kind: 'same' };
      const event = accountModified(context, {
        account,
        revision: account.revision + 1,
        form: warrant.form,
        evidence: {
          reason: warrant.reason,
          fields: Object.keys(fields).sort().join(' '),
          ...(place !== account.scopeOid && { unitBefore: account.scopeOid, unitAfter: place }),
          ...(removed.length > 0 && {
            fingerprints: removed.map(({ fingerprint }) => fingerprint).join(' '),
          }),
        },
        changes: { personal: fields },
      });
      const lists = removed.length > 0 && withoutCertificates(account, removed, deps.clock.now());
      return { kind: 'change', change: { ...change, ...lists }, event };
    };
    const run = () => managedChange(asked, target, plan);
    const outcome = edit.nationalId ? await findExisting(deps, asked, edit.nationalId, run) : await run();
    if (outcome.ok && outcome.revision !== outcome.before.revision) {
      await tellOldAddress(outcome.before, edit);
      if (foreignCertificates(outcome.before, edit, deps.sealing).length > 0) {
        await deps.endSessionsOf(target.id, 'by-operator', context);
        await deps.notices.certificateRemoved(outcome.before);
      }
    }
    return outcome;
  };

  async function tellOldAddress(before: Account, { contact }: AccountEdit): Promise<void> {
    if (contact?.email === undefined || contact.email === before.contact.email) return;
    await deps.withdrawCode(before.id, dayOf(deps.clock.now()));
    await deps.notices.addressChanged(before);
  }
}

/** The certificates that are of somebody else once the account has the national ID of `change`. */
function foreignCertificates(
  account: Account,
  { nationalId }: Pick<AccountEdit, 'nationalId'>,
  sealing: Pick<Sealing, 'open'>,
): readonly CertificateBinding[] {
  if (nationalId === undefined) return [];
  const before = sealing.open(account.nationalId, sealingContext(sealingPurpose.nationalId, account.id));
  return isOtherHolder(before as NationalId, nationalId) ? account.certificates : [];
}

/** The OID that scope looks at once `change` is carried out. */
function placeAfter(account: Account, { agency = account.agency, unit = account.unit }: AccountChange) {
  return (unit ?? agency).oid;
}

/** What of `edit` differs from the account, with what the trail says of it. */
function differences(
  account: Account,
  edit: AccountEdit,
  sealing: Sealing,
): { readonly change: AccountChange; readonly fields: Readonly<Record<string, FieldChange>> } {
  const fields: Record<string, FieldChange> = {};
  const differs = (field: string, before: string | undefined, after: string | null | undefined): boolean => {
    if (after === undefined || (before ?? null) === after) return false;
    fields[field] = { ...(before !== undefined && { before }), ...(after !== null && { after }) };
    return true;
  };
  const opened = (field: 'nationalId' | 'birthday') =>
    sealing.open(account[field], sealingContext(sealingPurpose[field], account.id));
  const { name, nationalId, birthday, agency, unit } = edit;
  const isNew = {
    name: differs('name', account.name, name),
    nationalId: nationalId !== undefined && opened('nationalId') !== nationalId,
    birthday: birthday !== undefined && opened('birthday') !== birthday,
    agency: differs('agency', textOf(account.agency), agency && textOf(agency)),
    unit: differs('unit', account.unit && textOf(account.unit), unit && textOf(unit)),
  };
  // The trail tells that it changed, and so much of it as lists show.
  if (isNew.nationalId && nationalId !== undefined) {
    fields['nationalId'] = {
      before: maskNationalId(opened('nationalId')),
      after: maskNationalId(nationalId),
    };
  }
  if (isNew.birthday) fields['birthday'] = {};
  const contact = Object.fromEntries(
    Object.entries(edit.contact ?? {}).filter(([field, value]) =>
      differs(field, account.contact[field as keyof Contact], value),
    ),
  );
  return {
    fields,
    change: {
      ...(isNew.name && name !== undefined && { name }),
      ...(isNew.nationalId && nationalId !== undefined && { nationalId }),
      ...(isNew.birthday && birthday !== undefined && { birthday }),
      ...(isNew.agency && agency && { agency }),
      ...(isNew.unit && unit !== undefined && { unit }),
      ...(Object.keys(contact).length > 0 && { contact }),
      ...('email' in contact && { emailConfirmed: false }),
    },
  };
}

function textOf({ oid, code, name }: { oid: string; code?: string; name: string }): string {
  return [oid, code, name].filter((part) => part !== undefined).join(' ');
}
