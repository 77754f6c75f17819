import { connect, type AddressInfo } from 'node:net';
import Koa, { type Middleware } from 'koa';
import { onTestFinished } from 'vitest';
import { handleErrors } from '#http/error-handler.ts';
import type { RequestState } from '#http/request-state.ts';
import { createKeptLog } from '#test/support/kept-log.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface ListeningApp {
  readonly origin: string;
  readonly log: ReturnType<typeof createKeptLog>;
  /** Errors that went past the error handler. */
  readonly escaped: unknown[];
  /** Sends exactly this request: what no client library would send, too. */
  send(line: string, headers?: readonly string[], body?: string): Promise<Answer>;
}

/** Middlewares behind the error handler on a loopback port, until the test ends. */
export async function listeningApp(
  ...middlewares: readonly Middleware<RequestState>[]
): Promise<ListeningApp> {
  const log = createKeptLog();
  const escaped: unknown[] = [];
  const app = new Koa<RequestState>();
  app.on('error', (error) => escaped.push(error));
  app.use(handleErrors(log, ({ code, path, language }) => `<p>${language} ${code} ${path}</p>`, 'zh-TW'));
  for (const middleware of middlewares) app.use(middleware);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;

  const send = (line: string, headers: readonly string[] = [], body = ''): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const host = headers.some((header) => /^host:/i.test(header)) ? [] : ['Host: hub.test'];
      const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
      const head = [`${line} HTTP/1.1`, ...host, 'Connection: close', ...length, ...headers, '', ''];
      const socket = connect(port, '127.0.0.1', () => socket.write(head.join('\r\n') + body));
      const chunks: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      socket.on('error', reject);
      socket.on('close', () => resolve(parseAnswer(Buffer.concat(chunks).toString('utf8'))));
    });
  return { origin: `http://127.0.0.1:${port}`, log, escaped, send };
}

function parseAnswer(text: string): Answer {
  const [head = '', ...body] = text.split('\r\n\r\n');
  const [status = '', ...lines] = head.split('\r\n');
  const headers = new Headers();
  for (const line of lines) {
    const [name = '', ...value] = line.split(': ');
    headers.append(name, value.join(': '));
  }
  return { status: Number(status.split(' ')[1]), headers, body: body.join('\r\n\r\n') };
}
