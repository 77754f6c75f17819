/**
 * Every call that the provider makes to an address somebody else chose: keys, sector lists, log-out calls. https only;
 * no redirect is followed; the address is judged where the connection is made, so that a name cannot point elsewhere
 * between look-up and use; size and time are bounded. Hosts of the operator's allow-list may lie on the internal network and,
 * on loopback, speak plain http. Nothing else decides what may be reached.
 */
import { lookup as lookUpName, type LookupAddress } from 'node:dns';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isSpecialAddress } from './special-addresses.ts';

export type OutgoingFetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

export interface OutgoingRules {
  /** Hosts, with their port unless it is the scheme's own, that may be reached wherever they are. */
  readonly allow: readonly string[];
}

export interface OutgoingDeps {
  /** Milliseconds for the whole call; default 2500. */
  readonly timeoutMs?: number;
  /** PEM of further authorities for TLS. */
  readonly authorities?: string;
  readonly lookUp?: (hostname: string) => Promise<readonly LookupAddress[]>;
}

/** Bytes that an answer may have. */
const largestAnswer = 128 * 1024;

export function createOutgoingFetch({ allow }: OutgoingRules, deps: OutgoingDeps = {}): OutgoingFetch {
  const allowed = new Set(allow.map((host) => host.toLowerCase()));
  const { timeoutMs = 2500, authorities, lookUp = resolveName } = deps;
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const isAllowed = allowed.has(url.host);
    refuseUnsafe(url, isAllowed);
    const { body, headers } = await serialize(url, init);
    const options: RequestOptions & { ca?: string } = {
      method: init.method ?? 'GET',
      headers,
      // No reuse: each connection is judged by itself.
      agent: false,
      maxHeaderSize: 16_384,
      signal: AbortSignal.timeout(timeoutMs),
      lookup: createLookup(isAllowed, lookUp),
      ...(authorities !== undefined && { ca: authorities }),
    };
    return send(url, options, body);
  };
}

function refuseUnsafe(url: URL, isAllowed: boolean): void {
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (url.username !== '' || url.password !== '') throw new Error('outgoing: an address with credentials');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isAllowed && isLoopback(url.hostname))) {
    throw new Error('outgoing: not https');
  }
  // The look-up below is not asked for literal addresses.
  if (!isAllowed && isIP(literal) !== 0 && isSpecialAddress(literal)) {
    throw new Error('outgoing: a special address that is not on the allow-list');
  }
}

function isLoopback(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

function createLookup(isAllowed: boolean, lookUp: NonNullable<OutgoingDeps['lookUp']>): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (!first || (!isAllowed && addresses.some(({ address }) => isSpecialAddress(address)))) {
          callback(new Error('outgoing: a special address that is not on the allow-list'), '');
        } else if (options.all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}

function resolveName(hostname: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookUpName(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });
}

async function serialize(url: URL, init: RequestInit) {
  const { headers, method, body } = init;
  const request = new Request(url, {
    ...(headers && { headers }),
    ...(method && { method }),
    ...(body && { body }),
  });
  const bytes = Buffer.from(await request.arrayBuffer());
  const sent = Object.fromEntries(request.headers);
  if (bytes.length > 0) sent['content-length'] = String(bytes.length);
  return { body: bytes, headers: sent };
}

function send(url: URL, options: RequestOptions, body: Buffer): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    const sent = request(url, options, (answer) => {
      receive(answer).then(resolve, (error: unknown) => {
        answer.destroy();
        reject(error);
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

async function receive(answer: IncomingMessage): Promise<Response> {
  const { statusCode: status = 500, headers } = answer;
  if (status >= 300 && status < 400) throw new Error('outgoing: a redirect, which is not followed');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestAnswer) throw new Error('outgoing: the answer is too large');
    chunks.push(chunk);
  }
  const kept = ['content-type', 'cache-control', 'expires'].flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as [string, string]] : [];
  });
  const content = status === 204 || status === 205 ? null : Buffer.concat(chunks);
  return new Response(content, { status: Math.max(status, 200), headers: kept });
}
