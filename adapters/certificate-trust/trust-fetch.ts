/**
 * Calls addresses that certificates name: from allowed hosts alone, by http (what comes is signed) or https, to public
 * addresses and those allowed, judged on the very address that is connected to. No redirect is followed; head and
 * body have one limit of time together, the body one of size.
 */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { createAllowList, type AllowList } from '../outgoing/allow-list.ts';
import { guardedLookup, hostOf } from '../outgoing/guarded-lookup.ts';
import { OutgoingError } from '../outgoing/outgoing-error.ts';
import { isPublicAddress } from '../outgoing/public-address.ts';
import { TrustFetchError } from './trust-fetch-error.ts';

export interface TrustFetchOptions {
  /** Host names and addresses that may be called at all. */
  readonly hosts: readonly string[];
  /** Of these, what may be called although it is not public: names, addresses, networks. */
  readonly allow: readonly string[];
}

export interface TrustRequest {
  readonly url: string;
  /** What to send by POST; undefined: GET. */
  readonly body?: { readonly type: string; readonly bytes: Uint8Array };
  readonly headers?: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  /** Milliseconds for the whole call. */
  readonly timeoutMs: number;
  /** Ends the call from outside. */
  readonly signal?: AbortSignal;
}

export type TrustAnswer =
  | { readonly status: 'unchanged' }
  | {
      readonly status: 'ok';
      readonly bytes: number;
      readonly etag?: string | undefined;
      readonly lastModified?: string | undefined;
    };

/** Hands the body of a 200 to `take` piece by piece, as it comes. Rejects with TrustFetchError, or as `take` does. */
export type TrustFetch = (
  request: TrustRequest,
  take: (piece: Buffer) => void | Promise<void>,
) => Promise<TrustAnswer>;

export function createTrustFetch({ hosts, allow }: TrustFetchOptions): TrustFetch {
  const named = createAllowList(hosts);
  const allowed = createAllowList(allow);

  return async (request, take) => {
    const url = parse(request.url);
    checkAddress(url, named, allowed);
    const timeout = AbortSignal.timeout(request.timeoutMs);
    const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout;
    let begun = false;
    const takeAll = async (piece: Buffer) => {
      await take(piece);
    };
    try {
      const incoming = await send(url, request, allowed, signal);
      begun = true;
      if (incoming.statusCode !== 200) {
        incoming.destroy();
        if (incoming.statusCode === 304) return { status: 'unchanged' };
        const isRedirect = Math.floor((incoming.statusCode ?? 0) / 100) === 3;
        throw new TrustFetchError(isRedirect ? 'redirected' : 'http-status');
      }
      const bytes = await receive(incoming, request.maxBytes, takeAll);
      const { etag, 'last-modified': lastModified } = incoming.headers;
      return { status: 'ok', bytes, etag, lastModified };
    } catch (cause) {
      throw fetchError(cause, timeout, begun);
    }
  };
}

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new TrustFetchError('host-not-allowed');
  return url;
}

function checkAddress(url: URL, named: AllowList, allowed: AllowList): void {
  const host = hostOf(url);
  const isAddress = isIP(host) !== 0;
  const isNamed = isAddress ? named.hasAddress(host) : named.hasName(host);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  if (!isNamed || !isWeb || url.username !== '' || url.password !== '') {
    throw new TrustFetchError('host-not-allowed');
  }
  // A literal address is never looked up, so it is judged here.
  if (isAddress && !isPublicAddress(host) && !allowed.hasAddress(host)) {
    throw new TrustFetchError('address-not-permitted');
  }
}

function send(
  url: URL,
  { body, headers }: TrustRequest,
  allowed: AllowList,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const options = {
    method: body ? 'POST' : 'GET',
    headers: {
      ...headers,
      'accept-encoding': 'identity',
      ...(body && { 'content-type': body.type, 'content-length': body.bytes.length }),
    },
    lookup: guardedLookup(url, allowed),
    // No connection outlives its call: the next one is judged anew.
    agent: false,
    signal,
  } as const;
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, resolve);
    request.on('error', reject);
    request.end(body?.bytes);
  });
}

async function receive(
  incoming: IncomingMessage,
  maxBytes: number,
  take: (piece: Buffer) => Promise<void>,
): Promise<number> {
  // Leaving the loop destroys the connection.
  if (Number(incoming.headers['content-length'] ?? 0) > maxBytes) {
    incoming.destroy();
    throw new TrustFetchError('too-large');
  }
  let size = 0;
  for await (const piece of incoming) {
    const bytes = piece as Buffer;
    size += bytes.length;
    if (size > maxBytes) throw new TrustFetchError('too-large');
    await take(bytes);
  }
  return size;
}

function fetchError(cause: unknown, timeout: AbortSignal, begun: boolean): unknown {
  if (cause instanceof TrustFetchError) return cause;
  if (timeout.aborted) return new TrustFetchError('timeout', { cause });
  if (cause instanceof OutgoingError) return new TrustFetchError('address-not-permitted', { cause });
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (/^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO)/.test(code)) {
    return new TrustFetchError('tls', { cause });
  }
  if (/^(ENOSPC|EDQUOT|EROFS|EACCES|EPERM|EIO)$/.test(code)) return new TrustFetchError('disk', { cause });
  return new TrustFetchError(begun ? 'truncated' : 'unreachable', { cause });
}
