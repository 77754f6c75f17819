import type { Middleware } from 'koa';
import type { Random } from '#domain/random.ts';
import type { RequestState } from './request-state.ts';

/** Gives the request an id of ours; an id sent by the client is not trusted and not used. */
export function assignRequestId(random: Random): Middleware<RequestState> {
  return async function requestId(ctx, next) {
    ctx.state.requestId = random.token(12);
    ctx.set('X-Request-Id', ctx.state.requestId);
    await next();
  };
}
