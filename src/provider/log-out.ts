/**
 * RP-initiated log-out with pages of ours. The library's own pages submit themselves by an inline script in two
 * places; both are answered differently here:
 * - log-out without anybody logged in: there is nothing to confirm, on to where the form would have led;
 * - somebody else logs in while a session is open: that session ends, the authorization resumes.
 */
import type { Context, Middleware } from 'koa';
import type { Configuration, CookiesSetOptions, OIDCContext, Provider } from 'oidc-provider';
import { allowFormRedirectTo } from '#http/security-headers.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { ProtocolPages } from './contract.ts';
import { isResumed, oidcOf } from './oidc-context.ts';
import { routes } from './routes.ts';
import type { SessionEndings } from './session-endings.ts';

interface Deps {
  readonly pages: ProtocolPages;
  readonly endings: SessionEndings;
  readonly sessionCookie: CookiesSetOptions;
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
}

type LogOutSettings = NonNullable<NonNullable<Configuration['features']>['rpInitiatedLogout']>;

export function logOutSettings({ pages, findRelyingParty }: Deps): LogOutSettings {
  const partyOf = ({ client }: OIDCContext) => {
    const relyingParty = client && findRelyingParty(client.clientId);
    return relyingParty && { relyingParty };
  };
  return {
    enabled: true,
    async logoutSource(ctx) {
      const { secret = '', postLogoutRedirectUri } = logOutState(ctx.oidc);
      await pages.renderLogOut(ctx, {
        action: `${routes.end_session}/confirm`,
        xsrf: secret,
        ...partyOf(ctx.oidc),
      });
      if (postLogoutRedirectUri) allowFormRedirectTo(ctx, postLogoutRedirectUri);
    },
    postLogoutSuccessSource: async (ctx) => pages.renderLoggedOut(ctx, { ...partyOf(ctx.oidc) }),
  };
}

/** What the library keeps in the session between the log-out page and its answer; checked against registration. */
function logOutState({ session }: OIDCContext) {
  const { secret, postLogoutRedirectUri, state } = session?.state ?? {};
  return {
    ...(typeof secret === 'string' && { secret }),
    ...(typeof postLogoutRedirectUri === 'string' && { postLogoutRedirectUri }),
    ...(typeof state === 'string' && { state }),
  };
}

export function logOutMiddleware(provider: Provider, { endings, sessionCookie }: Deps): Middleware {
  return async function answerLogOut(ctx, next) {
    const policy = ctx.response.get('Content-Security-Policy');
    await next();
    const oidc = oidcOf(ctx);
    const { session } = oidc ?? {};
    if (!oidc || !session) return;
    if (oidc.route === 'end_session_confirm' && isDestroyed(session)) {
      // The library has ended session and grants by now: a failure below leaves nobody logged in, and the
      // register's sweep still tells the relying parties.
      await endings.recordEnd(ctx.req, session, 'log-out');
    }
    if (ctx.status !== 200 || !ctx.body) return;
    if (oidc.route === 'end_session' && !session.accountId) {
      redirect(ctx, afterLogOut(oidc), policy);
    } else if (isResumed(oidc) && isSomebodyElse(oidc)) {
      await endings.recordEnd(ctx.req, session, 'replaced');
      await endings.revokeGrants(provider, session);
      await session.destroy();
      oidc.cookies.set(provider.cookieName('session'), null, sessionCookie);
      redirect(ctx, ctx.path, policy);
    }
  };
}

/** Whether a login was finished that the library has not taken over, since the session is another person's. */
function isSomebodyElse({ entities, session }: OIDCContext): boolean {
  const loggedIn = entities.Interaction?.result?.login?.accountId;
  return loggedIn !== undefined && session?.accountId !== undefined && loggedIn !== session.accountId;
}

function isDestroyed(session: object): boolean {
  return 'destroyed' in session && session.destroyed === true;
}

function afterLogOut(oidc: OIDCContext): string {
  const { postLogoutRedirectUri, state } = logOutState(oidc);
  if (!postLogoutRedirectUri) return `${routes.end_session}/success`;
  const url = new URL(postLogoutRedirectUri);
  if (state !== undefined) url.searchParams.set('state', state);
  return url.href;
}

function redirect(ctx: Context, to: string, policy: string): void {
  // The library has put the hash of its script into the policy.
  if (policy) ctx.set('Content-Security-Policy', policy);
  ctx.body = null;
  ctx.status = 303;
  ctx.redirect(to);
}
