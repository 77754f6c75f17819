import { HufuError } from '#domain/errors.ts';
import { loginPlaceOf, loginPlaces } from './login-places.ts';
import type { PortalHandler, SessionPort } from './portal-session.ts';

/**
 * Where the provider leads back to: on to the home page, or to the page that asked for the login. Somebody who
 * cancelled is back there too if they still have a session, and is told that they are logged out otherwise.
 */
export function signedIn(sessions: SessionPort): PortalHandler {
  return async function signedIn(ctx) {
    const { error, state } = ctx.query;
    const place = loginPlaceOf(state);
    const session = await sessions.findSession(ctx);
    if (error !== undefined) return ctx.redirect(session && place ? loginPlaces[place] : '/logged-out');
    // A browser that keeps no cookies would be sent round and round.
    if (!session) throw new HufuError('interaction-gone');
    ctx.redirect(loginPlaces[place ?? 'home']);
  };
}
