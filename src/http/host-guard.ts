import type { Middleware } from 'koa';
import { HufuError } from '#domain/errors.ts';
import type { RequestState } from './request-state.ts';

/** Refuses a Host that is not ours, so that no link or cache can be built on a forged one. */
export function guardHost(hosts: readonly string[]): Middleware<RequestState> {
  const known = new Set(hosts.map((host) => host.toLowerCase()));
  return async function hostGuard(ctx, next) {
    const host = ctx.req.headers.host?.toLowerCase() ?? '';
    // Probes of a load balancer or orchestrator come by address.
    if (!known.has(host) && !ctx.path.startsWith('/health/')) throw new HufuError('wrong-host');
    await next();
  };
}
