import { HufuError } from '#domain/errors.ts';
import type { PortalHandler, SessionPort } from './portal-session.ts';

/** Where the provider leads back to: on to the home page; somebody who cancelled is told that they are logged out. */
export function signedIn(sessions: SessionPort): PortalHandler {
  return async function signedIn(ctx) {
    if (ctx.query.error !== undefined) return ctx.redirect('/logged-out');
    // A browser that keeps no cookies would be sent round and round.
    if (!(await sessions.findSession(ctx))) throw new HufuError('interaction-gone');
    ctx.redirect('/');
  };
}
