/** What no client of ours sends: broken messages, too much of them, and clients that stop in the middle. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  startEmbeddedDirectory,
  type EmbeddedDirectory,
  type EmbeddedDirectoryOptions,
} from '#adapters/embedded-directory/embedded-directory.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { createSetClock } from '#test/support/set-clock.ts';
import { attempt, createClient, search } from './attempt.ts';

const baseDn = 'dc=hufu,dc=test';
const serviceDn = `cn=hufu,${baseDn}`;
const schema = readFileSync(
  path.resolve(import.meta.dirname, '../../../config/ldap/hufu.schema.ldif'),
  'utf8',
);

describe('the embedded directory holds out', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-robust-'));
  const socketPath = path.join(folder, 'run', 'ldapi');
  const log = createKeptLog();
  const options: EmbeddedDirectoryOptions = {
    file: path.join(folder, 'data', 'directory.sqlite'),
    baseDn,
    schema,
    identities: [{ dn: serviceDn, password: 'service-of-a-test', access: 'write' }],
    uniqueAttributes: ['hufuNationalIdKey'],
    listen: { socketPath },
    log,
    clock: createSetClock(),
    limits: { patienceMs: 500, mostConnections: 40 },
  };
  let directory: EmbeddedDirectory;

  beforeAll(async () => {
    directory = await startEmbeddedDirectory(options);
  });
  afterAll(async () => {
    await directory.close();
    rmSync(folder, { recursive: true });
  });

  const open = async (): Promise<Socket> => {
    const socket = connect({ path: socketPath });
    await once(socket, 'connect');
    return socket;
  };
  /** Everything the server says until it closes. */
  const answerTo = async (bytes: Buffer): Promise<Buffer> => {
    const socket = await open();
    const said: Buffer[] = [];
    socket.on('data', (chunk) => said.push(chunk));
    socket.on('error', () => {});
    socket.write(bytes);
    await once(socket, 'close');
    return Buffer.concat(said);
  };
  const isAlive = async () => {
    const client = createClient(socketPath);
    const outcome = await attempt(() => client.bind(serviceDn, 'service-of-a-test'));
    await client.unbind();
    return outcome.code === 0;
  };
  const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
  /** OID of the notice of disconnection, as it stands in the message. */
  const notice = Buffer.from('1.3.6.1.4.1.1466.20036');

  test.each([
    ['no LDAP at all', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['an indefinite length', hex('30 80 02 01 01 42 00 00 00')],
    ['a length of five bytes', hex('30 85 00 00 00 00 05 02 01 01 42 00')],
    ['a message longer than the limit', hex('30 84 7f ff ff ff 02 01 01')],
    ['a message longer than the limit before a bind', hex('30 83 04 00 01 02 01 01')],
    ['an inner length beyond the message', hex('30 0c 02 01 01 60 7f 02 01 03 04 00 80 00')],
    ['an unknown operation', hex('30 05 02 01 01 5f 00')],
    [
      'an unknown scope',
      hex(
        '30 25 02 01 01 63 20 04 00 0a 01 09 0a 01 00 02 01 00 02 01 00 01 01 00 87 0b 6f 62 6a 65 63 74 43 6c 61 73 73 30 00',
      ),
    ],
    [
      'a filter that is none',
      hex('30 1a 02 01 01 63 15 04 00 0a 01 00 0a 01 00 02 01 00 02 01 00 01 01 00 8f 00 30 00'),
    ],
    ['text that is not UTF-8', hex('30 0e 02 01 01 60 09 02 01 03 04 02 ff fe 80 00')],
    ['trailing bytes in a message', hex('30 07 02 01 01 42 00 05 00')],
    ['a negative message id', hex('30 05 02 01 ff 42 00')],
  ])('%s: told so, and cut off', async (_, bytes) => {
    const answer = await answerTo(bytes);
    expect(answer.includes(notice)).toBe(true);
    expect(answer.includes(hex('0a 01 02'))).toBe(true); // protocolError
    expect(await isAlive()).toBe(true);
  });

  test('a filter nested 5,000 deep ends the connection, not the process', async () => {
    let filter = hex('87 0b 6f 62 6a 65 63 74 43 6c 61 73 73');
    const not = (inner: Buffer) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(inner.length);
      return Buffer.concat([hex('a2 84'), length, inner]);
    };
    for (let depth = 0; depth < 5000; depth += 1) filter = not(filter);
    const head = hex('04 00 0a 01 00 0a 01 00 02 01 00 02 01 00 01 01 00');
    const wrap = (tag: string, inner: Buffer) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(inner.length);
      return Buffer.concat([hex(`${tag} 84`), length, inner]);
    };
    const message = wrap(
      '30',
      Buffer.concat([hex('02 01 01'), wrap('63', Buffer.concat([head, filter, hex('30 00')]))]),
    );
    expect((await answerTo(message)).includes(notice)).toBe(true);
    expect(await isAlive()).toBe(true);
  });

  test('a message that is begun and not finished is not waited for', async () => {
    expect((await answerTo(hex('30 0c 02 01 01'))).includes(notice)).toBe(true);
  });

  test('requests sent one byte at a time, or many at once, are answered in order', async () => {
    const bind = (id: number) =>
      hex(`30 0c 02 01 ${id.toString(16).padStart(2, '0')} 60 07 02 01 03 04 00 80 00`);
    const all = Buffer.concat([
      ...Array.from({ length: 100 }, (_, index) => bind(index + 1)),
      hex('30 05 02 01 7f 42 00'),
    ]);
    const expected = Array.from({ length: 100 }, (_, index) => index + 1);
    const idsOf = (answer: Buffer) =>
      Array.from({ length: answer.length / 14 }, (_, index) => answer[index * 14 + 4]);
    expect(idsOf(await answerTo(all))).toEqual(expected);

    const socket = await open();
    const said: Buffer[] = [];
    socket.on('data', (chunk) => said.push(chunk));
    for (const byte of all) socket.write(Buffer.from([byte]));
    await once(socket, 'close');
    expect(idsOf(Buffer.concat(said))).toEqual(expected);
  });

  test('connections beyond the limit are told so; the others go on', async () => {
    const sockets = await Promise.all(Array.from({ length: 40 }, open));
    const refused = connect({ path: socketPath });
    const [first] = (await once(refused, 'data')) as [Buffer];
    expect(first.includes(notice)).toBe(true);
    const [last] = sockets;
    last?.write(hex('30 0c 02 01 01 60 07 02 01 03 04 00 80 00'));
    const [answer] = last ? ((await once(last, 'data')) as [Buffer]) : [];
    expect(answer?.includes(hex('61 07 0a 01 00'))).toBe(true);
    await Promise.all(
      sockets.map(async (socket) => {
        socket.end();
        await once(socket, 'close');
      }),
    );
    expect(await isAlive()).toBe(true);
  });

  test('a client that reads nothing holds up nobody, and is let go', async () => {
    const client = createClient(socketPath);
    await client.bind(serviceDn, 'service-of-a-test');
    const branch = `ou=much,${baseDn}`;
    await client.add(branch, { objectClass: 'organizationalUnit', ou: 'much' });
    const description = 'x'.repeat(60_000);
    for (let index = 0; index < 60; index += 1) {
      const person = { objectClass: 'inetOrgPerson', cn: `c${index}`, sn: 's', description };
      await client.add(`cn=c${index},${branch}`, person);
    }
    const idle = await open();
    idle.pause();
    const name = Buffer.from(serviceDn);
    const password = Buffer.from('service-of-a-test');
    const bindBody = Buffer.concat([
      hex('02 01 03 04'),
      Buffer.from([name.length]),
      name,
      hex('80'),
      Buffer.from([password.length]),
      password,
    ]);
    const bind = Buffer.concat([
      hex('30'),
      Buffer.from([bindBody.length + 5]),
      hex('02 01 01 60'),
      Buffer.from([bindBody.length]),
      bindBody,
    ]);
    const base = Buffer.from(branch);
    const tail = hex(
      '0a 01 02 0a 01 00 02 01 00 02 01 00 01 01 00 87 0b 6f 62 6a 65 63 74 43 6c 61 73 73 30 00',
    );
    const body = Buffer.concat([hex('04'), Buffer.from([base.length]), base, tail]);
    idle.write(
      Buffer.concat([
        bind,
        hex('30'),
        Buffer.from([body.length + 5]),
        hex('02 01 02 63'),
        Buffer.from([body.length]),
        body,
      ]),
    );
    idle.on('error', () => {});
    const found = await search(client, branch, { filter: '(cn=c7)', attributes: ['cn'] });
    expect(found.entries).toHaveLength(1);
    await vi.waitFor(
      () => expect(log.lines.map(({ event }) => event)).toContain('ldap-client-too-slow'),
      10_000,
    );
    idle.resume();
    await once(idle, 'close');
    await client.unbind();
    expect(await isAlive()).toBe(true);
  });

  test('files and socket are for this user alone', () => {
    const mode = (file: string) => statSync(file).mode & 0o777;
    expect(mode(options.file)).toBe(0o600);
    expect(mode(`${options.file}-wal`)).toBe(0o600);
    expect(mode(socketPath)).toBe(0o600);
    expect(mode(path.dirname(socketPath))).toBe(0o700);
  });

  test('a socket somebody answers on is left alone, one left behind is replaced', async () => {
    await expect(startEmbeddedDirectory(options)).rejects.toThrow('another process listens');
    expect(await isAlive()).toBe(true);
    const stale = path.join(folder, 'run', 'stale');
    const other = createServer().listen(stale);
    await once(other, 'listening');
    other.close();
    writeFileSync(stale, ''); // what a killed process leaves cannot be told from a file nobody answers on
    const second = await startEmbeddedDirectory({ ...options, listen: { socketPath: stale } });
    await second.close();
  });

  test('the log has one line for every operation, and none of their contents', async () => {
    const before = log.lines.length;
    const client = createClient(socketPath);
    await attempt(() => client.bind(`uid=canary-name,${baseDn}`, 'canary-password'));
    await client.bind(serviceDn, 'service-of-a-test');
    await search(client, baseDn, { filter: '(cn=canary-filter)' });
    await client.unbind();
    const lines = log.lines.slice(before);
    expect(lines.filter(({ event }) => event === 'ldap-operation')).toHaveLength(3);
    expect(JSON.stringify(log.lines)).not.toMatch(/canary|hufu,dc|service-of/);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('closing tells the clients and lets the next start find everything', async () => {
    const socket = await open();
    const said = once(socket, 'data');
    await directory.close();
    expect(((await said) as [Buffer])[0].includes(notice)).toBe(true);
    directory = await startEmbeddedDirectory(options);
    const client = createClient(socketPath);
    await client.bind(serviceDn, 'service-of-a-test');
    const found = await search(client, baseDn, { filter: '(ou=much)', attributes: ['ou'] });
    await client.unbind();
    expect(found.entries).toHaveLength(1);
  });
});
