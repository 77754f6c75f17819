import type { Middleware } from 'koa';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { RequestState } from './request-state.ts';

/**
 * One line for every request, when its answer is out or its connection gone. Names the route pattern, never the
 * path or query, which may hold identifiers and secrets.
 */
export function logRequests(log: Log, clock: Clock): Middleware<RequestState> {
  return async function requestLog(ctx, next) {
    const startedAt = clock.now().getTime();
    ctx.res.once('close', () => {
      log.info('request', {
        requestId: ctx.state.requestId,
        method: /^[A-Z]{1,10}$/.test(ctx.method) ? ctx.method : 'other',
        route: ctx.state.route ?? 'unmatched',
        status: ctx.res.statusCode,
        complete: ctx.res.writableFinished,
        milliseconds: clock.now().getTime() - startedAt,
      });
    });
    await next();
  };
}
