/** Renames, increments and controls with one byte changed or cut off at every place: an answer or an end, no more. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { berElement, berInteger, berOctets } from '#adapters/embedded-directory/protocol/ber-writer.ts';
import { attempt, createClient } from './attempt.ts';
import { baseDn, managerDn, managerPassword, startInProcess, type InProcess } from './in-process.ts';

const control = (oid: string, value: Buffer) => berElement(0x30, berOctets(oid), berOctets(value));
const controls = berElement(
  0xa0,
  control('1.3.6.1.1.12', berElement(0xa3, berOctets('cn'), berOctets('x'))),
  control('1.3.6.1.1.13.1', berElement(0x30, berOctets('*'))),
  control('1.3.6.1.1.13.2', berElement(0x30, berOctets('+'))),
);
const message = (operation: Buffer) => berElement(0x30, berInteger(2), operation, controls);
const dn = `cn=x,${baseDn}`;
const messages = {
  rename: message(
    berElement(0x6c, berOctets(dn), berOctets('cn=y'), Buffer.from([1, 1, 255]), berOctets(baseDn, 0x80)),
  ),
  increment: message(
    berElement(
      0x66,
      berOctets(dn),
      berElement(
        0x30,
        berElement(
          0x30,
          berInteger(3, 0x0a),
          berElement(0x30, berOctets('cn'), berElement(0x31, berOctets('1'))),
        ),
      ),
    ),
  ),
};
const bind = berElement(
  0x30,
  berInteger(1),
  berElement(0x60, berInteger(3), berOctets(managerDn), berOctets(managerPassword, 0x80)),
);
const unbind = berElement(0x30, berInteger(3), Buffer.from([0x42, 0]));

let server: InProcess;
beforeAll(async () => {
  server = await startInProcess({ limits: { patienceMs: 200, mostConnections: 500 } });
});
afterAll(() => server.close());

async function sendAndWait(bytes: Buffer): Promise<void> {
  const socket = connect({ path: server.socketPath });
  socket.on('error', () => {}).resume();
  socket.end(Buffer.concat([bind, bytes, unbind]));
  await once(socket, 'close');
}

test.each(Object.entries(messages))('%s', async (_, whole) => {
  const client = createClient(server.socketPath);
  const mutants = [...whole.keys()].flatMap((place) =>
    [0x00, 0x80, 0xff].map((byte) => {
      const copy = Buffer.from(whole);
      copy[place] = byte;
      return copy;
    }),
  );
  const cut = [...whole.keys()].map((place) => whole.subarray(0, place));
  const all = [...mutants, ...cut];
  for (let from = 0; from < all.length; from += 50)
    await Promise.all(all.slice(from, from + 50).map(sendAndWait));
  expect(await attempt(() => client.bind(managerDn, managerPassword))).toEqual({ code: 0 });
  await client.unbind();
  expect(server.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
