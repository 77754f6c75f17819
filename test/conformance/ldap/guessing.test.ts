/** What a guesser of passwords meets at the TCP address, and what the socket of this machine still allows. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { Client } from 'ldapts';
import { attempt } from './attempt.ts';
import { baseDn, managerDn, managerPassword, startInProcess, type InProcess } from './in-process.ts';

const personDn = `cn=a,${baseDn}`;
const person = { objectClass: 'inetOrgPerson', cn: 'a', sn: 'a', userPassword: '{SSHA}x' };
const rightForAll = () => ({
  verify: vi.fn(async (_: Buffer, hashes: readonly Buffer[]) => hashes.length > 0),
});

let server: InProcess;
afterEach(() => server.close());

async function open(how: { verifier: ReturnType<typeof rightForAll>; binds?: 'identities' | 'everyone' }) {
  const { verifier, binds } = how;
  server = await startInProcess({
    listen: { host: '127.0.0.1', port: 0, ...(binds && { binds }) },
    verifier,
  });
  const client = new Client({ url: `ldap://127.0.0.1:${server.port}`, timeout: 5000 });
  await client.bind(managerDn, managerPassword);
  await client.add(personDn, person);
  return client;
}

test('people do not bind at the TCP address, and a refusal costs what a wrong password does', async () => {
  const verifier = rightForAll();
  const client = await open({ verifier });
  expect(await attempt(() => client.bind(personDn, 'right'))).toEqual({ code: 49 });
  expect(verifier.verify).toHaveBeenCalledExactlyOnceWith(Buffer.from('right'), []);
  await client.unbind();
});

test('people bind at the TCP address where everyone may', async () => {
  const client = await open({ verifier: rightForAll(), binds: 'everyone' });
  expect(await attempt(() => client.bind(personDn, 'right'))).toEqual({ code: 0 });
  await client.unbind();
});

/** A simple bind as `managerDn` with the password `x`. */
function wrongBind(id: number): Buffer {
  const item = (tag: number, bytes: Buffer) => Buffer.concat([Buffer.from([tag, bytes.length]), bytes]);
  const parts = [
    item(0x02, Buffer.from([3])),
    item(0x04, Buffer.from(managerDn)),
    item(0x80, Buffer.from('x')),
  ];
  return item(0x30, Buffer.concat([item(0x02, Buffer.from([id])), item(0x60, Buffer.concat(parts))]));
}

async function guess(to: { port: number; host: string } | { path: string }, times: number) {
  const socket = connect(to);
  let received = Buffer.alloc(0);
  socket.on('data', (chunk) => (received = Buffer.concat([received, chunk])));
  await once(socket, 'connect');
  socket.write(Buffer.concat(Array.from({ length: times }, (_, index) => wrongBind(index + 1))));
  // An unbind ends the connection, should the guesses not have ended it.
  socket.write(Buffer.from([0x30, 0x05, 0x02, 0x01, 0x7f, 0x42, 0x00]));
  await once(socket, 'close');
  return received.toString('latin1').split('\x61\x07\x0a\x01\x31').length - 1;
}

test('the fifth failed bind is the last of a connection at the TCP address', async () => {
  server = await startInProcess({ listen: { host: '127.0.0.1', port: 0 } });
  expect(await guess({ host: '127.0.0.1', port: server.port }, 8)).toBe(5);
});

test('the socket, where Hufu checks the passwords of people, counts none', async () => {
  server = await startInProcess();
  expect(await guess({ path: server.socketPath }, 8)).toBe(8);
});
