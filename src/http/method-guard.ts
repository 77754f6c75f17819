import type { Middleware } from 'koa';
import { HufuError } from '#domain/errors.ts';

const served = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);
/** What the interfaces for programs serve besides. */
const forPrograms = new Set(['PUT', 'PATCH', 'DELETE']);

/** Refuses methods that nothing here serves, TRACE among them. */
export const guardMethod: Middleware = async function methodGuard(ctx, next) {
  const isForPrograms = /^\/(?:api|scim)\//.test(ctx.path) && forPrograms.has(ctx.method);
  if (!isForPrograms && !served.has(ctx.method)) {
    ctx.set('Allow', [...served].join(', '));
    throw new HufuError('method-not-allowed');
  }
  await next();
};
