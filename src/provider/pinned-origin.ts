/**
 * Discovery, redirects and the Secure flag of cookies follow the issuer, whatever Host, Forwarded and
 * X-Forwarded-* say (the library builds its URLs from the request). `app.request` is Koa's own place for this:
 * the prototype of every request object, those made for cookies and interactions included.
 * The listener for client certificates has an origin of its own, configured too, so that a DPoP proof made for it fits.
 */
import type { IncomingMessage } from 'node:http';
import type { Provider } from 'oidc-provider';

/** `otherOrigin` gives the configured origin of a request that came to another listener. */
export function pinOrigin(
  provider: Provider,
  issuer: URL,
  otherOrigin: (req: IncomingMessage) => URL | undefined = () => undefined,
): void {
  const parts: Record<string, (origin: URL) => unknown> = {
    protocol: ({ protocol }) => protocol.slice(0, -1),
    secure: ({ protocol }) => protocol === 'https:',
    host: ({ host }) => host,
    hostname: ({ hostname }) => hostname,
    origin: ({ origin }) => origin,
    // Only ever the base that paths are resolved against.
    href: ({ href }) => href,
  };
  for (const [name, part] of Object.entries(parts)) {
    Object.defineProperty(provider.request, name, {
      get(this: { readonly req?: IncomingMessage }) {
        return part((this.req && otherOrigin(this.req)) ?? issuer);
      },
      configurable: true,
    });
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
