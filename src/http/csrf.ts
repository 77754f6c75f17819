import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import { HufuError } from '#domain/errors.ts';

/** Tokens against cross-site posts, computed from what the form is bound to: nothing needs to be stored. */
export interface Csrf {
  /** The token of forms bound to `binding`: an interaction or a session that only its own browser holds. */
  issue(binding: string): string;
  /** Throws `form-expired` unless `token` is the one issued for `binding`. */
  check(binding: string, token: string): void;
}

export function createCsrf(secret: Buffer): Csrf {
  const issue = (binding: string) =>
    createHmac('sha256', secret).update(`csrf\0${binding}`).digest('base64url');
  return {
    issue,
    check(binding, token) {
      const expected = Buffer.from(issue(binding));
      const given = Buffer.from(token);
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        throw new HufuError('form-expired');
    },
  };
}

/**
 * Refuses a change that another site's page caused, by what browsers themselves say (Origin, Fetch Metadata). A
 * client that sends neither is not a browser with somebody's cookies; the form's token still guards.
 */
export function refuseCrossSite(origin: string): Middleware {
  return async function crossSiteGuard(ctx, next) {
    if (!isSafe(ctx.method) && !isSameOrigin(ctx, origin)) throw new HufuError('cross-site');
    await next();
  };
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

function isSameOrigin(ctx: Context, origin: string): boolean {
  const site = ctx.get('Sec-Fetch-Site');
  if (site !== '' && site !== 'same-origin') return false;
  const sent = ctx.get('Origin');
  return sent === '' || sent === origin;
}
