import { z } from 'zod';
import type { Csrf } from '#http/csrf.ts';
import { formText, parseForm } from '#http/form.ts';
import type { PortalHandler, SessionPort } from './portal-session.ts';

const formSchema = z.strictObject({ csrf: formText(100) });

/** `POST /log-out`: ends the hub's session, then says so. Without a session there is nothing to end. */
export function logOut(sessions: SessionPort, csrf: Csrf): PortalHandler {
  return async function logOut(ctx) {
    const form = parseForm(ctx, formSchema);
    const session = await sessions.findSession(ctx);
    if (session) {
      csrf.check(session.uid, form.csrf);
      await sessions.endSession(ctx, 'log-out');
    }
    ctx.status = 303;
    ctx.redirect('/logged-out');
  };
}
