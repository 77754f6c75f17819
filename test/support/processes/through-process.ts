import type { HttpBrowser } from '#test/support/http-browser.ts';
import { signingIn, type SigningIn } from '#test/support/hub/signing-in.ts';

/**
 * The same browser, led to one of several processes behind the issuer's name, as a load balancer would: cookies are
 * shared, addresses stay the issuer's.
 */
export function throughProcess(browser: HttpBrowser, issuer: string, process: string): SigningIn {
  const rewritten = (url: string | URL): URL => {
    const { pathname, search, origin } = new URL(url, issuer);
    if (origin !== issuer) throw new Error(`${origin} is not the hub`);
    return new URL(`${pathname}${search}`, process);
  };
  const led: HttpBrowser = {
    ...browser,
    get cookies() {
      return browser.cookies;
    },
    fetch: (url, init) => browser.fetch(rewritten(url), init),
    visit: (url) => browser.visit(rewritten(url)),
  };
  return signingIn({ origin: issuer }, led);
}
