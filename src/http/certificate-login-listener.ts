/**
 * The listener that asks browsers of people for a certificate. Every request has a connection and a whole handshake of its own, so that
 * what it shows was proved by the card just now: no resumption, no renegotiation, one request a connection.
 */
import { constants } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';

export interface CertificateLoginListenerOptions {
  readonly host: string;
  readonly port: number;
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
  /** The highest version of TLS that is spoken. */
  readonly highestTls: '1.2' | '1.3';
  /** PEM of authorities by which browsers choose what to offer; empty: they offer whatever there is. Nobody is trusted for them. */
  readonly hints: readonly string[];
  /** What is served here; everything else is not found. */
  readonly path: string;
  readonly noteOwn: (socket: TLSSocket) => void;
}

export function createCertificateLoginListener(
  options: CertificateLoginListenerOptions,
  limits: ServerOptions,
  handle: RequestListener,
): Server {
  const { certificate, key, highestTls, hints, path, noteOwn } = options;
  const server = createServer(
    {
      ...limits,
      cert: certificate,
      key,
      ca: [...hints],
      requestCert: true,
      // Judged by the function that judges all certificates, which knows of policies and revocation.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      maxVersion: `TLSv${highestTls}`,
      secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
    },
    (req, res) => {
      res.setHeader('Connection', 'close');
      if (req.url?.split('?', 1)[0] === path) return handle(req, res);
      return res.writeHead(404, { 'Content-Length': 0 }).end();
    },
  );
  // For requests sent without waiting for the first one's answer.
  server.maxRequestsPerSocket = 1;
  server.on('secureConnection', noteOwn);
  return server;
}
