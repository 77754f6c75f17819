/**
 * Writes a session into the register before the answer leaves: as soon as somebody's login is taken over, whatever
 * becomes of the authorization (refused, declined or left open), so that it can be ended from elsewhere; and with the
 * relying party that it reaches, since whoever holds a code can be told when the session ends. If the register
 * fails, nothing is delivered.
 */
import type { Clock } from '#domain/clock.ts';
import type { Middleware } from 'koa';
import type { OIDCContext, Provider } from 'oidc-provider';
import { parseAccountId } from '#domain/account.ts';
import type { RegisteredSession, SessionRegister } from '#domain/records.ts';
import { isResumed, oidcOf } from './oidc-context.ts';
import { byOurClock } from './library-time.ts';

export function registerReached(provider: Provider, register: SessionRegister, clock: Clock): Middleware {
  const successful = new WeakSet<object>();
  provider.on('authorization.success', (ctx) => successful.add(ctx));

  const recordLogin = async (oidc: OIDCContext): Promise<void> => {
    const session = registeredSession(oidc, clock);
    if (!session) return;
    try {
      await register.recordSession(session);
    } catch (error) {
      // The library has saved it by now; a session that nobody could end must not go on.
      await oidc.session?.destroy();
      throw error;
    }
  };

  return async function registerReachedClient(ctx, next) {
    await next();
    const oidc = oidcOf(ctx);
    if (!oidc) return;
    if (!successful.has(ctx)) return isLoginTakenOver(oidc) ? recordLogin(oidc) : undefined;
    const session = registeredSession(oidc, clock);
    const clientId = oidc.client?.clientId;
    const sid = clientId === undefined ? undefined : oidc.session?.sidFor(clientId);
    if (!session || !clientId || !sid) throw new Error('authorization without session and client');
    await register.recordReached(session, { clientId, sid });
  };
}

/** The library sets `result` once it has read it into the session. */
function isLoginTakenOver(oidc: OIDCContext): boolean {
  return isResumed(oidc) && oidc.result?.login !== undefined;
}

function registeredSession({ session }: OIDCContext, clock: Clock): RegisteredSession | undefined {
  const accountId = session?.accountId ? parseAccountId(session.accountId) : undefined;
  if (!session || !accountId) return undefined;
  return {
    sessionUid: session.uid,
    accountId,
    startedAt: new Date((session.loginTs ?? 0) * 1000),
    endsAt: byOurClock(session.exp, clock),
  };
}
