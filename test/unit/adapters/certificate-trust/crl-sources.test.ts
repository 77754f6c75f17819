import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeptCrl } from '#adapters/certificate-trust/crl-source.ts';
import { createCrlSources, type CrlSourcesOptions } from '#adapters/certificate-trust/crl-sources.ts';
import { createTrustFetch } from '#adapters/certificate-trust/trust-fetch.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { createSetClock, type SetClock } from '#test/support/set-clock.ts';
import { startCrlServer, type CrlServer } from './crl-server.ts';

const issuerKey = 'ab'.repeat(32);
const hour = 3_600_000;
let server: CrlServer;
let folder: string;
let clock: SetClock;
let url: string;

beforeEach(async () => {
  server = await startCrlServer();
  folder = await mkdtemp(path.join(tmpdir(), 'hufu-crl-'));
  clock = createSetClock();
  url = `${server.origin}/g2.crl`;
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

/** A list in the form of these tests, which the judge below reads: number, hours of begin and end from now, signer, scope. */
const list = (number: number, from = -1, to = 24, signer = 'g2', scopeId = '') =>
  JSON.stringify({
    signer,
    scopeId,
    number,
    thisUpdate: clock.now().getTime() + from * hour,
    nextUpdate: clock.now().getTime() + to * hour,
  });

function judge(bytes: Buffer, issuer: string) {
  try {
    const read = JSON.parse(bytes.toString()) as Record<
      'signer' | 'scopeId' | 'number' | 'thisUpdate' | 'nextUpdate',
      never
    >;
    if (read.signer !== issuer) return { ok: false, reason: 'wrong-signature' } as const;
    const crl: KeptCrl = {
      number: BigInt(read.number),
      scopeId: read.scopeId,
      thisUpdate: new Date(read.thisUpdate),
      nextUpdate: new Date(read.nextUpdate),
      entries: 0,
    };
    return { ok: true, crl } as const;
  } catch {
    return { ok: false, reason: 'malformed' } as const;
  }
}

function open(overrides: Partial<CrlSourcesOptions<KeptCrl, string>> = {}) {
  const log = createKeptLog();
  const sources = createCrlSources<KeptCrl, string>({
    fetch: createTrustFetch({ hosts: ['127.0.0.1'], allow: ['127.0.0.1'] }),
    folder,
    judge,
    findIssuer: (key) => (key === issuerKey ? 'g2' : undefined),
    clock,
    random: systemRandom,
    log,
    maxBytes: 1_000_000,
    timeoutMs: 400,
    waitMs: 2000,
    leadMs: hour,
    skewMs: 120_000,
    ...overrides,
  });
  return { ...sources, log, get: () => sources.find(url, issuerKey, 'g2') };
}

const numberOf = (crl: KeptCrl | undefined) => crl?.number;

test('twenty who ask at once cause one fetch, and later ones none', async () => {
  server.give(list(7));
  const sources = open();
  const found = await Promise.all(Array.from({ length: 20 }, sources.get));
  expect(found.map(numberOf)).toEqual(Array.from({ length: 20 }, () => 7n));
  await sources.get();
  expect(server.requests).toHaveLength(1);
  expect(sources.log.lines.map(({ event }) => event)).toEqual(['crl-fetched']);
  expect(sources.list()).toMatchObject([{ kind: 'crl', url, issuerKey, number: '7', failures: 0 }]);
});

test.each<[string, string, () => void]>([
  ['a page', 'malformed', () => server.give('<html>maintenance</html>')],
  ['a list of another signer', 'wrong-signature', () => server.give(list(9, -1, 24, 'stranger'))],
  ['an older number', 'older', () => server.give(list(6))],
  ['a list that begins tomorrow', 'not-yet-valid', () => server.give(list(9, 24, 48))],
  ['a list too large, as announced', 'too-large', () => server.give(Buffer.alloc(1_000_001))],
  [
    'a list too large, as found out',
    'too-large',
    () => {
      server.answer = (_req, res) => {
        const piece = Buffer.alloc(65_536);
        const more = () => void (res.destroyed || res.write(piece, more));
        more();
      };
    },
  ],
  [
    'a list cut off',
    'truncated',
    () => {
      server.answer = (_req, res) => {
        res.writeHead(200, { 'content-length': 1000 });
        res.write('x', () => res.destroy());
      };
    },
  ],
  [
    'a server that never ends',
    'timeout',
    () => {
      server.answer = (_req, res) => void res.write('x');
    },
  ],
  ['a server that is silent', 'timeout', () => (server.answer = () => undefined)],
  [
    'a redirect',
    'redirected',
    () => {
      server.answer = (_req, res) => res.writeHead(302, { location: `${server.origin}/other` }).end();
    },
  ],
  [
    'a redirect to a file',
    'redirected',
    () => {
      server.answer = (_req, res) => res.writeHead(301, { location: 'file:///etc/passwd' }).end();
    },
  ],
  ['an error', 'http-status', () => (server.answer = (_req, res) => res.writeHead(500).end())],
])('%s changes nothing and is told of', async (_, failure, misbehave) => {
  server.give(list(7));
  const sources = open();
  await sources.get();
  misbehave();
  expect(await sources.refreshAll()).toEqual({ tried: 1, failed: 1 });
  expect(numberOf(await sources.get())).toBe(7n);
  expect(sources.list()).toMatchObject([{ lastFailure: failure, failures: 1, number: '7' }]);
  expect(sources.log.lines.at(-1)).toMatchObject({ level: 'warn', event: 'crl-fetch-failed' });
  expect((await readdir(folder)).filter((name) => name.startsWith('draft-'))).toEqual([]);
});

test('without a list that was ever good there is none, whatever the server gives', async () => {
  server.answer = (_req, res) => res.writeHead(304).end();
  const sources = open();
  expect(await sources.get()).toBeUndefined();
  expect(sources.list()).toMatchObject([{ lastFailure: 'http-status' }]);
});

test('what is not permitted is never called', async () => {
  const strict = open({ fetch: createTrustFetch({ hosts: ['crl.example.test'], allow: ['127.0.0.1'] }) });
  const outer = open({ fetch: createTrustFetch({ hosts: ['127.0.0.1', 'localhost'], allow: [] }) });
  const at = (address: string) => outer.find(address, issuerKey, 'g2');
  await Promise.all([
    strict.get(),
    outer.get(),
    at(url.replace('127.0.0.1', 'localhost')),
    at(url.replace('127.0.0.1', '2130706433')),
    at(url.replace('//', '//user:password@')),
    at('file:///etc/passwd'),
    at('ldap://127.0.0.1/cn=crl'),
    at('nonsense'),
  ]);
  expect(server.requests).toEqual([]);
  expect(strict.list().map((each) => each.lastFailure)).toEqual(['host-not-allowed']);
  const failures = Object.fromEntries(outer.list().map((each) => [each.url, each.lastFailure]));
  expect(failures).toMatchObject({
    [url]: 'address-not-permitted',
    [url.replace('127.0.0.1', 'localhost')]: 'address-not-permitted',
    [url.replace('//', '//user:password@')]: 'host-not-allowed',
    'file:///etc/passwd': 'host-not-allowed',
    'ldap://127.0.0.1/cn=crl': 'host-not-allowed',
    nonsense: 'host-not-allowed',
  });
});

test('what was fetched is there after a restart, though the server is gone, and no older one replaces it', async () => {
  server.give(list(7));
  await open().get();
  await server.stop();
  const again = open();
  await again.restore();
  expect(numberOf(await again.get())).toBe(7n);
  expect(again.list()).toMatchObject([{ failures: 0, number: '7' }]);

  server = await startCrlServer(Number(new URL(server.origin).port));
  server.give(list(6));
  await again.refreshAll();
  expect(again.list()).toMatchObject([{ lastFailure: 'older', number: '7' }]);
});

test('what somebody changed on disk, or an issuer that is no longer trusted, is not taken up', async () => {
  server.give(list(7));
  await open().get();
  const stranger = open({ findIssuer: () => undefined });
  await stranger.restore();
  expect(stranger.list()).toEqual([]);
  const name = (await readdir(folder)).find((each) => each.endsWith('.crl')) ?? '';
  await writeFile(path.join(folder, name), list(8, -1, 24, 'stranger'));
  await writeFile(path.join(folder, 'odd.json'), '{');
  const sources = open();
  await sources.restore();
  expect(sources.list()).toMatchObject([{ lastFailure: 'wrong-signature' }]);
  expect(sources.list()[0]).not.toHaveProperty('number');
});

test('it is fetched anew before it ends, by condition, and an unchanged one counts as found', async () => {
  server.give(list(7, -1, 10));
  const sources = open();
  await sources.get();
  await clock.advance(8.9 * hour);
  await sources.refreshDue();
  expect(server.requests).toHaveLength(1);
  await clock.advance(0.9 * hour);
  await sources.refreshDue();
  expect(server.requests[1]?.headers['if-none-match']).toMatch(/^"[0-9a-f]{40}"$/);
  expect(sources.list()).toMatchObject([{ failures: 0, lastSuccess: clock.now() }]);
  server.give(list(8));
  await sources.refreshDue();
  expect(numberOf(await sources.get())).toBe(8n);
});

test('whoever asks for one that is about to end gets it at once, and the next one gets the newer', async () => {
  server.give(list(7, -1, 2));
  const sources = open();
  await sources.get();
  await clock.advance(1.9 * hour);
  const held = Promise.withResolvers<void>();
  const newer = list(8);
  server.answer = (_req, res) => void held.promise.then(() => res.end(newer));
  expect(numberOf(await sources.get())).toBe(7n);
  const renewed = sources.refreshAll();
  held.resolve();
  await renewed;
  expect(numberOf(await sources.get())).toBe(8n);
});

test('a failing server is left alone for a while, then asked again', async () => {
  server.answer = (_req, res) => res.writeHead(503).end();
  const sources = open();
  for (let i = 0; i < 5; i += 1) await sources.get();
  expect(server.requests).toHaveLength(1);
  await clock.advance(10_000);
  await sources.get();
  expect(server.requests).toHaveLength(2);
  await clock.advance(10_000);
  await sources.get();
  expect(server.requests).toHaveLength(2);
  expect(sources.list()).toMatchObject([{ failures: 2, failuresInAll: 2 }]);
});

test('a clock that was a year ahead for a moment leaves no pause of a year behind', async () => {
  server.give(list(7, -1, 10));
  const [now, next] = [clock.now(), list(8, 3, 24)];
  const sources = open();
  await sources.get();
  clock.set(new Date(now.getTime() + 365 * 24 * hour));
  await sources.get();
  expect(sources.list()).toMatchObject([{ lastFailure: 'expired' }]);
  clock.set(new Date(now.getTime() + 11 * hour));
  server.give(next);
  expect(numberOf(await sources.get())).toBe(8n);
});

test('an unchanged list that has ended is a failure, though it stays for a grace', async () => {
  server.give(list(7, -1, 2));
  const sources = open();
  await sources.get();
  await clock.advance(3 * hour);
  expect(numberOf(await sources.get())).toBe(7n);
  expect(sources.list()).toMatchObject([{ lastFailure: 'expired', failures: 1 }]);
  expect(sources.log.lines.at(-1)).toMatchObject({ level: 'error', event: 'crl-unavailable' });
});

test('fifty megabytes of nothing are looked at and thrown away', async () => {
  server.give(list(7));
  const sources = open({ maxBytes: 64 * 1024 * 1024, timeoutMs: 20_000 });
  await sources.get();
  server.give(Buffer.alloc(50_000_000));
  expect(await sources.refreshAll()).toEqual({ tried: 1, failed: 1 });
  expect(sources.list()).toMatchObject([{ lastFailure: 'malformed', number: '7' }]);
  expect((await readdir(folder)).filter((name) => name.startsWith('draft-'))).toEqual([]);
});

test('of one number the later list counts', async () => {
  server.give(list(7, -1));
  const sources = open();
  await sources.get();
  server.give(list(7, -2));
  expect(await sources.refreshAll()).toEqual({ tried: 1, failed: 1 });
  server.give(list(7, -0.5));
  expect(await sources.refreshAll()).toEqual({ tried: 1, failed: 0 });
});

test('of lists of two scopes the later one counts, whatever their numbers', async () => {
  const scoped = (scope: string, number: number, from: number) => list(number, from, 24, 'g2', scope);
  server.give(scoped('complete', 900, -2));
  const sources = open();
  await sources.get();
  const given = [scoped('partition', 7, -3), scoped('partition', 7, -1), scoped('complete', 900, -2)];
  const failed: number[] = [];
  for (const each of given) {
    server.give(each);
    failed.push((await sources.refreshAll()).failed);
  }
  expect(failed).toEqual([1, 0, 1]);
});

test('a login waits only so long', async () => {
  server.answer = () => undefined;
  const sources = open({ waitMs: 20, timeoutMs: 60_000 });
  expect(await sources.get()).toBeUndefined();
  await sources.close();
  expect(sources.log.lines).toEqual([]);
});

test('closing ends what is under way, and nothing is fetched any more', async () => {
  server.answer = () => undefined;
  const sources = open({ timeoutMs: 60_000 });
  const asked = sources.get();
  await new Promise<void>((resolve) => {
    const { answer } = server;
    server.answer = (req, res) => {
      answer(req, res);
      resolve();
    };
  });
  await sources.close();
  expect(await asked).toBeUndefined();
  await sources.get();
  expect(server.requests).toHaveLength(1);
});

test('addresses out of certificates do not fill the memory', async () => {
  server.give(list(7));
  const sources = open({ most: 3 });
  for (let i = 0; i < 5; i += 1) await sources.find(`${url}?${i}`, issuerKey, 'g2');
  expect(sources.list()).toHaveLength(3);
});
