/** Brings back the opening password for today (還原密碼), by a manager; what it does is reset-password.ts. */
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Day } from '#domain/calendar.ts';
import type { ResetPassword } from '../reset-password.ts';
import type { Warrant } from '../warrant.ts';
import { createActOnSeen, type ActOnSeenDeps } from './act-on-seen.ts';
import type { DeedRefusal, Target } from './deed-outcome.ts';

export type ResetManagedPassword = (
  actor: Actor,
  target: Target,
  warrant: Warrant,
  context: AuditContext,
) => Promise<{ readonly ok: true; readonly day: Day } | DeedRefusal>;

interface Dependencies extends ActOnSeenDeps {
  readonly resetPassword: ResetPassword;
}

/** Gives the day on which the opening password is good. */
export function createResetManagedPassword(deps: Dependencies): ResetManagedPassword {
  const actOnSeen = createActOnSeen(deps);
  return (actor, target, warrant, context) =>
    actOnSeen({ actor, deed: 'reset-password', context }, target, async (account) => ({
      ok: true,
      day: await deps.resetPassword(actor, account, warrant, context),
    }));
}
