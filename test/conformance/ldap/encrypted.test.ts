/** LDAPS and StartTLS (RFC 4511, 4.14), with ldapts, OpenLDAP's tools and bare sockets. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from 'ldapts';
import { mintSelfSigned, type SelfSigned } from '#test/support/self-signed-certificate.ts';
import { attempt, search } from './attempt.ts';
import { baseDn, managerDn, managerPassword, startInProcess, type InProcess } from './in-process.ts';
import { runTool, toolsAvailable } from './tools.ts';

const manager = { dn: managerDn, password: managerPassword };
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const extended = (oid: string) =>
  Buffer.concat([hex('30 1d 02 01 01 77 18 80 16'), Buffer.from(oid, 'ascii')]);
const startTls = extended('1.3.6.1.4.1.1466.20037');

describe('encrypted connections to the embedded directory', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-tls-'));
  let minted: SelfSigned;
  let onRequest: InProcess;
  let atOnce: InProcess;

  beforeAll(async () => {
    minted = mintSelfSigned(folder);
    const listen = (begin: 'at-once' | 'on-request') => ({
      host: '127.0.0.1',
      port: 0,
      tls: { certificate: minted.cert, key: minted.key, begin },
    });
    const limits = { patienceMs: 500 };
    onRequest = await startInProcess({ listen: listen('on-request'), limits });
    atOnce = await startInProcess({ listen: listen('at-once'), limits });
  });
  afterAll(async () => {
    await Promise.all([onRequest.close(), atOnce.close()]);
    rmSync(folder, { recursive: true });
  });

  const trusting = () => ({ ca: [readFileSync(minted.certFile)] });
  const plainClient = () => new Client({ url: `ldap://127.0.0.1:${onRequest.port}`, timeout: 5000 });
  const isAlive = async (server: InProcess) => {
    const url = server === atOnce ? `ldaps://127.0.0.1:${server.port}` : `ldap://127.0.0.1:${server.port}`;
    const options = server === atOnce ? { tlsOptions: trusting() } : {};
    const client = new Client({ url, ...options, timeout: 5000 });
    if (server === onRequest) await client.startTLS(trusting());
    const { code } = await attempt(() => client.bind(managerDn, managerPassword));
    await client.unbind();
    return code === 0;
  };
  const open = async (server: InProcess): Promise<Socket> => {
    const socket = connect({ host: '127.0.0.1', port: server.port });
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };

  test('LDAPS: bind, search, many answers', async () => {
    const client = new Client({ url: `ldaps://127.0.0.1:${atOnce.port}`, tlsOptions: trusting() });
    await client.bind(managerDn, managerPassword);
    for (let index = 0; index < 200; index += 1) {
      await client.add(`ou=u${index},${baseDn}`, {
        objectClass: 'organizationalUnit',
        ou: `u${index}`,
        description: 'x'.repeat(2000),
      });
    }
    const found = await search(client, baseDn, { filter: '(ou=u*)' });
    expect(found.entries).toHaveLength(200);
    await client.unbind();
  });

  test('StartTLS: nothing of worth before it, everything after', async () => {
    const client = plainClient();
    expect((await attempt(() => client.bind(managerDn, managerPassword))).code).toBe(13);
    expect((await search(client, baseDn, { filter: '(objectClass=*)' })).code).toBe(13);
    const dse = await search(client, '', { scope: 'base', attributes: ['supportedExtension'] });
    expect(JSON.stringify(dse)).toContain('1.3.6.1.4.1.1466.20037');
    await client.startTLS(trusting());
    expect((await attempt(() => client.bind(managerDn, managerPassword))).code).toBe(0);
    expect((await search(client, baseDn, { scope: 'base' })).entries).toHaveLength(1);
    await client.unbind();
  });

  test('a second StartTLS is refused, and the connection goes on', async () => {
    const socket = await open(onRequest);
    socket.write(startTls);
    await once(socket, 'data');
    const over = connectTls({ socket, ...trusting(), servername: 'localhost' });
    await once(over, 'secureConnect');
    over.write(startTls);
    const [answer] = (await once(over, 'data')) as [Buffer];
    expect(answer.includes(hex('0a 01 01'))).toBe(true);
    over.end();
  });

  test('what is sent in clear behind StartTLS is never taken for sent in TLS', async () => {
    const socket = await open(onRequest);
    const said: Buffer[] = [];
    socket.on('data', (chunk) => said.push(chunk));
    socket.write(Buffer.concat([startTls, hex('30 0c 02 01 02 60 07 02 01 03 04 00 80 00')]));
    await once(socket, 'close');
    expect(Buffer.concat(said).includes(Buffer.from('1.3.6.1.4.1.1466.20036'))).toBe(true);
    expect(Buffer.concat(said).includes(hex('0a 01 00'))).toBe(false);
    expect(await isAlive(onRequest)).toBe(true);
  });

  test.each(['at-once', 'on-request'])(
    '%s: no handshake, a broken one and one cut off end that connection alone',
    async (begin) => {
      const server = begin === 'at-once' ? atOnce : onRequest;
      for (const bytes of [
        Buffer.alloc(0),
        Buffer.from('GET / HTTP/1.1\r\n\r\n'),
        hex('16 03 01 02 00 01'),
      ]) {
        const socket = await open(server);
        if (begin === 'on-request') {
          socket.write(startTls);
          await once(socket, 'data');
        }
        socket.resume();
        if (bytes.length > 0) socket.write(bytes);
        await once(socket, 'close');
      }
      const gone = await open(server);
      gone.resetAndDestroy();
      expect(await isAlive(server)).toBe(true);
      expect(server.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    },
  );

  test('TLS 1.1 is refused', async () => {
    const old = connectTls({ host: '127.0.0.1', port: atOnce.port, maxVersion: 'TLSv1.1', ...trusting() });
    await expect(once(old, 'secureConnect')).rejects.toThrow();
  });

  test.skipIf(!toolsAvailable())('ldapsearch over both, with the CA pinned and without', async () => {
    const args = ['-LLL', '-b', baseDn, '-s', 'base', '1.1'];
    const secure = `ldaps://127.0.0.1:${atOnce.port}`;
    const plain = `ldap://127.0.0.1:${onRequest.port}`;
    const env = { LDAPTLS_CACERT: minted.certFile };
    expect((await runTool('ldapsearch', secure, manager, args, { env })).status).toBe(0);
    expect((await runTool('ldapsearch', secure, manager, args)).status).not.toBe(0);
    expect((await runTool('ldapsearch', plain, manager, ['-ZZ', ...args], { env })).status).toBe(0);
    expect((await runTool('ldapsearch', plain, manager, args)).status).toBe(13);
    const who = await runTool('ldapwhoami', plain, manager, ['-ZZ'], { env });
    expect(who.output.trim()).toBe(`dn:${managerDn}`);
  });

  test('stopping ends connections in every state', async () => {
    const server = await startInProcess({
      listen: {
        host: '127.0.0.1',
        port: 0,
        tls: { certificate: minted.cert, key: minted.key, begin: 'at-once' },
      },
    });
    const waiting = await open(server);
    const client = new Client({ url: `ldaps://127.0.0.1:${server.port}`, tlsOptions: trusting() });
    await client.bind(managerDn, managerPassword);
    await server.close();
    waiting.destroy();
    await client.unbind().catch(() => {});
  });

  test('without a certificate StartTLS is refused', async () => {
    const server = await startInProcess();
    const socket = connect({ path: server.socketPath });
    await once(socket, 'connect');
    socket.write(startTls);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.includes(hex('0a 01 02'))).toBe(true);
    socket.destroy();
    await server.close();
  });
});
