/** A manager enables a one-day password for today (啟用一日密碼), or takes it back the same day. */
import { oneDayPasswordWithdrawn } from '#audit/management-events.ts';
import type { Account } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import { dayOf, type Day } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { EnableOneDayPassword } from '../enable-one-day-password.ts';
import type { Warrant } from '../warrant.ts';
import { createActOnSeen } from './act-on-seen.ts';
import type { DeedOutcome, DeedRefusal, Obstacle, Target } from './deed-outcome.ts';
import { createManagedChange, type ManagedChangeDeps, type Plan } from './managed-change.ts';
import type { EndSessionsOf, WithdrawCode } from './set-status.ts';

export interface ManagedOneDayPasswords {
  /** Gives the day for which it is enabled; the code is on its way by mail. */
  enable(
    actor: Actor,
    target: Target,
    warrant: Warrant,
    context: AuditContext,
  ): Promise<{ readonly ok: true; readonly day: Day } | DeedRefusal>;
  /** The code mailed for the day is dead, and whoever is logged in is logged out. */
  withdraw(actor: Actor, target: Target, warrant: Warrant, context: AuditContext): Promise<DeedOutcome>;
}

interface Dependencies extends ManagedChangeDeps {
  readonly enableOneDayPassword: EnableOneDayPassword;
  readonly withdrawCode: WithdrawCode;
  readonly endSessionsOf: EndSessionsOf;
  readonly clock: Clock;
}

export function createManagedOneDayPasswords(deps: Dependencies): ManagedOneDayPasswords {
  const actOnSeen = createActOnSeen(deps);
  const managedChange = createManagedChange(deps);
  return {
    enable: (actor, target, warrant, context) =>
      actOnSeen(
        { actor, deed: 'one-day-password', context },
        target,
        async (account) => ({
          ok: true,
          day: await deps.enableOneDayPassword(actor, account, warrant, context),
        }),
        obstacleTo,
      ),

    async withdraw(actor, target, warrant, context) {
      const asked = { actor, deed: 'one-day-password', context } as const;
      const today = dayOf(deps.clock.now());
      const outcome = await managedChange(asked, target, (account): Plan => {
        if (account.password.oneDay?.day !== today) return { kind: 'refused', why: 'not-enabled-today' };
        const event = oneDayPasswordWithdrawn(context, {
          account,
          day: today,
          revision: account.revision + 1,
          form: warrant.form,
          evidence: { reason: warrant.reason },
        });
        return { kind: 'change', change: { oneDayPassword: null }, event };
      });
      if (outcome.ok) {
        await deps.withdrawCode(target.id, today);
        await deps.endSessionsOf(target.id, 'by-operator', context);
      }
      return outcome;
    },
  };
}

function obstacleTo({ status, contact }: Account): Obstacle | undefined {
  if (status !== 'enabled') return 'account-not-enabled';
  return contact.email ? undefined : 'no-mail-address';
}
