import type { ErrorView } from '#http/error-handler.ts';
import type { ErrorModel } from '#pages/error-model.ts';
import type { Views } from '#pages/views.ts';

export function createErrorPage(views: Views): (view: ErrorView) => string {
  const page = views.page<ErrorModel>(new URL('../pages/error.hbs', import.meta.url));
  return ({ code, status, ...view }) => page(view, { code, status, homeHref: '/' });
}
