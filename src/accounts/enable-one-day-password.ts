/** Enables a one-day password (啟用一日密碼) for today; the first check code is mailed at once. */
import { oneDayPasswordEnabled } from '#audit/events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Account, AccountId } from '#domain/account.ts';
import { actorName, type Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import { dayOf, type Day } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import type { Notices } from '#domain/notices.ts';
import { auditedChange } from './audited-change.ts';
import type { Warrant } from './warrant.ts';

export type EnableOneDayPassword = (
  actor: Actor,
  account: Account,
  warrant: Warrant,
  context: AuditContext,
) => Promise<Day>;

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'modifyAccount'>;
  readonly audit: AuditTrail;
  /** Makes the code that is bound to person and day. */
  readonly issueCode: (account: AccountId, day: Day) => Promise<{ readonly code: string }>;
  readonly notices: Pick<Notices, 'oneDayPasswordEnabled'>;
  readonly clock: Clock;
}

/** Throws `not-permitted` for an account that is not enabled or has no address to mail to. */
export function createEnableOneDayPassword(deps: Dependencies): EnableOneDayPassword {
  const { accounts, audit, issueCode, notices, clock } = deps;
  return async (actor, account, warrant, context) => {
    if (account.status !== 'enabled')
      throw new HufuError('not-permitted', { facts: { why: account.status } });
    if (!account.contact.email) throw new HufuError('not-permitted', { facts: { why: 'no e-mail address' } });
    const now = clock.now();
    const day = dayOf(now);
    const event = oneDayPasswordEnabled(context, {
      account,
      day,
      revision: account.revision + 1,
      form: warrant.form,
      evidence: { reason: warrant.reason },
    });
    await auditedChange(audit, event, () =>
      accounts.modifyAccount(actor, account.id, account.revision, {
        oneDayPassword: { day, enabledAt: now, enabledBy: actorName(actor) },
      }),
    );
    const { code } = await issueCode(account.id, day);
    await notices.oneDayPasswordEnabled(account, day, code);
    return day;
  };
}
