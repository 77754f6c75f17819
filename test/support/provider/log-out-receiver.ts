/** A relying party's end of back-channel log-out: takes tokens, and answers as a test wants. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LogOutReceiver {
  readonly origin: string;
  /** Log-out tokens in the order of arrival, by path. */
  readonly received: readonly { readonly path: string; readonly token: string; readonly type: string }[];
  /** How the next requests are answered, one each; then 200. */
  readonly answers: ((res: ServerResponse) => void)[];
  close(): Promise<void>;
}

export async function startLogOutReceiver(): Promise<LogOutReceiver> {
  const received: { path: string; token: string; type: string }[] = [];
  const answers: ((res: ServerResponse) => void)[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      received.push({
        path: req.url ?? '',
        token: form.get('logout_token') ?? '',
        type: `${req.method} ${req.headers['content-type']}`,
      });
      const answer = answers.shift();
      if (answer) answer(res);
      else res.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
