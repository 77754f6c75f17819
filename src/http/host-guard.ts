import type { Middleware } from 'koa';
import { HufuError } from '#domain/errors.ts';
import type { RequestState } from './request-state.ts';

/**
 * Refuses a Host that is not ours, so that no link or cache can be built on a forged one. `single` are hosts of ours under which one
 * path alone is served.
 */
export function guardHost(
  hosts: readonly string[],
  single: ReadonlyMap<string, string> = new Map(),
): Middleware<RequestState> {
  const known = new Set(hosts.map((host) => host.toLowerCase()));
  return async function hostGuard(ctx, next) {
    const host = ctx.req.headers.host?.toLowerCase() ?? '';
    // Probes of a load balancer or orchestrator come by address.
    if (!known.has(host) && single.get(host) !== ctx.path && !ctx.path.startsWith('/health/'))
      throw new HufuError('wrong-host');
    await next();
  };
}
