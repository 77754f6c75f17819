import type { Middleware } from 'koa';
import { HufuError } from '#domain/errors.ts';

const served = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

/** Refuses methods that nothing here serves, TRACE among them. */
export const guardMethod: Middleware = async function methodGuard(ctx, next) {
  if (!served.has(ctx.method)) {
    ctx.set('Allow', [...served].join(', '));
    throw new HufuError('method-not-allowed');
  }
  await next();
};
