/**
 * Finds sessions that the register holds as open although their time is over. One that went on by activity, which the
 * register is not told of each time, gets its end moved; the others, those that were lost with the protocol store
 * among them, are ended. Each is taken up by one process alone.
 */
import { actorName } from '#domain/actor.ts';
import type { Log } from '#domain/log.ts';
import type { RegisteredSession } from '#domain/records.ts';
import type { AccountSessions } from './account-sessions.ts';
import type { HubProviderDeps } from './contract.ts';
import type { StoredSessions } from './stored-sessions.ts';

interface Deps extends Pick<HubProviderDeps, 'sessions' | 'clock'> {
  readonly stored: StoredSessions;
  readonly accountSessions: Pick<AccountSessions, 'end'>;
  /** True for exactly one of several processes, and for none of them again within a minute. */
  readonly claim: (sessionUid: string) => Promise<boolean>;
  readonly log: Log;
}

/** Sessions in one look. */
const batch = 200;

/** One round; gives how many sessions it ended. Throws `store-unavailable`. */
export function createSessionSweep({ sessions, stored, accountSessions, claim, clock, log }: Deps) {
  const context = { actor: actorName({ kind: 'system', purpose: 'login' }) };

  const settle = async (session: RegisteredSession): Promise<boolean> => {
    const { sessionUid, accountId } = session;
    if (!(await claim(sessionUid))) return false;
    const found = await stored.findSession(sessionUid);
    if (found?.accountId === accountId && found.endsAt > clock.now()) {
      await sessions.extendSession(sessionUid, found.endsAt);
      return false;
    }
    await accountSessions.end(session, 'expired', context);
    return true;
  };

  return async (): Promise<number> => {
    let ended = 0;
    for (const session of await sessions.listExpired(clock.now(), batch)) {
      if (await settle(session)) ended += 1;
    }
    if (ended > 0) log.info('sessions expired', { ended });
    return ended;
  };
}
