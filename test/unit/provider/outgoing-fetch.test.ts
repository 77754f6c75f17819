import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOutgoingFetch } from '#provider/outgoing-fetch.ts';
import { isSpecialAddress } from '#provider/special-addresses.ts';
import { mintSelfSigned } from '#test/support/self-signed-certificate.ts';

const asked: string[] = [];
const answer: RequestListener = (req, res) => {
  asked.push(`${req.method} ${req.url}`);
  if (req.url === '/redirect') res.writeHead(302, { Location: '/keys' }).end();
  else if (req.url === '/large') res.end('x'.repeat(200_000));
  else if (req.url === '/slow') res.flushHeaders();
  else req.pipe(res.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'max-age=7' }));
};
const certificate = mintSelfSigned(mkdtempSync(path.join(tmpdir(), 'outgoing-')));
const plain = createServer(answer);
const secure = createTlsServer({ key: certificate.key, cert: certificate.cert }, answer);
let plainHost: string;
let secureHost: string;

beforeAll(async () => {
  [plainHost, secureHost] = (await Promise.all(
    [plain, secure].map(
      (server) =>
        new Promise<string>((resolve) =>
          server.listen(0, '127.0.0.1', () => resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`)),
        ),
    ),
  )) as [string, string];
});
afterAll(() => {
  for (const server of [plain, secure]) {
    server.closeAllConnections();
    server.close();
  }
});

describe('addresses', () => {
  test.each([
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:169.254.169.254',
    '::127.0.0.1',
    'fe80::1',
    'fd00::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'ff02::1',
    '',
    'localhost',
  ])('%j is special', (address) => {
    expect(isSpecialAddress(address)).toBe(true);
  });

  test.each(['8.8.8.8', '168.95.1.1', '::ffff:8.8.8.8', '2001:4860:4860::8888', '2400:cb00::1'])(
    '%j is not',
    (address) => {
      expect(isSpecialAddress(address)).toBe(false);
    },
  );
});

describe('without an allow-list', () => {
  const outgoing = createOutgoingFetch({ allow: [] }, { authorities: certificate.cert });

  test.each([
    () => `http://${plainHost}/keys`,
    () => `https://${secureHost}/keys`,
    () => `https://localhost:${secureHost.split(':')[1]}/keys`,
    () => `https://[::ffff:127.0.0.1]:${secureHost.split(':')[1]}/keys`,
    () => `https://2130706433:${secureHost.split(':')[1]}/keys`,
    () => 'https://169.254.169.254/latest/meta-data',
    () => 'file:///etc/passwd',
    () => 'https://user:secret@keys.example/',
  ])('nothing on this machine or link is asked (%#)', async (url) => {
    asked.length = 0;
    await expect(outgoing(url())).rejects.toThrow(/outgoing/);
    expect(asked).toEqual([]);
  });

  test('a name that points to this machine is not followed, be it only with one of its addresses', async () => {
    const rebound = createOutgoingFetch(
      { allow: [] },
      {
        authorities: certificate.cert,
        lookUp: async () => [
          { address: '8.8.8.8', family: 4 },
          { address: '127.0.0.1', family: 4 },
        ],
      },
    );
    await expect(rebound(`https://keys.example:${secureHost.split(':')[1]}/keys`)).rejects.toThrow(
      /outgoing/,
    );
    expect(asked).toEqual([]);
  });
});

describe('a host on the allow-list', () => {
  const outgoing = () =>
    createOutgoingFetch(
      { allow: [secureHost, plainHost] },
      { authorities: certificate.cert, timeoutMs: 300 },
    );

  test('is asked, with body and headers, and its caching heeded', async () => {
    const response = await outgoing()(`https://${secureHost}/keys`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: 'a token' }),
    });
    expect([response.status, await response.text()]).toEqual([200, 'logout_token=a+token']);
    expect(response.headers.get('Cache-Control')).toBe('max-age=7');
  });

  test('may speak plain http on loopback', async () => {
    expect((await outgoing()(`http://${plainHost}/keys`)).status).toBe(200);
  });

  test('with another port it is another host', async () => {
    await expect(outgoing()('https://127.0.0.1:1/keys')).rejects.toThrow(/outgoing/);
  });

  test.each(['redirect', 'large'])('%s is refused', async (kind) => {
    await expect(outgoing()(`https://${secureHost}/${kind}`)).rejects.toThrow(/outgoing/);
  });

  test('that does not answer in time is given up', async () => {
    await expect(outgoing()(`https://${secureHost}/slow`)).rejects.toThrow(/abort|timeout/i);
  });
});
