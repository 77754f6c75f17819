import type { Context } from 'koa';
import type { OIDCContext } from 'oidc-provider';

/** The library's context of a request; undefined when no protocol route matched. */
export function oidcOf(ctx: Context): OIDCContext | undefined {
  return 'oidc' in ctx ? (ctx['oidc'] as OIDCContext) : undefined;
}

/** Whether the request goes on with an authorization after an interaction. */
export function isResumed({ route }: OIDCContext): boolean {
  return route === 'resume' || route === 'device_resume';
}
