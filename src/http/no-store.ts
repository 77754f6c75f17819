import type { Middleware } from 'koa';

/** Personal pages must not come back out of a cache after log-out. */
export const forbidStoring: Middleware = async function noStore(ctx, next) {
  ctx.set('Cache-Control', 'no-store');
  await next();
};
