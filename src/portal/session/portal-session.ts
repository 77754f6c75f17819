/**
 * Who is logged in on the portal: the provider's own session. Without one the person is sent through the provider as
 * a first-party client asks for a login, with `response_type=none`: no code, no token, only the session.
 */
import type { ParameterizedContext } from 'koa';
import { isBeforeActivation, type Account } from '#domain/account.ts';
import type { AssuranceLevel } from '#domain/assurance.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { SessionEnding } from '#domain/records.ts';
import type { RequestState } from '#http/request-state.ts';

export const portalClientId = 'hufu-home';
export const signedInPath = '/signed-in';

/** The portal's registration with the provider; it serves no system and admits everybody who is logged in. */
export function portalRelyingParty(issuer: string, name: string, nameEn: string): RelyingParty {
  return {
    clientId: portalClientId,
    name,
    nameEn,
    systems: [],
    firstParty: true,
    scopes: ['openid'],
    countsAsActivity: true,
    metadata: {
      redirect_uris: [`${issuer}${signedInPath}`],
      response_types: ['none'],
      grant_types: [],
      token_endpoint_auth_method: 'none',
    },
  };
}

/** What the portal needs of the provider. */
export interface SessionPort {
  findSession(
    exchange: Exchange,
    options?: { readonly extend?: boolean },
  ): Promise<PortalSession | undefined>;
  endSession(exchange: Exchange, ending: SessionEnding): Promise<unknown>;
}

type Exchange = Pick<ParameterizedContext, 'req' | 'res'>;

export interface PortalSession {
  readonly uid: string;
  readonly accountId: Account['id'];
  readonly level: AssuranceLevel;
  readonly loggedInAt: Date;
}

export interface PortalState extends RequestState {
  session: PortalSession;
  account: Account;
}

export type PortalContext = ParameterizedContext<PortalState>;
export type PortalHandler = (ctx: PortalContext, next: () => Promise<unknown>) => Promise<unknown>;

interface Dependencies {
  readonly sessions: SessionPort;
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly issuer: string;
}

/** Where the provider asks for a login and leads back to the portal; `more` are parameters of the request. */
export function loginAddress(issuer: string, more: Readonly<Record<string, string>> = {}): string {
  const authorization = new URL('/oidc/auth', issuer);
  authorization.search = new URLSearchParams({
    client_id: portalClientId,
    response_type: 'none',
    scope: 'openid',
    redirect_uri: `${issuer}${signedInPath}`,
    ...more,
  }).toString();
  return authorization.href;
}

/** Lets through with session and account; sends everybody else to log in. The session of a disabled account, or of the time before it was activated anew, ends here. */
export function requireSession({ sessions, accounts, issuer }: Dependencies): PortalHandler {
  const login = loginAddress(issuer);

  return async function requireSession(ctx, next) {
    const session = await sessions.findSession(ctx, { extend: true });
    if (!session) return ctx.redirect(login);
    const account = await accounts.findAccount({ kind: 'system', purpose: 'claims' }, session.accountId);
    if (account?.status !== 'enabled' || isBeforeActivation(account, session.loggedInAt)) {
      await sessions.endSession(ctx, account ? 'account-disabled' : 'account-removed');
      return ctx.redirect(login);
    }
    ctx.state.session = session;
    ctx.state.account = account;
    await next();
  };
}
