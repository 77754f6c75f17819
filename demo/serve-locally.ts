import { createServer } from 'node:http';
import type Koa from 'koa';

export interface LocalServer {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Listens on a loopback address. Only requests for that very address are answered: a foreign name may be rebound. */
export async function serveLocally(
  handler: ReturnType<Koa['callback']>,
  at: Pick<URL, 'hostname' | 'port'>,
): Promise<LocalServer> {
  const authority = `${at.hostname}:${at.port}`;
  const server = createServer((request, response) => {
    if (request.headers.host === authority) return void handler(request, response);
    response.writeHead(421, { 'Content-Type': 'text/plain' }).end('wrong host\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // The name may stand for ::1 first, where the next program's probe for a free port would not look.
    server.listen(Number(at.port), at.hostname === 'localhost' ? '127.0.0.1' : at.hostname, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    origin: `http://${authority}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
