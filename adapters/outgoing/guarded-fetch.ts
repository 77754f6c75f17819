/**
 * `fetch` for addresses that relying parties register (log-out, keys): only https, or http on loopback; only public
 * addresses and those allowed by configuration, judged on the very address that is connected to, so that a name
 * cannot lead elsewhere between question and connection; no redirect followed; one limit of time for the whole call
 * and one of size for the answer.
 */
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { createAllowList, type AllowList } from './allow-list.ts';
import { guardedLookup, hostOf } from './guarded-lookup.ts';
import { OutgoingError } from './outgoing-error.ts';
import { isPublicAddress } from './public-address.ts';

export interface GuardedFetchOptions {
  /** Host names, addresses and networks (CIDR) that may be called although they are not public. */
  readonly allow: readonly string[];
  /** Milliseconds for the whole call; default 10,000. */
  readonly timeoutMs?: number;
  /** Bytes of the answer's body; default 256 KiB. */
  readonly maxBytes?: number;
}

/** As the global fetch, for bodies that are text or URLSearchParams. Rejects with OutgoingError. */
export type GuardedFetch = (address: string | URL, init?: RequestInit) => Promise<Response>;

const defaults = { timeoutMs: 10_000, maxBytes: 256 * 1024 };
const withoutBody = new Set([101, 204, 205, 304]);

export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const { timeoutMs, maxBytes } = { ...defaults, ...options };
  const allowed = createAllowList(options.allow);

  return async (address, init = {}) => {
    const url = new URL(address);
    if (!mayCall(url, allowed)) throw new OutgoingError('address-not-permitted');
    // A Request normalises method, headers and body as fetch does; it is never sent.
    const wanted = new Request(url, { ...init, redirect: 'manual', signal: null });
    const body = wanted.body ? Buffer.from(await wanted.arrayBuffer()) : undefined;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = init.signal ? AbortSignal.any([timeout, init.signal]) : timeout;
    try {
      const incoming = await send(
        url,
        {
          method: wanted.method,
          headers: { ...Object.fromEntries(wanted.headers), ...(body && { 'content-length': body.length }) },
          lookup: guardedLookup(url, allowed),
          // No connection outlives its call: the next one is judged anew.
          agent: false,
          signal,
        },
        body,
      );
      return await responseOf(incoming, maxBytes);
    } catch (cause) {
      throw outgoingError(cause, timeout);
    }
  };
}

/** A literal address is never looked up, so it is judged here. */
function mayCall(url: URL, allowed: AllowList): boolean {
  const host = hostOf(url);
  if (url.username !== '' || url.password !== '') return false;
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(host))) return false;
  return isIP(host) === 0 || isPublicAddress(host) || allowed.hasAddress(host);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function send(url: URL, options: RequestOptions, body: Buffer | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, resolve);
    request.on('error', reject);
    request.end(body);
  });
}

async function responseOf(incoming: IncomingMessage, maxBytes: number): Promise<Response> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    // Leaving the loop destroys the connection.
    if (size > maxBytes) throw new OutgoingError('answer-too-large');
    chunks.push(bytes);
  }
  const status = incoming.statusCode ?? 502;
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return new Response(withoutBody.has(status) ? null : Buffer.concat(chunks), { status, headers });
}

function outgoingError(cause: unknown, timeout: AbortSignal): OutgoingError {
  if (cause instanceof OutgoingError) return cause;
  if (timeout.aborted) return new OutgoingError('timeout', { cause });
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const isTls = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO)/.test(code);
  return new OutgoingError(isTls ? 'tls' : 'unreachable', { cause });
}
