/**
 * Certificates that clients show (RFC 8705). They come by the listener that asks for them in TLS, or in a header that a
 * configured proxy sets. The header is removed from every request, so that nothing further in can be misled by it, and
 * heeded from such a proxy alone; in any other spelling, twice, or malformed it means nothing.
 */
import { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Middleware } from 'koa';
import type { Clock } from '#domain/clock.ts';
import { plainAddress, trustedProxies } from './client-address.ts';

export interface ShownCertificate {
  readonly certificate: X509Certificate;
  /** Whether a configured authority vouches for it. */
  readonly authorized: boolean;
}

export interface ClientCertificatesOptions {
  /** Addresses and networks of the proxies in front. */
  readonly proxies: readonly string[];
  /** Name in lower case; undefined: no proxy hands certificates on. */
  readonly header?: string | undefined;
  /** PEM of the authorities that vouch for certificates; undefined: none does. */
  readonly authorities?: string | undefined;
  readonly clock: Clock;
}

export interface ClientCertificatesKeeper {
  readonly take: Middleware;
  /** Notes that a connection came to the listener that asks for certificates. */
  noteOwn(socket: TLSSocket): void;
  isOnOwnListener(req: IncomingMessage): boolean;
  find(req: IncomingMessage): ShownCertificate | undefined;
}

const wellKnown = ['client-cert', 'client-cert-chain', 'x-client-cert', 'x-ssl-cert', 'ssl-client-cert'];

export function createClientCertificates(options: ClientCertificatesOptions): ClientCertificatesKeeper {
  const own = new WeakSet<object>();
  const handed = new WeakMap<IncomingMessage, ShownCertificate>();
  const trusted = trustedProxies(options.proxies);
  const authorities = splitPem(options.authorities ?? '');
  const names = new Set([...wellKnown, ...(options.header === undefined ? [] : [options.header])]);

  return {
    async take(ctx, next) {
      const { req } = ctx;
      const values = options.header === undefined ? [] : (req.headersDistinct[options.header] ?? []);
      for (const name of Object.keys(req.headers)) {
        if (names.has(name.replaceAll('_', '-'))) delete req.headers[name];
      }
      const [value, ...others] = values;
      const isTrusted = !own.has(req.socket) && trusted(plainAddress(req.socket.remoteAddress ?? ''));
      const certificate = value !== undefined && others.length === 0 && isTrusted ? parse(value) : undefined;
      if (certificate) {
        handed.set(req, {
          certificate,
          authorized: isVouchedFor(certificate, authorities, options.clock.now()),
        });
      }
      await next();
    },
    noteOwn: (socket) => void own.add(socket),
    isOnOwnListener: (req) => own.has(req.socket),
    find(req) {
      if (!own.has(req.socket)) return handed.get(req);
      const socket = req.socket as TLSSocket;
      const certificate = socket.getPeerX509Certificate();
      return certificate && { certificate, authorized: authorities.length > 0 && socket.authorized };
    },
  };
}

/** RFC 9440 (`:base64 of the DER:`), or PEM with URL encoding. */
function parse(value: string): X509Certificate | undefined {
  try {
    const der = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(value)?.[1];
    if (der !== undefined) return new X509Certificate(Buffer.from(der, 'base64'));
    const pem = decodeURIComponent(value);
    return splitPem(pem).length === 1 ? new X509Certificate(pem) : undefined;
  } catch {
    return undefined;
  }
}

function splitPem(text: string): readonly X509Certificate[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}

/** id-kp-clientAuth (RFC 5280, section 4.2.1.12), as a listener of TLS demands it too. */
const clientAuthentication = '1.3.6.1.5.5.7.3.2';

/** A certificate that does not say what it is for is for everything. */
function isForClients({ keyUsage }: { readonly keyUsage?: readonly string[] | undefined }): boolean {
  return keyUsage === undefined || keyUsage.includes(clientAuthentication);
}

function isVouchedFor(
  certificate: X509Certificate,
  authorities: readonly X509Certificate[],
  at: Date,
): boolean {
  const isInTime = ({ validFromDate, validToDate }: X509Certificate) =>
    validFromDate <= at && at <= validToDate;
  return (
    isInTime(certificate) &&
    isForClients(certificate) &&
    authorities.some(
      (authority) =>
        authority.ca &&
        isInTime(authority) &&
        certificate.checkIssued(authority) &&
        certificate.verify(authority.publicKey),
    )
  );
}
