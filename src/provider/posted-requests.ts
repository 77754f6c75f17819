/**
 * Authorization and log-out requests by POST (OpenID Connect Core, section 3.1.2.1; RP-Initiated Logout, section 2). A form posted from
 * another site comes without our cookies, which are SameSite=Lax, so that the session would not be seen. The answer is a
 * redirect to the same request by GET, which is a navigation and has them. Nothing is stored and no cookie is weakened; a POST
 * can do nothing that a link could not.
 */
import type { Context, Middleware } from 'koa';
import { HufuError } from '#domain/errors.ts';
import { routes } from './routes.ts';

/** Characters of the query; above that a request belongs into a pushed one (RFC 9126). */
const longest = 12_000;

const paths: ReadonlySet<string> = new Set([routes.authorization, routes.end_session]);

export const turnPostIntoGet: Middleware = async function turnPostIntoGet(ctx, next) {
  if (ctx.method !== 'POST' || !paths.has(ctx.path)) return next();
  if (!ctx.is('application/x-www-form-urlencoded')) throw new HufuError('bad-request');
  const query = new URLSearchParams(await readForm(ctx)).toString();
  if (query.length > longest) throw new HufuError('too-large');
  ctx.set('Cache-Control', 'no-store');
  // The browser asks with GET (RFC 9110, section 15.4.4).
  ctx.status = 303;
  ctx.redirect(`${ctx.path}?${query}`);
  return undefined;
};

async function readForm({ req }: Context): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The iterator would end the request with itself; the rest is read and dropped, or the connection would wait for it.
  for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longest) break;
    chunks.push(chunk);
  }
  if (size > longest) {
    req.resume();
    throw new HufuError('too-large');
  }
  return Buffer.concat(chunks).toString('utf8');
}
