/**
 * What has to happen when a session ends, whoever ends it: audit first (a failure fails the act), then the register
 * together with the messages to relying parties, then grants, and with them every token, are revoked.
 */
import type { IncomingMessage } from 'node:http';
import type { Provider, Session } from 'oidc-provider';
import { sessionEnded } from '#audit/events.ts';
import { parseAccountId, type AccountId } from '#domain/account.ts';
import { actorName } from '#domain/actor.ts';
import type { SessionEnding } from '#domain/records.ts';
import type { HubProviderDeps } from './contract.ts';

export interface SessionEndings {
  /** Audit and register; nothing for a session nobody is logged in to. */
  recordEnd(req: IncomingMessage, session: SessionIdentity, ending: SessionEnding): Promise<void>;
  revokeGrants(provider: Provider, session: Session): Promise<void>;
  /**
   * Ends the session of the request at hand but lets the request go on without anybody logged in: under a new uid
   * and cookie value, so that nothing is left of the old one.
   */
  forget(provider: Provider, req: IncomingMessage, session: Session, ending: SessionEnding): Promise<void>;
}

export interface SessionIdentity {
  readonly uid: string;
  readonly accountId?: string | undefined;
}

/** Endings that the person at the browser brings about. */
const byPerson: ReadonlySet<SessionEnding> = new Set(['log-out', 'replaced']);

type Deps = Pick<
  HubProviderDeps,
  'audit' | 'sessions' | 'clock' | 'random' | 'requestFacts' | 'logOutMessages'
>;

export function createSessionEndings(deps: Deps): SessionEndings {
  const recordEnd: SessionEndings['recordEnd'] = async (req, session, ending) => {
    const accountId: AccountId | undefined = session.accountId
      ? parseAccountId(session.accountId)
      : undefined;
    if (!accountId) return;
    const { uid } = session;
    const actor = byPerson.has(ending)
      ? `person:${accountId}`
      : actorName({ kind: 'system', purpose: 'login' });
    const context = { actor, ...deps.requestFacts(req) };
    await deps.audit(sessionEnded(context, { account: { id: accountId }, ending }));
    await deps.sessions.endSession(uid, ending, deps.clock.now(), (reached) =>
      deps.logOutMessages({ uid, accountId, ending }, reached),
    );
  };

  const revokeGrants: SessionEndings['revokeGrants'] = async (provider, { authorizations }) => {
    const grantIds = Object.values(authorizations ?? {}).flatMap(({ grantId }) => grantId ?? []);
    await Promise.all(grantIds.map((grantId) => provider.AccessToken.revokeByGrantId(grantId)));
  };

  return {
    recordEnd,
    revokeGrants,
    async forget(provider, req, session, ending) {
      await recordEnd(req, session, ending);
      await revokeGrants(provider, session);
      delete session.accountId;
      delete session.loginTs;
      delete session.acr;
      delete session.amr;
      delete session.authorizations;
      session.uid = deps.random.token(16);
      session.resetIdentifier();
    },
  };
}
