/** The portal, wired. */
import type { Router } from '@koa/router';
import type { Csrf } from '#http/csrf.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import { showHome } from '#portal/home/home-handler.ts';
import { createPortalRoutes } from '#portal/routes.ts';
import { logOut } from '#portal/session/log-out-handler.ts';
import { requireSession, type PortalHandler, type PortalState } from '#portal/session/portal-session.ts';
import { signedIn } from '#portal/session/signed-in-handler.ts';
import type { HubProvider } from '#provider/contract.ts';
import type { LoggedOutModel } from '#provider/pages/logged-out-model.ts';
import type { Services } from './services.ts';

interface Dependencies {
  readonly services: Services;
  readonly provider: HubProvider;
  readonly views: Views;
  readonly csrf: Csrf;
}

export function composePortal({ services, provider, views, csrf }: Dependencies): Router<PortalState> {
  const { config, directory, machine } = services;
  const { accounts, catalogue } = directory;
  return createPortalRoutes({
    requireSession: requireSession({ sessions: provider, accounts, issuer: config.issuer }),
    home: showHome({ views, csrf, catalogue, clock: machine.clock, graceHours: config.login.graceHours }),
    signedIn: signedIn(provider),
    logOut: logOut(provider, csrf),
    loggedOut: showLoggedOut(views),
  });
}

/** The provider's page after log-out serves the portal's own log-out too. */
function showLoggedOut(views: Views): PortalHandler {
  const page = views.page<LoggedOutModel>(new URL('../provider/pages/logged-out.hbs', import.meta.url));
  return async function loggedOut(ctx) {
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx), { homeHref: '/' });
  };
}
