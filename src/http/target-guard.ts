import type { Middleware } from 'koa';
import { HufuError } from '#domain/errors.ts';

/**
 * Brings the request's target into the form of a path (RFC 9112 §3.2): a whole address stands for its path on its own
 * host. Refuses what is neither, and paths with two slashes in front, which as a link would lead off this site.
 */
export const guardTarget: Middleware = async function targetGuard(ctx, next) {
  const target = ctx.url;
  if (!target.startsWith('/')) {
    // Whatever happens further in, it finds a path that can be read.
    ctx.url = '/';
    const address = URL.parse(target);
    if (address?.protocol !== 'http:' && address?.protocol !== 'https:') throw new HufuError('bad-request');
    ctx.req.headers.host = address.host;
    ctx.url = `${address.pathname}${address.search}`;
  }
  if (/^\/[/\\]/.test(ctx.url)) {
    ctx.url = '/';
    throw new HufuError('bad-request');
  }
  await next();
};
