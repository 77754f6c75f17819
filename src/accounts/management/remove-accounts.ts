/**
 * Deletes accounts for good (刪除): certificates and national ID are free again, sessions end everywhere. The trail keeps
 * who deleted whom of which unit on which form, with office and roles.
 */
import { accountRemoved } from '#audit/events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Account, AccountId } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import { dayOf } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { formatGrant } from '#domain/grant.ts';
import { auditedChange } from '../audited-change.ts';
import type { Warrant } from '../warrant.ts';
import { createActOnSeen } from './act-on-seen.ts';
import type { DeedRefusal, Target } from './deed-outcome.ts';
import type { EndSessionsOf, WithdrawCode } from './set-status.ts';

export type RemovalOutcome = { readonly ok: true; readonly removed: Account } | DeedRefusal;

/** One after the other; what became of each. One that fails for a reason of its own does not stop the others. */
export type RemoveAccounts = (
  actor: Actor,
  targets: readonly Target[],
  warrant: Warrant,
  context: AuditContext,
) => Promise<ReadonlyMap<AccountId, RemovalOutcome>>;

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'findAccount' | 'modifyAccount' | 'removeAccount'>;
  readonly audit: Pick<AuditTrail, 'record' | 'intend' | 'settle'>;
  readonly clock: Clock;
  readonly endSessionsOf: EndSessionsOf;
  readonly withdrawCode: WithdrawCode;
}

export function createRemoveAccounts(deps: Dependencies): RemoveAccounts {
  const { accounts, audit, clock } = deps;
  const actOnSeen = createActOnSeen(deps);

  const removeOne = (actor: Actor, target: Target, warrant: Warrant, context: AuditContext) =>
    actOnSeen({ actor, deed: 'remove', context }, target, async (account) => {
      const event = accountRemoved(context, {
        account,
        revision: account.revision,
        form: warrant.form,
        evidence: { reason: warrant.reason, office: account.office, statusBefore: account.status },
        changes: {
          plain: { roles: { before: account.grants.map(formatGrant).join(' ') } },
          personal: { name: { before: account.name } },
        },
      });
      await auditedChange(audit, event, () => accounts.removeAccount(actor, account.id, account.revision));
      await deps.withdrawCode(account.id, dayOf(clock.now()));
      await deps.endSessionsOf(account.id, 'account-removed', context);
      return { ok: true as const, removed: account };
    });

  return async (actor, targets, warrant, context) => {
    const outcomes = new Map<AccountId, RemovalOutcome>();
    for (const target of targets) {
      if (!outcomes.has(target.id)) outcomes.set(target.id, await removeOne(actor, target, warrant, context));
    }
    return outcomes;
  };
}
