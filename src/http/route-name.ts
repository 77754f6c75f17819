import type { Middleware, ParameterizedContext } from 'koa';
import type { RequestState } from './request-state.ts';

/** Names the route that answered, for the log; set by @koa/router as the pattern. */
export const nameRoute: Middleware<RequestState> = async function routeName(ctx, next) {
  try {
    await next();
  } finally {
    const route = routeOf(ctx);
    if (route !== undefined) ctx.state.route = route;
  }
};

/** The pattern of the route that is answering; undefined outside of routes. */
export function routeOf(ctx: ParameterizedContext): string | undefined {
  const { _matchedRoute: pattern } = ctx as { _matchedRoute?: unknown };
  return typeof pattern === 'string' ? pattern : undefined;
}
