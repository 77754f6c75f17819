/** The listener that asks clients for a certificate: of its own, so that no browser of a person ever is asked for one. */
import type { RequestListener } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';

export interface MutualTlsListenerOptions {
  readonly host: string;
  readonly port: number;
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
  /** PEM of the authorities that vouch for clients' certificates. */
  readonly authorities?: string | undefined;
  /** What is served here, with `/` at the end all below it; everything else is not found. */
  readonly paths: readonly string[];
  readonly noteOwn: (socket: TLSSocket) => void;
}

export function createMutualTlsListener(
  options: MutualTlsListenerOptions,
  limits: ServerOptions,
  handle: RequestListener,
): Server {
  const { certificate, key, authorities, paths, noteOwn } = options;
  const server = createServer(
    {
      ...limits,
      cert: certificate,
      key,
      // Without authorities none is known, instead of those that the platform knows.
      ca: authorities === undefined ? [] : [authorities],
      requestCert: true,
      // Self-signed ones are judged by their registered key, the others by `authorized`.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
    },
    (req, res) => {
      const path = req.url?.split('?', 1)[0] ?? '';
      const isServed = paths.some((served) =>
        served.endsWith('/') ? path.startsWith(served) : path === served,
      );
      if (isServed) return handle(req, res);
      return res.writeHead(404, { 'Content-Length': 0 }).end();
    },
  );
  server.on('secureConnection', noteOwn);
  return server;
}
