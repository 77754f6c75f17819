/** A server on loopback that gives CRLs, right ones and whatever else a server may do. */
import { hash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CrlServer extends AsyncDisposable {
  readonly origin: string;
  readonly requests: IncomingMessage[];
  /** What it does with each request. */
  answer: (req: IncomingMessage, res: ServerResponse) => void;
  /** Answers with `bytes` and a validator; 304 to who has them. */
  give(bytes: Uint8Array | string): void;
  stop(): Promise<void>;
}

export async function startCrlServer(port = 0): Promise<CrlServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((req, res) => {
    requests.push(req);
    req.resume();
    req.on('end', () => crlServer.answer(req, res));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const crlServer: CrlServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (_req, res) => res.writeHead(404).end(),
    give(bytes) {
      const etag = `"${hash('sha1', bytes)}"`;
      crlServer.answer = (req, res) => {
        if (req.headers['if-none-match'] === etag) res.writeHead(304).end();
        else res.writeHead(200, { etag, 'content-type': 'application/pkix-crl' }).end(bytes);
      };
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
  return crlServer;
}
