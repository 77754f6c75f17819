/**
 * Brings back the opening password for today (還原密碼), whatever the status was; a registered card stays, whoever is
 * logged in is logged out everywhere. A code mailed for today's one-day password is dead: it is not to open the first login.
 */
import { passwordReset } from '#audit/events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Account, AccountId } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import { dayOf, type Day } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import type { SessionEnding } from '#domain/records.ts';
import { auditedChange } from './audited-change.ts';
import type { Warrant } from './warrant.ts';

export type ResetPassword = (
  actor: Actor,
  account: Account,
  warrant: Warrant,
  context: AuditContext,
) => Promise<Day>;

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'modifyAccount'>;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly endSessionsOf: (
    accountId: AccountId,
    ending: SessionEnding,
    context: AuditContext,
  ) => Promise<unknown>;
  readonly withdrawCode: (accountId: AccountId, day: Day) => Promise<void>;
}

/** Gives the day on which the opening password is good. Former passwords stay remembered. */
export function createResetPassword(deps: Dependencies): ResetPassword {
  const { accounts, audit, clock, endSessionsOf, withdrawCode } = deps;
  return async (actor, account, warrant, context) => {
    const day = dayOf(clock.now());
    const event = passwordReset(context, {
      account,
      day,
      revision: account.revision + 1,
      form: warrant.form,
      evidence: { reason: warrant.reason, statusBefore: account.status },
    });
    await auditedChange(audit, event, () =>
      accounts.modifyAccount(actor, account.id, account.revision, {
        status: 'not-opened',
        openingDay: day,
        passwordHash: null,
        passwordChangedAt: null,
        activatedAt: null,
        oneDayPassword: null,
      }),
    );
    await withdrawCode(account.id, day);
    await endSessionsOf(account.id, 'account-disabled', context);
    return day;
  };
}
