/** The portal's routes. All of them personal: nothing is stored by a browser. */
import { Router } from '@koa/router';
import { forbidStoring } from '#http/no-store.ts';
import type { PortalHandler, PortalState } from './session/portal-session.ts';

interface Handlers {
  readonly requireSession: PortalHandler;
  readonly home: PortalHandler;
  readonly signedIn: PortalHandler;
  readonly logOut: PortalHandler;
  readonly loggedOut: PortalHandler;
}

export function createPortalRoutes(handlers: Handlers): Router<PortalState> {
  const router = new Router<PortalState>();
  router.get('/', forbidStoring, handlers.requireSession, handlers.home);
  router.get('/signed-in', forbidStoring, handlers.signedIn);
  router.post('/log-out', forbidStoring, handlers.logOut);
  router.get('/logged-out', forbidStoring, handlers.loggedOut);
  return router;
}
