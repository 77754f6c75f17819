import type { Context, Middleware } from 'koa';
import type { Language, RequestState } from './request-state.ts';

const cookieName = 'hufu_language';
const oneYear = 365 * 24 * 3_600_000;

/**
 * Finds the person's language: the one chosen on a page (`?lang=`, kept in a cookie; the place is kept), else the
 * deployment's default. Accept-Language is not heeded: office browsers are often set to something nobody chose.
 */
export function chooseLanguage(fallback: Language, secure: boolean): Middleware<RequestState> {
  return async function language(ctx, next) {
    const chosen = ctx.method === 'GET' ? parseLanguage(ctx.query.lang) : undefined;
    if (chosen) {
      // TLS ends before us: whether a cookie may be Secure is the issuer's to say, not this connection's.
      ctx.cookies.secure = secure;
      ctx.cookies.set(cookieName, chosen, {
        maxAge: oneYear,
        sameSite: 'lax',
        httpOnly: true,
        secure,
        signed: false,
      });
      return ctx.redirect(withoutChoice(ctx));
    }
    ctx.state.language = parseLanguage(ctx.cookies.get(cookieName, { signed: false })) ?? fallback;
    await next();
  };
}

export function parseLanguage(text: unknown): Language | undefined {
  return text === 'zh-TW' || text === 'en' ? text : undefined;
}

function withoutChoice(ctx: Context): string {
  const query = new URLSearchParams(ctx.querystring);
  query.delete('lang');
  // A path that begins with several slashes, of either kind, would lead off this site.
  const path = `/${ctx.path.replace(/^[/\\]+/, '')}`;
  return query.size > 0 ? `${path}?${query}` : path;
}
