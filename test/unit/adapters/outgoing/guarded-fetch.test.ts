import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createGuardedFetch } from '#adapters/outgoing/guarded-fetch.ts';

interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

let port: number;
let received: Received[];
let answer: (req: IncomingMessage, res: ServerResponse) => void;

const server = createServer((req, res) => {
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => {
    const type = req.headers['content-type'];
    received.push({ method: req.method, path: req.url, type, body: Buffer.concat(chunks).toString() });
    answer(req, res);
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  received = [];
  answer = (_req, res) => res.end('ok');
});

const onLoopback = createGuardedFetch({ allow: ['127.0.0.1', 'localhost'], timeoutMs: 300, maxBytes: 1000 });

test('carries method, headers and form, and gives status, headers and body', async () => {
  answer = (_req, res) => res.writeHead(201, { 'X-Answer': 'yes' }).end('done');
  const response = await onLoopback(`http://127.0.0.1:${port}/log-out?a=1`, {
    method: 'POST',
    body: new URLSearchParams({ logout_token: 'a.b.c' }),
  });
  expect([response.status, response.headers.get('X-Answer'), await response.text()]).toEqual([
    201,
    'yes',
    'done',
  ]);
  expect(received).toEqual([
    {
      method: 'POST',
      path: '/log-out?a=1',
      type: 'application/x-www-form-urlencoded;charset=UTF-8',
      body: 'logout_token=a.b.c',
    },
  ]);
});

test('a name that is allowed may lead to this machine', async () => {
  expect((await onLoopback(`http://localhost:${port}/`)).status).toBe(200);
});

test.each([
  ['a loopback address', () => `http://127.0.0.1:${port}/`],
  ['a name that leads to loopback', () => `http://localhost:${port}/`],
  ['loopback in another spelling', () => `http://2130706433:${port}/`],
  ['loopback as IPv6', () => `http://[::1]:${port}/`],
  ['loopback mapped into IPv6', () => `https://[::ffff:127.0.0.1]:${port}/`],
  ['a private address', () => 'https://10.0.0.1/'],
  ['the metadata service of clouds', () => 'https://169.254.169.254/latest'],
])('%s is not called unless allowed', async (_, address) => {
  const strict = createGuardedFetch({ allow: ['192.168.0.0/16'], timeoutMs: 300 });
  await expect(strict(address())).rejects.toMatchObject({ code: 'address-not-permitted' });
  expect(received).toEqual([]);
});

test('plain http off loopback, user names and other schemes are refused', async () => {
  const open = createGuardedFetch({ allow: ['0.0.0.0/0', 'relying.example'] });
  for (const address of [
    'http://relying.example/',
    'http://127.evil.example/',
    'ftp://127.0.0.1/',
    `http://u:p@127.0.0.1:${port}/`,
  ])
    await expect(open(address)).rejects.toMatchObject({ code: 'address-not-permitted' });
  expect(received).toEqual([]);
});

test('a redirect is handed over, never followed', async () => {
  answer = (_req, res) => res.writeHead(302, { Location: `http://127.0.0.1:${port}/elsewhere` }).end();
  const response = await onLoopback(`http://127.0.0.1:${port}/`);
  expect([response.status, received.length]).toEqual([302, 1]);
});

test('an answer that is too large is cut off', async () => {
  answer = (_req, res) => res.end('x'.repeat(5000));
  await expect(onLoopback(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'answer-too-large' });
});

test('one limit of time holds for head and body', async () => {
  answer = () => {};
  await expect(onLoopback(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'timeout' });
  answer = (_req, res) => void res.write('begun');
  await expect(onLoopback(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'timeout' });
});

test('nobody listening and a server that speaks no TLS have codes of their own', async () => {
  await expect(onLoopback('http://127.0.0.1:1/')).rejects.toMatchObject({ code: 'unreachable' });
  await expect(onLoopback(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'tls' });
});
