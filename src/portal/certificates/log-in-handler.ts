import { loginPlaceOf } from '../session/login-places.ts';
import { loginAddress, type PortalHandler } from '../session/portal-session.ts';

/**
 * `GET /certificates/log-in`: through the provider, who asks for a certificate login even of somebody who is logged
 * in; then back to the place that `to` names.
 */
export function logInWithCertificate(issuer: string, acr: string): PortalHandler {
  return async function logInWithCertificate(ctx) {
    const state = loginPlaceOf(ctx.query['to']) ?? 'certificates';
    ctx.redirect(loginAddress(issuer, { prompt: 'login', acr_values: acr, state }));
  };
}
