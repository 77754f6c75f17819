import type { ErrorView } from '#http/error-handler.ts';
import type { ErrorModel } from '#pages/error-model.ts';
import type { Views } from '#pages/views.ts';
import { logInPath } from '#portal/certificates/shown-certificates.ts';
import { loginPlaces, type LoginPlace } from '#portal/session/login-places.ts';

export function createErrorPage(views: Views): (view: ErrorView) => string {
  const page = views.page<ErrorModel>(new URL('../pages/error.hbs', import.meta.url));
  return ({ code, status, ...view }) => {
    const place = code === 'certificate-needed' ? placeOf(view.path) : undefined;
    const logIn = place && { logInHref: `${logInPath}?to=${place}` };
    return page(view, { code, status, homeHref: '/', ...logIn });
  };
}

/** Where the login leads back to: the entrance of what was asked for. */
function placeOf(path: string): LoginPlace {
  const offices = ['registry', 'operators'] as const;
  return offices.find((id) => path.startsWith(loginPlaces[id])) ?? 'home';
}
