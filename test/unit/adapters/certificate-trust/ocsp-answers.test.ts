import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createOcspAnswers,
  type KeptAnswer,
  type OcspAnswersOptions,
} from '#adapters/certificate-trust/ocsp-answers.ts';
import { createTrustFetch } from '#adapters/certificate-trust/trust-fetch.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { createSetClock, type SetClock } from '#test/support/set-clock.ts';
import { startCrlServer, type CrlServer } from './crl-server.ts';

const minute = 60_000;
const issuerKey = 'cd'.repeat(32);
let server: CrlServer;
let clock: SetClock;

beforeEach(async () => {
  server = await startCrlServer();
  clock = createSetClock();
});
afterEach(() => server.stop());

interface Answer extends KeptAnswer {
  readonly text: string;
}

function open(overrides: Partial<OcspAnswersOptions> = {}) {
  const log = createKeptLog();
  const answers = createOcspAnswers<Answer>({
    fetch: createTrustFetch({ hosts: ['127.0.0.1'], allow: ['127.0.0.1'] }),
    clock,
    random: systemRandom,
    log,
    maxBytes: 1000,
    timeoutMs: 300,
    cacheMs: 10 * minute,
    ...overrides,
  });
  const get = (about = 'card', lifeMs: number | 'without end' = 60 * minute) =>
    answers.find({
      url: `${server.origin}/ocsp`,
      issuerKey,
      about,
      request: () => Buffer.from(`about ${about}`),
      judge(bytes) {
        const text = bytes.toString();
        if (text.startsWith('<')) return { ok: false, reason: 'malformed' };
        const age = text.endsWith('recorded before') ? 5 * minute : 0;
        const thisUpdate = new Date(clock.now().getTime() - age);
        const nextUpdate = lifeMs === 'without end' ? undefined : new Date(thisUpdate.getTime() + lifeMs);
        return { ok: true, answer: { text, thisUpdate, nextUpdate } };
      },
    });
  return { ...answers, get, log };
}

test('a question goes by POST, once for twenty who ask at once, and its answer serves for a while', async () => {
  server.give('good');
  const { get } = open();
  const all = await Promise.all(Array.from({ length: 20 }, () => get()));
  expect(new Set(all.map((each) => each?.text))).toEqual(new Set(['good']));
  await get();
  expect(server.requests.map(({ method, headers }) => [method, headers['content-type']])).toEqual([
    ['POST', 'application/ocsp-request'],
  ]);
  await clock.advance(11 * minute);
  await get();
  expect(server.requests).toHaveLength(2);
});

test('it never serves beyond its own end, and not at all when it names none', async () => {
  server.give('good');
  const { get } = open();
  await get('card', minute);
  await clock.advance(2 * minute);
  await get('card', minute);
  expect(server.requests).toHaveLength(2);
  await get('endless', 'without end');
  await get('endless', 'without end');
  expect(server.requests).toHaveLength(4);
});

test('one certificate’s answer is not another’s', async () => {
  server.give('good');
  const { get } = open();
  await Promise.all([get('one'), get('another')]);
  expect(server.requests).toHaveLength(2);
});

test.each<[string, string, () => void]>([
  ['a page', 'malformed', () => server.give('<html>')],
  ['an error', 'http-status', () => (server.answer = (_req, res) => res.writeHead(503).end())],
  [
    'a redirect',
    'redirected',
    () => (server.answer = (_req, res) => res.writeHead(307, { location: '/' }).end()),
  ],
  ['too much', 'too-large', () => server.give(Buffer.alloc(1001))],
  ['silence', 'timeout', () => (server.answer = () => undefined)],
  [
    'half an answer',
    'truncated',
    () =>
      (server.answer = (_req, res) =>
        void res.writeHead(200, { 'content-length': 10 }).write('x', () => res.destroy())),
  ],
])('%s is told of, and the last good answer stays for a grace', async (_, failure, misbehave) => {
  server.give('good');
  const { get, list } = open({ cacheMs: 0 });
  await get();
  misbehave();
  expect((await get())?.text).toBe('good');
  await clock.advance(10_000);
  expect(await get('another')).toBeUndefined();
  expect(list()).toMatchObject([{ kind: 'ocsp', lastFailure: failure, failures: 2, failuresInAll: 2 }]);
});

test('a responder without an answer is left alone at once, one with wrong answers after three', async () => {
  const { get } = open();
  server.give('<html>');
  for (let i = 0; i < 10; i += 1) await get(`card ${i}`);
  expect(server.requests).toHaveLength(3);
  await clock.advance(10_000);
  server.give('good');
  expect((await get())?.text).toBe('good');
  server.answer = (_req, res) => res.writeHead(500).end();
  for (let i = 0; i < 10; i += 1) await get(`other card ${i}`);
  expect(server.requests).toHaveLength(5);
  await clock.advance(10_000);
  server.give('good');
  expect((await get('third card'))?.text).toBe('good');
});

test('a clock that was a year ahead for a moment leaves no pause of a year behind, and no answer for a year', async () => {
  const now = clock.now();
  const { get } = open();
  clock.set(new Date(now.getTime() + 365 * 24 * 60 * minute));
  server.give('good');
  expect((await get('card', 'without end'))?.text).toBe('good');
  expect((await get('other card'))?.text).toBe('good');
  server.answer = (_req, res) => res.writeHead(500).end();
  await get('third card');
  expect(server.requests).toHaveLength(3);
  clock.set(now);
  server.give('revoked');
  await get('third card');
  expect(server.requests).toHaveLength(4);
  await get('other card');
  expect(server.requests).toHaveLength(5);
});

test('an answer older than the last one does not take its place', async () => {
  const { get, list } = open({ cacheMs: 0 });
  server.give('revoked');
  await get();
  const first = clock.now();
  await clock.advance(minute);
  server.give('good, recorded before');
  expect(await get()).toMatchObject({ text: 'revoked', thisUpdate: first });
  expect(list()).toMatchObject([{ lastFailure: 'older' }]);
});

test('memory is bounded', async () => {
  server.give('good');
  const { get } = open({ most: 2 });
  for (const about of ['one', 'two', 'three', 'two', 'one']) await get(about);
  expect(server.requests).toHaveLength(4);
});

test('closing ends what is under way', async () => {
  const asked = Promise.withResolvers<void>();
  server.answer = () => asked.resolve();
  const { get, close, log } = open({ timeoutMs: 60_000 });
  const answer = get();
  await asked.promise;
  await close();
  expect(await answer).toBeUndefined();
  expect(await get()).toBeUndefined();
  expect(log.lines).toEqual([]);
});
