/** Opening an account (開立帳號): the person does not exist yet; the opening password is good on the day of opening. */
import { z } from 'zod';
import { accountOpened } from '#audit/events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Account, AccountId } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import { dayOf } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { formatGrant } from '#domain/grant.ts';
import type { Random } from '#domain/random.ts';
import { accountFields, contactSchema } from './account-fields.ts';
import { newAccountId } from './account-id.ts';
import { auditedChange } from './audited-change.ts';
import type { Warrant } from './warrant.ts';

export const newAccountSchema = z.strictObject({
  name: accountFields.name,
  nationalId: accountFields.nationalId,
  birthday: accountFields.birthday,
  agency: accountFields.agency,
  unit: accountFields.unit.exactOptional(),
  jurisdictionOid: accountFields.jurisdictionOid,
  office: accountFields.office.default('general'),
  categories: accountFields.categories.default([]),
  grants: accountFields.grants.default([]),
  contact: contactSchema,
});

export type NewAccountInput = z.infer<typeof newAccountSchema>;

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'openAccount'>;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Opens an account and gives it; throws `not-unique` when the person has one already. `id`: one chosen before by
 * newAccountId, by which an opening is known again that was interrupted.
 */
export type OpenAccount = (
  actor: Actor,
  input: NewAccountInput,
  warrant: Warrant,
  context: AuditContext,
  id?: AccountId,
) => Promise<Account>;

export function createOpenAccount({ accounts, audit, clock, random }: Dependencies): OpenAccount {
  return async (actor, input, warrant, context, id = newAccountId(random)) => {
    const today = dayOf(clock.now());
    const account = { ...input, id, openedOn: today, openingDay: today };
    const event = accountOpened(context, {
      account: { id: account.id, scopeOid: (input.unit ?? input.agency).oid },
      revision: 1,
      form: warrant.form,
      evidence: {
        reason: warrant.reason,
        office: input.office,
        roles: input.grants.map(formatGrant).join(' '),
        categories: input.categories.join(' '),
      },
    });
    return auditedChange(audit, event, () => accounts.openAccount(actor, account));
  };
}
