import helmet from 'koa-helmet';
import type { Context, Middleware } from 'koa';

const selfOnly = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'media-src': ["'self'"],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'worker-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

/** Security headers for every answer; `secure` (the issuer is https) adds HSTS. */
export function setSecurityHeaders(secure: boolean): Middleware {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: selfOnly },
    strictTransportSecurity: secure && { maxAge: 63_072_000, includeSubDomains: false },
    // Nothing to other sites. Not `no-referrer`: under it browsers post our own forms with `Origin: null` (Fetch
    // standard, "append a request Origin header"), which the guard against cross-site posts must refuse.
    referrerPolicy: { policy: 'same-origin' },
    // Relying parties' pages may show what the provider publishes; pages of ours refuse framing above.
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  });
}

/**
 * Lets the page's forms lead to `redirectUri` as well: Chrome applies `form-action` to the redirects that follow a
 * post. Only a redirect URI that the provider has validated may be given here.
 */
export function allowFormRedirectTo(ctx: Context, redirectUri: string): void {
  const policy = ctx.response.get('Content-Security-Policy');
  const { origin, protocol } = new URL(redirectUri);
  // A native client's private scheme has no origin; CSP takes the scheme itself.
  const target = origin === 'null' ? protocol : origin;
  // A URL's host may hold `;`, `,` and quotes, which would end the directive or mean something in it.
  if (!/^[a-z][a-z0-9+.-]*:(?:\/\/[a-z0-9.:[\]_-]+)?$/.test(target)) return;
  ctx.set('Content-Security-Policy', policy.replace("form-action 'self'", `form-action 'self' ${target}`));
}

/**
 * Lets the page keep hold of a pop-up of another origin that it opens, as the card component's is: the stricter policy of
 * all other pages cuts the two apart. Nothing else may still reach this page.
 */
export function keepOwnPopUps(ctx: Context): void {
  ctx.set('Cross-Origin-Opener-Policy', 'same-origin-allow-popups');
}
