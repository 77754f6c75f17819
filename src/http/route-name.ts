import type { Middleware } from 'koa';
import type { RequestState } from './request-state.ts';

/** Names the route that answered, for the log; set by @koa/router as the pattern. */
export const nameRoute: Middleware<RequestState> = async function routeName(ctx, next) {
  try {
    await next();
  } finally {
    const { _matchedRoute: pattern } = ctx as { _matchedRoute?: unknown };
    if (typeof pattern === 'string') ctx.state.route = pattern;
  }
};
