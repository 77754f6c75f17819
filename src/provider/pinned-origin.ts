/**
 * Discovery, redirects and the Secure flag of cookies follow the issuer, whatever Host, Forwarded and
 * X-Forwarded-* say (the library builds its URLs from the request). `app.request` is Koa's own place for this:
 * the prototype of every request object, those made for cookies and interactions included.
 */
import type { Provider } from 'oidc-provider';

export function pinOrigin(provider: Provider, issuer: URL): void {
  const pinned = {
    protocol: issuer.protocol.slice(0, -1),
    secure: issuer.protocol === 'https:',
    host: issuer.host,
    hostname: issuer.hostname,
    origin: issuer.origin,
    // Only ever the base that paths are resolved against.
    href: issuer.href,
  };
  for (const [name, value] of Object.entries(pinned)) {
    Object.defineProperty(provider.request, name, { get: () => value, configurable: true });
  }
}

/** Loopback names on which plain http is acceptable. */
export const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** The issuer as a URL; throws unless it is https or loopback http without path, query, fragment and user. */
export function parseIssuer(issuer: string): URL {
  const url = new URL(issuer);
  const safe =
    url.protocol === 'https:' || (url.protocol === 'http:' && loopbackNames.includes(url.hostname));
  if (!safe) throw new Error('the issuer must be https, or http on loopback');
  if (url.origin !== issuer.replace(/\/$/, ''))
    throw new Error('the issuer must be an origin without a path');
  return url;
}
