/**
 * A person's own sessions, from the register (which has them all) and the provider's records (which know how they
 * stand). One that has run out, or was lost with the protocol store, is left to the sweep and not shown.
 */
import { createHash } from 'node:crypto';
import type { AccountId } from '#domain/account.ts';
import type { OwnSession, OwnSessions } from '#domain/own-sessions.ts';
import type { RegisteredSession, SessionRegister } from '#domain/records.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountSessions } from './account-sessions.ts';
import type { AcrTable } from './acr.ts';
import type { SessionLimits } from './contract.ts';
import type { StoredSessions } from './stored-sessions.ts';

interface Deps {
  readonly sessions: Pick<SessionRegister, 'listOpenSessions' | 'listReached'>;
  readonly stored: Pick<StoredSessions, 'findSession'>;
  readonly accountSessions: AccountSessions;
  readonly acr: AcrTable;
  readonly limits: SessionLimits;
  readonly clock: Clock;
}

export function createOwnSessions(deps: Deps): OwnSessions {
  const { sessions, stored, accountSessions, acr, limits, clock } = deps;

  async function open(accountId: AccountId, currentUid: string): Promise<readonly RegisteredSession[]> {
    const all = await sessions.listOpenSessions(accountId);
    const order = ({ sessionUid, startedAt }: RegisteredSession) =>
      sessionUid === currentUid ? Infinity : startedAt.getTime();
    return all.toSorted((a, b) => order(b) - order(a));
  }

  async function shown(
    { sessionUid, accountId, startedAt }: RegisteredSession,
    currentUid: string,
  ): Promise<readonly OwnSession[]> {
    const found = await stored.findSession(sessionUid);
    if (found?.accountId !== accountId || found.endsAt <= clock.now()) return [];
    const { endsAt } = found;
    const level = acr.levelOf(found.acr);
    const lastActivityAt = lastActivity(startedAt, endsAt, limits);
    const reached = await sessions.listReached(sessionUid);
    return [
      {
        handle: handleOf(sessionUid),
        startedAt,
        endsAt,
        ...(lastActivityAt && { lastActivityAt }),
        ...(level !== undefined && { level }),
        clientIds: [...new Set(reached.map(({ clientId }) => clientId))],
        isCurrent: sessionUid === currentUid,
      },
    ];
  }

  return {
    async list(accountId, currentUid, limit) {
      const first = (await open(accountId, currentUid)).slice(0, limit);
      return (await Promise.all(first.map((session) => shown(session, currentUid)))).flat();
    },
    async end(accountId, currentUid, handle, context) {
      const session = (await open(accountId, currentUid)).find(
        ({ sessionUid }) => sessionUid !== currentUid && handleOf(sessionUid) === handle,
      );
      if (session) await accountSessions.end(session, 'log-out', context);
      return session !== undefined;
    },
    endOthers: (accountId, currentUid, context) =>
      accountSessions.endSessionsOf(accountId, 'log-out', context, currentUid),
  };
}

/** A uid ties forms to their session and stays here: what is shown is a digest, from which there is no way back. */
export function handleOf(sessionUid: string): string {
  return createHash('sha256').update(sessionUid).digest('base64url').slice(0, 22);
}

/** Each activity moves the end to the idle limit from then on, until the absolute end cuts it short. */
function lastActivity(startedAt: Date, endsAt: Date, limits: SessionLimits): Date | undefined {
  const absoluteEnd = startedAt.getTime() + limits.absoluteSeconds * 1000;
  if (endsAt.getTime() >= absoluteEnd) return undefined;
  return new Date(Math.max(startedAt.getTime(), endsAt.getTime() - limits.idleSeconds * 1000));
}
