import type { Router } from '@koa/router';
import type { Middleware } from 'koa';
import type { RequestState } from '#http/request-state.ts';

/** All below `prefix` is answered by `router`, and problems (unknown paths and methods, too) by `problems`. */
export function mountInterface(
  prefix: string,
  problems: Middleware<RequestState>,
  router: Router<RequestState>,
): Middleware<RequestState> {
  const routes = router.routes() as Middleware<RequestState>;
  const methods = router.allowedMethods() as Middleware<RequestState>;
  return async function programInterface(ctx, next) {
    if (ctx.path !== prefix && !ctx.path.startsWith(`${prefix}/`)) return next();
    await problems(ctx, async () => {
      await methods(ctx, async () => {
        await routes(ctx, async () => {});
      });
    });
  };
}
