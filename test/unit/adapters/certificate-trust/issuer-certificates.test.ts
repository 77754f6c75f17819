import { afterEach, beforeEach, expect, test } from 'vitest';
import { createIssuerCertificates } from '#adapters/certificate-trust/issuer-certificates.ts';
import { createTrustFetch } from '#adapters/certificate-trust/trust-fetch.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { createSetClock, type SetClock } from '#test/support/set-clock.ts';
import { startCrlServer, type CrlServer } from './crl-server.ts';

let server: CrlServer;
let clock: SetClock;

beforeEach(async () => {
  server = await startCrlServer();
  clock = createSetClock();
});
afterEach(() => server.stop());

function open() {
  const log = createKeptLog();
  const issuers = createIssuerCertificates<string>({
    fetch: createTrustFetch({ hosts: ['127.0.0.1'], allow: ['127.0.0.1'] }),
    read: (bytes) => (bytes.toString().startsWith('<') ? undefined : [bytes.toString()]),
    clock,
    log,
    timeoutMs: 300,
  });
  return { log, find: (...paths: string[]) => issuers.find(paths.map((path) => `${server.origin}${path}`)) };
}

test('what lies there is fetched once a day', async () => {
  server.give('g2');
  const { find } = open();
  expect(await Promise.all([find('/g2.p7b'), find('/g2.p7b')])).toEqual([['g2'], ['g2']]);
  await clock.advance(23 * 3_600_000);
  await find('/g2.p7b');
  expect(server.requests).toHaveLength(1);
  await clock.advance(2 * 3_600_000);
  await find('/g2.p7b');
  expect(server.requests).toHaveLength(2);
});

test('what a clock found that was ahead is looked for anew', async () => {
  const now = clock.now();
  const { find } = open();
  clock.set(new Date(now.getTime() + 365 * 24 * 3_600_000));
  server.give('<html>');
  expect(await find('/g2.p7b')).toEqual([]);
  clock.set(now);
  server.give('g2');
  expect(await find('/g2.p7b')).toEqual(['g2']);
});

test('that nothing lies there is remembered for minutes', async () => {
  server.give('<html>');
  const { find, log } = open();
  expect(await find('/g2.p7b')).toEqual([]);
  await find('/g2.p7b');
  expect(server.requests).toHaveLength(1);
  expect(log.lines.map(({ event }) => event)).toEqual(['issuer-certificates-malformed']);
  server.give('g2');
  await clock.advance(11 * 60_000);
  expect(await find('/g2.p7b')).toEqual(['g2']);
});

test('of many addresses two are called', async () => {
  server.give('g2');
  expect(await open().find('/1', '/2', '/3', '/4')).toEqual(['g2', 'g2']);
});

test('a server that fails is told of and does no harm', async () => {
  await server.stop();
  const { find, log } = open();
  expect(await find('/g2.p7b')).toEqual([]);
  expect(log.lines).toMatchObject([
    { event: 'issuer-certificates-failed', fields: { failure: 'unreachable' } },
  ]);
});
