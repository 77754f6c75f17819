/** Sets the status of an account (啟用, 停用, 未開帳). Whoever loses it is logged out everywhere. */
import { statusSet } from '#audit/management-events.ts';
import type { Account, AccountId, AccountStatus } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import { dayOf, type Day } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountChange } from '#domain/directory.ts';
import type { SessionEnding } from '#domain/records.ts';
import type { Warrant } from '../warrant.ts';
import type { DeedOutcome, Target } from './deed-outcome.ts';
import { createManagedChange, type ManagedChangeDeps, type Plan } from './managed-change.ts';

export type EndSessionsOf = (
  accountId: AccountId,
  ending: SessionEnding,
  context: AuditContext,
) => Promise<unknown>;

/** Makes the login code of `day` useless. */
export type WithdrawCode = (accountId: AccountId, day: Day) => Promise<void>;

export type SetStatus = (
  actor: Actor,
  target: Target,
  status: AccountStatus,
  warrant: Warrant,
  context: AuditContext,
) => Promise<DeedOutcome>;

interface Dependencies extends ManagedChangeDeps {
  readonly clock: Clock;
  readonly endSessionsOf: EndSessionsOf;
  readonly withdrawCode: WithdrawCode;
}

export function createSetStatus(deps: Dependencies): SetStatus {
  const managedChange = createManagedChange(deps);
  return async (actor, target, status, warrant, context) => {
    const asked = { actor, deed: 'set-status', context } as const;
    const outcome = await managedChange(asked, target, (account): Plan => {
      if (account.status === status) return { kind: 'same' };
      if (status === 'enabled' && !isActivated(account)) return { kind: 'refused', why: 'never-activated' };
      const event = statusSet(context, {
        account,
        revision: account.revision + 1,
        form: warrant.form,
        evidence: { reason: warrant.reason },
        changes: { plain: { status: { before: account.status, after: status } } },
      });
      return { kind: 'change', change: { status, ...consequences[status] }, event };
    });
    // Also when it was so already: what a break-off before left undone is done now.
    if (outcome.ok && status !== 'enabled') {
      await deps.withdrawCode(target.id, dayOf(deps.clock.now()));
      await deps.endSessionsOf(target.id, 'account-disabled', context);
    }
    return outcome;
  };
}

/** What was activated by its owner, or came over from an older directory with a working password. */
export function isActivated(account: Account): boolean {
  return account.activatedAt !== undefined || account.password.set;
}

const consequences: Readonly<Record<AccountStatus, AccountChange>> = {
  enabled: {},
  disabled: { oneDayPassword: null },
  // Until a reset gives an opening password there is no way in.
  'not-opened': {
    passwordHash: null,
    passwordChangedAt: null,
    activatedAt: null,
    openingDay: null,
    oneDayPassword: null,
  },
};
