import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createCertificateLoginListener } from '#http/certificate-login-listener.ts';
import { mintPki } from '#demo/pki/mint-pki.ts';
import { mintSelfSigned, type SelfSigned } from '#test/support/self-signed-certificate.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'certificate-login-'));
const pki = mintPki({ name: 'certificate-login-listener' });
const holder = { name: '王小明', serialNumber: '0000000000000001', lastFour: '6789' };
// RSA, as cards have it: TLS 1.3 takes it with PSS alone.
const card = pki.issue(holder);
const shown = { cert: card.pem, key: card.privateKey.export({ type: 'pkcs8', format: 'pem' }) };
let server: SelfSigned;

beforeAll(() => {
  server = mintSelfSigned(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function listening(highestTls: '1.2' | '1.3' = '1.3') {
  const served: (string | undefined)[] = [];
  const listener = createCertificateLoginListener(
    {
      host: '127.0.0.1',
      port: 0,
      certificate: server.cert,
      key: server.key,
      highestTls,
      hints: [],
      path: '/certificate-login',
      noteOwn: () => {},
    },
    {},
    (req, res) => {
      served.push((req.socket as TLSSocket).getPeerX509Certificate()?.fingerprint256);
      res.end('served');
    },
  );
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    listener.closeAllConnections();
    listener.close();
  });
  const { port } = listener.address() as AddressInfo;
  const open = (more: ConnectionOptions = {}) =>
    new Promise<TLSSocket>((resolve, reject) => {
      const options = { port, host: '127.0.0.1', servername: 'localhost', ca: server.cert, ...more };
      const socket = connect(options, () => resolve(socket));
      socket.on('error', reject);
    });
  return { open, served };
}

const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

/** All that comes until the other side ends the connection. */
async function read(socket: TLSSocket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

test.each([
  ['1.2', 'TLSv1.2'],
  ['1.3', 'TLSv1.3'],
] as const)(
  'up to TLS %s: a card’s certificate is seen, and none where none is offered',
  async (highest, spoken) => {
    const { open, served } = await listening(highest);
    for (const offered of [shown, {}]) {
      const socket = await open(offered);
      expect(socket.getProtocol()).toBe(spoken);
      socket.write(get('/certificate-login'));
      expect(await read(socket)).toContain('served');
    }
    expect(served).toEqual([expect.stringMatching(/^[0-9A-F:]{95}$/), undefined]);
  },
);

test('older versions are not spoken', async () => {
  const { open } = await listening();
  const old = open({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
  await expect(old).rejects.toThrow(/alert protocol version|no protocols available/);
});

test('a connection serves one request: what comes after it is not what its handshake proved', async () => {
  const { open, served } = await listening();
  const socket = await open(shown);
  socket.write(get('/certificate-login') + get('/certificate-login'));
  const answers = await read(socket);
  expect(answers).toMatch(/^HTTP\/1\.1 200 [^]*connection: close/i);
  expect(served).toHaveLength(1);
});

test('nothing is resumed in TLS 1.2 either, and nothing renegotiated', async () => {
  const { open } = await listening('1.2');
  const first = await open(shown);
  const session = first.getSession();
  const refused = new Promise<Error | null>((resolve) => {
    first.on('error', resolve);
    first.on('close', () => resolve(new Error('closed')));
    first.renegotiate({}, resolve);
  });
  expect(await refused).toBeInstanceOf(Error);
  first.destroy();
  const again = await open({ ...(session && { session }) });
  expect(again.isSessionReused()).toBe(false);
  again.destroy();
});
