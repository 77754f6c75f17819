/** The provider's own session outside the protocol endpoints, and what counts as activity in it. */
import type { Middleware } from 'koa';
import type { CookiesSetOptions, OIDCContext, Provider, Session } from 'oidc-provider';
import { parseAccountId } from '#domain/account.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { AcrTable } from './acr.ts';
import type { HttpExchange, HubProvider, HubSession } from './contract.ts';
import { isActive } from './introspection.ts';
import type { SessionLifetime } from './lifetimes.ts';
import { oidcOf } from './oidc-context.ts';
import type { SessionEndings } from './session-endings.ts';
import { activityGrainSeconds } from './session-saves.ts';

interface Deps {
  readonly acr: AcrTable;
  readonly lifetime: SessionLifetime;
  readonly endings: SessionEndings;
  readonly sessionCookie: CookiesSetOptions;
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
}

export interface Sessions extends Pick<HubProvider, 'findSession' | 'endSession'> {
  /** Refresh, userinfo and introspection of relying parties registered so keep the session alive. */
  readonly countActivity: Middleware;
}

export function createSessions(provider: Provider, deps: Deps): Sessions {
  const load = async ({ req, res }: HttpExchange) => {
    const ctx = provider.createContext(req, res);
    return { ctx, session: await provider.Session.get(ctx) };
  };

  const extend = async (session: Session): Promise<boolean> => {
    const wanted = deps.lifetime.secondsLeft(session.loginTs);
    if (wanted - session.remainingTTL < Math.min(activityGrainSeconds, wanted / 10)) return false;
    await session.save(wanted);
    return true;
  };

  return {
    async findSession(exchange, { extend: asked = false } = {}) {
      const { session } = await load(exchange);
      const known = view(session, deps.acr);
      if (!known || !asked || !(await extend(session))) return known;
      return { ...known, endsAt: new Date(session.exp * 1000) };
    },
    async endSession(exchange, ending) {
      const { ctx, session } = await load(exchange);
      const known = view(session, deps.acr);
      if (!session.accountId) return undefined;
      await deps.endings.recordEnd(exchange.req, session, ending);
      await deps.endings.revokeGrants(provider, session);
      await session.destroy();
      ctx.cookies.set(provider.cookieName('session'), null, deps.sessionCookie);
      return known;
    },
    async countActivity(ctx, next) {
      await next();
      const oidc = oidcOf(ctx);
      if (!oidc?.client || ctx.status !== 200 || !isUse(oidc, ctx.body)) return;
      if (!deps.findRelyingParty(oidc.client.clientId)?.countsAsActivity) return;
      const { sessionUid } = oidc.entities.AccessToken ?? oidc.entities.RefreshToken ?? {};
      const session = sessionUid ? await provider.Session.findByUid(sessionUid) : undefined;
      if (session) await extend(session);
    },
  };
}

function isUse({ route, entities }: OIDCContext, body: unknown): boolean {
  if (route === 'introspection') return isActive(body);
  return (
    route === 'userinfo' ||
    (route === 'token' && entities.RefreshToken !== undefined && !entities.AuthorizationCode)
  );
}

function view(session: Session, acr: AcrTable): HubSession | undefined {
  const accountId = session.accountId ? parseAccountId(session.accountId) : undefined;
  const level = acr.levelOf(session.acr);
  if (!accountId || level === undefined || session.loginTs === undefined) return undefined;
  return {
    uid: session.uid,
    accountId,
    level,
    amr: session.amr ?? [],
    loggedInAt: new Date(session.loginTs * 1000),
    endsAt: new Date(session.exp * 1000),
  };
}
