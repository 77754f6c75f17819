import type { Context, Middleware } from 'koa';
import { errorStatus, HufuError, isHufuError, type ErrorCode } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import type { Language, RequestState } from './request-state.ts';

export interface ErrorView {
  readonly code: ErrorCode;
  readonly status: number;
  readonly requestId: string;
  readonly language: Language;
  readonly path: string;
}

/** The one place that turns an error into an answer: a page for people, JSON for programs, the cause for the log. */
export function handleErrors(
  log: Log,
  renderPage: (view: ErrorView) => string,
  fallback: Language,
): Middleware<RequestState> {
  return async function errorHandler(ctx, next) {
    try {
      await next();
      if (ctx.respond !== false && ctx.status === 404 && ctx.body == null) throw new HufuError('not-found');
    } catch (error) {
      const known = asHufuError(error);
      if (known.status >= 500) {
        log.error('request failed', {
          requestId: ctx.state.requestId,
          code: known.code,
          error: known.cause ?? error,
        });
      } else {
        log.debug('request refused', { requestId: ctx.state.requestId, code: known.code });
      }
      answer(ctx, known, renderPage, fallback);
    }
  };
}

function answer(
  ctx: Context & { state: RequestState },
  error: HufuError,
  renderPage: (view: ErrorView) => string,
  fallback: Language,
): void {
  // Headers sent: the connection is all that is left to end.
  if (ctx.headerSent) return void ctx.res.destroy();
  delete (ctx as { respond?: boolean }).respond;
  const { code, status } = error;
  const { requestId, language = fallback } = ctx.state;
  ctx.status = status;
  ctx.set('Cache-Control', 'no-store');
  if (status === 503) ctx.set('Retry-After', '5');
  if (ctx.accepts('html', 'json') === 'json') ctx.body = { error: code, request_id: requestId };
  else {
    ctx.type = 'html';
    ctx.body = renderPage({ code, status, requestId, language, path: ctx.path });
  }
}

/** Errors of the libraries beneath us, told apart by their HTTP status alone. */
function asHufuError(error: unknown): HufuError {
  if (isHufuError(error)) return error;
  const { status, code: systemCode } = (error ?? {}) as { status?: unknown; code?: unknown };
  // zlib's: a body that is not compressed as its Content-Encoding says.
  if (typeof systemCode === 'string' && /^Z_[A-Z]+_ERROR$/.test(systemCode))
    return new HufuError('bad-request', { cause: error });
  const code = (Object.keys(errorStatus) as ErrorCode[]).find(
    (candidate) => errorStatus[candidate] === status && status !== 500,
  );
  if (code && (status === 400 || status === 404 || status === 405 || status === 413))
    return new HufuError(code, { cause: error });
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new HufuError('bad-request', { cause: error });
  return new HufuError('internal', { cause: error });
}
