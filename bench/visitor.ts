/** A browser as far as cookies and redirects go, over node:http with kept connections: cheap, so that the server is measured. */
import { Agent, request, type IncomingHttpHeaders } from 'node:http';

export interface Shown {
  readonly url: URL;
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Visitor {
  /** One request; redirects are not followed. With `fields` it is a form's post. */
  send(
    url: URL,
    fields?: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Shown>;
  /** Follows the redirects of `shown` as long as they stay on its origin: the last page, or the redirect that leaves. */
  follow(shown: Shown): Promise<Shown>;
}

const agent = new Agent({ keepAlive: true });

export function createVisitor(): Visitor {
  const jar = new Map<string, { readonly pair: string; readonly path: string }>();

  const keep = (header: string): void => {
    const [pair = '', ...attributes] = header.split('; ');
    const path = attributes.find((each) => /^path=/i.test(each))?.slice('path='.length) ?? '/';
    const key = `${pair.slice(0, pair.indexOf('='))} ${path}`;
    if (/expires=Thu, 01 Jan 1970/i.test(header)) jar.delete(key);
    else jar.set(key, { pair, path });
  };

  const send: Visitor['send'] = (url, fields, headers = {}) => {
    const cookies = [...jar.values()].filter(({ path }) => url.pathname.startsWith(path));
    const body = fields && new URLSearchParams(fields).toString();
    const options = {
      agent,
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'text/html',
        ...(cookies.length > 0 && { cookie: cookies.map(({ pair }) => pair).join('; ') }),
        ...(body !== undefined && {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': String(Buffer.byteLength(body)),
        }),
        ...headers,
      },
    };
    return new Promise((resolve, reject) => {
      const sent = request(url, options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          for (const header of response.headers['set-cookie'] ?? []) keep(header);
          const { statusCode: status = 0 } = response;
          resolve({ url, status, body: Buffer.concat(chunks).toString(), headers: response.headers });
        });
      });
      sent.once('error', reject);
      sent.end(body);
    });
  };

  return {
    send,
    async follow(shown) {
      let last = shown;
      for (let hops = 0; hops < 10; hops += 1) {
        const next = leadsTo(last);
        if (!next || next.origin !== last.url.origin) return last;
        last = await send(next);
      }
      throw new Error('too many redirects');
    },
  };
}

/** Where a redirect leads. */
export function leadsTo({ headers, url }: Shown): URL | undefined {
  return headers.location === undefined ? undefined : new URL(headers.location, url);
}

/** Lets the kept connections go. */
export function closeConnections(): void {
  agent.destroy();
}
