/** The portal's routes. All of them personal: nothing is stored by a browser. */
import { Router } from '@koa/router';
import { forbidStoring } from '#http/no-store.ts';
import type { ReportHandlers } from './activity/report-handlers.ts';
import type { CertificateHandlers } from './certificates/certificate-handlers.ts';
import type { RegisterHandlers } from './certificates/register-handlers.ts';
import type { ConsentHandlers } from './consents/consent-handlers.ts';
import type { SessionsHandlers } from './own-sessions/sessions-handlers.ts';
import type { OwnPasswordHandlers } from './password/own-password-handler.ts';
import type { ProfileHandlers } from './profile/profile-handlers.ts';
import type { PortalHandler, PortalState } from './session/portal-session.ts';

interface Handlers {
  readonly requireSession: PortalHandler;
  readonly home: PortalHandler;
  readonly managers: PortalHandler;
  readonly profile: ProfileHandlers;
  readonly password: OwnPasswordHandlers;
  /** Absent: there are no certificate logins. */
  readonly certificates?: CertificateHandlers & RegisterHandlers & { readonly logIn: PortalHandler };
  readonly activity: ReportHandlers & { readonly list: PortalHandler };
  readonly ownSessions: SessionsHandlers;
  readonly consents: ConsentHandlers;
  readonly signedIn: PortalHandler;
  readonly logOut: PortalHandler;
  readonly loggedOut: PortalHandler;
}

export function createPortalRoutes(handlers: Handlers): Router<PortalState> {
  const router = new Router<PortalState>();
  router.get('/', forbidStoring, handlers.requireSession, handlers.home);
  const { profile, password, activity, ownSessions, consents } = handlers;
  const personal = [forbidStoring, handlers.requireSession] as const;
  router.get('/managers', ...personal, handlers.managers);
  router.get('/profile', ...personal, profile.show);
  router.post('/profile', ...personal, profile.change);
  router.post('/profile/email', ...personal, profile.askEmail);
  router.post('/profile/email/confirm', ...personal, profile.confirmEmail);
  router.post('/profile/email/cancel', ...personal, profile.cancelEmail);
  router.get('/password', ...personal, password.show);
  router.post('/password', ...personal, password.change);
  if (handlers.certificates) {
    const { list, askRemoval, remove, logIn, show, challenge, register } = handlers.certificates;
    router.get('/certificates', ...personal, list);
    router.get('/certificates/remove', ...personal, askRemoval);
    router.post('/certificates/remove', ...personal, remove);
    router.get('/certificates/register', ...personal, show);
    router.post('/certificates/register', ...personal, register);
    router.get('/certificates/register/challenge', ...personal, challenge);
    router.get('/certificates/log-in', forbidStoring, logIn);
  }
  router.get('/activity', ...personal, activity.list);
  router.get('/activity/report', ...personal, activity.ask);
  router.post('/activity/report', ...personal, activity.report);
  router.get('/sessions', ...personal, ownSessions.list);
  router.post('/sessions/end', ...personal, ownSessions.endOne);
  router.post('/sessions/end-others', ...personal, ownSessions.endOthers);
  router.post('/sessions/end-all', ...personal, ownSessions.endAll);
  router.get('/consents', ...personal, consents.list);
  router.get('/consents/withdraw', ...personal, consents.ask);
  router.post('/consents/withdraw', ...personal, consents.withdraw);
  router.get('/signed-in', forbidStoring, handlers.signedIn);
  router.post('/log-out', forbidStoring, handlers.logOut);
  router.get('/logged-out', forbidStoring, handlers.loggedOut);
  return router;
}
