/** A browser as far as cookies and redirects go: over fetch, for tests that need no page. */
export interface HttpBrowser {
  /** One request, redirects not followed. */
  fetch(url: string | URL, init?: RequestInit): Promise<Response>;
  /** Follows redirects as long as they stay on the origin; gives the last answer, or the redirect that leaves. */
  visit(url: string | URL): Promise<Response>;
  /** Cookie values by name, whatever their path. */
  readonly cookies: ReadonlyMap<string, string>;
  setCookie(name: string, value: string): void;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

export function createHttpBrowser(origin: string): HttpBrowser {
  const jar = new Map<string, Cookie>();

  const keep = (header: string): void => {
    const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
    const [name = '', value = ''] = splitAt(pair, '=');
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice('path='.length) ?? '/';
    const expired = attributes.some((attribute) =>
      attribute.toLowerCase().startsWith('expires=thu, 01 jan 1970'),
    );
    if (expired) jar.delete(`${name} ${path}`);
    else jar.set(`${name} ${path}`, { name, value, path });
  };

  const send = async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
    const target = new URL(url, origin);
    const headers = new Headers(init.headers);
    const cookies = [...jar.values()].filter(({ path }) => target.pathname.startsWith(path));
    if (cookies.length > 0)
      headers.set('Cookie', cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
    if (!headers.has('Accept')) headers.set('Accept', 'text/html');
    const response = await fetch(target, { ...init, headers, redirect: 'manual' });
    for (const header of response.headers.getSetCookie()) keep(header);
    return response;
  };

  return {
    fetch: send,
    async visit(url) {
      let response = await send(url);
      for (let hops = 0; hops < 20; hops += 1) {
        const location = response.headers.get('Location');
        const next = location && new URL(location, origin);
        if (!next || next.origin !== origin) return response;
        await response.arrayBuffer();
        response = await send(next);
      }
      throw new Error('too many redirects');
    },
    get cookies() {
      return new Map([...jar.values()].map(({ name, value }) => [name, value]));
    },
    setCookie: (name, value) => void jar.set(`${name} /`, { name, value, path: '/' }),
  };
}

function splitAt(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}
