import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls';

/** How a port speaks TLS. */
export interface TlsOptions {
  /** PEM: the server's certificate and those up to its authority. */
  readonly certificate: string;
  /** PEM */
  readonly key: string;
  /** From the first byte (ldaps), or when the client asks for it (StartTLS), and nothing of worth before. */
  readonly begin: 'at-once' | 'on-request';
}

export interface ConnectionTls {
  readonly context: SecureContext;
  readonly begin: TlsOptions['begin'];
}

/** Throws on a certificate or key that cannot be read, or that do not belong together. */
export function readTls({ certificate, key, begin }: TlsOptions): ConnectionTls {
  return { context: createSecureContext({ cert: certificate, key, minVersion: 'TLSv1.2' }), begin };
}

/** Speaks TLS over `socket` from here on; who has not shaken hands after `patienceMs` is cut off. */
export function secureStream(socket: Socket, context: SecureContext, patienceMs: number): TLSSocket {
  const stream = new TLSSocket(socket, { isServer: true, secureContext: context });
  const late = setTimeout(() => stream.destroy(), patienceMs);
  stream.once('secure', () => clearTimeout(late)).once('close', () => clearTimeout(late));
  return stream;
}
