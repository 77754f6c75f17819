/**
 * Ends sessions without a browser at hand: those that have run out, and all those of an account that was disabled,
 * removed or reset. Order for each: audit (a failure fails the act) → grants, tokens and the provider's record →
 * register, together with the messages to relying parties. Broken off anywhere, it is done again from the start.
 */
import { sessionEnded } from '#audit/events.ts';
import type { AccountId } from '#domain/account.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { RegisteredSession, SessionEnding } from '#domain/records.ts';
import type { HubProviderDeps } from './contract.ts';
import type { StoredSessions } from './stored-sessions.ts';

export interface AccountSessions {
  /** Ends one session that the register holds as open. */
  end(session: RegisteredSession, ending: SessionEnding, context: AuditContext): Promise<void>;
  /**
   * Ends every open session of the account, on whose behalf `context` says, but not the one `exceptUid`. Gives how many.
   */
  endSessionsOf(
    accountId: AccountId,
    ending: SessionEnding,
    context: AuditContext,
    exceptUid?: string,
  ): Promise<number>;
}

interface Deps extends Pick<HubProviderDeps, 'audit' | 'sessions' | 'clock' | 'logOutMessages'> {
  readonly stored: StoredSessions;
}

export function createAccountSessions(deps: Deps): AccountSessions {
  const { stored, sessions } = deps;

  const end: AccountSessions['end'] = async ({ sessionUid: uid, accountId }, ending, context) => {
    await deps.audit(sessionEnded(context, { account: { id: accountId }, ending }));
    await stored.removeSession(uid, accountId);
    await sessions.endSession(uid, ending, deps.clock.now(), (reached) =>
      deps.logOutMessages({ uid, accountId, ending }, reached),
    );
  };

  return {
    end,
    async endSessionsOf(accountId, ending, context, exceptUid) {
      const all = await sessions.listOpenSessions(accountId);
      const open = all.filter(({ sessionUid }) => sessionUid !== exceptUid);
      for (const session of open) await end(session, ending, context);
      return open.length;
    },
  };
}
