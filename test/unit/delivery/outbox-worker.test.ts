import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteRecords, type SqliteRecords } from '#adapters/records/open-sqlite-records.ts';
import { HufuError } from '#domain/errors.ts';
import type { Outbox } from '#domain/records.ts';
import { defaultLimits, startOutboxWorker, type OutboxWorker } from '#src/delivery/outbox-worker.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock, type SetClock } from '#test/support/set-clock.ts';
import { testSealing } from '#test/support/test-sealing.ts';

const second = 1000;
const minute = 60 * second;
/** Jitter nought: the middle of the range. */
const evenRandom = { ...realRandom, bytes: (length: number) => Buffer.alloc(length, 0x7f) };

let folder: string;
let clock: SetClock;
let records: SqliteRecords;
let outbox: Outbox;
let log: ReturnType<typeof createKeptLog>;
let worker: OutboxWorker | undefined;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hufu-delivery-'));
  clock = createSetClock();
  log = createKeptLog();
  const file = path.join(folder, 'records.db');
  records = await openSqliteRecords({ file, clock, random: realRandom, sealing: testSealing, log });
  outbox = records.outbox;
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  await records.close();
  rmSync(folder, { recursive: true });
});

/** Lets everything run that does not wait for the clock. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function pass(milliseconds: number): Promise<void> {
  await clock.advance(milliseconds);
  await settle();
}

function start(
  deliverMail: (body: string) => Promise<void>,
  {
    carryLogOut = async () => {},
    inAll,
    ...fields
  }: { inAll?: number; outbox?: Outbox; carryLogOut?: (body: string) => Promise<void> } = {},
) {
  worker = startOutboxWorker({
    outbox,
    deliver: { mail: deliverMail, 'back-channel-log-out': carryLogOut },
    clock,
    random: evenRandom,
    log,
    ...(inAll !== undefined && { limits: { ...defaultLimits, mail: { inAll } } }),
    ...fields,
  });
  return worker;
}

const enqueue = (body = '{}', lifetime = 10 * minute) =>
  outbox.enqueue({ kind: 'mail', body, expiresAt: new Date(clock.now().getTime() + lifetime) });

test('a message leaves at the wake-up, without waiting for the next look', async () => {
  const bodies: string[] = [];
  const { wake } = start(async (body) => void bodies.push(body));
  await settle();
  await enqueue('{"n":1}');
  wake();
  await settle();
  expect(bodies).toEqual(['{"n":1}']);
  expect(await outbox.counts()).toEqual({ waiting: 0, failed: 0 });
});

test('what another process enqueued is found at the next look', async () => {
  const bodies: string[] = [];
  start(async (body) => void bodies.push(body));
  await settle();
  await enqueue();
  await settle();
  expect(bodies).toEqual([]);
  await pass(2 * second);
  expect(bodies).toEqual(['{}']);
});

test('failures are tried again after 5 s, 30 s, 2 min, 10 min, 1 h, 1 h', async () => {
  const tries: number[] = [];
  const begun = clock.now().getTime();
  start(async () => {
    tries.push(clock.now().getTime() - begun);
    throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  });
  await enqueue('{}', 24 * 60 * minute);
  while (tries.length < 7) await pass(2 * second);
  const gaps = tries.slice(1).map((time, nth) => time - (tries[nth] ?? 0));
  const wanted = [5, 30, 120, 600, 3600, 3600].map((seconds) => seconds * second);
  for (const [nth, gap] of gaps.entries()) {
    // Looks come every two seconds.
    expect(gap - (wanted[nth] ?? 0)).toBeGreaterThanOrEqual(-4 * second);
    expect(gap - (wanted[nth] ?? 0)).toBeLessThanOrEqual(4 * second);
  }
});

test('a message is given up when the next try would come too late, under the code of the failure', async () => {
  let tries = 0;
  start(async () => {
    tries += 1;
    throw new HufuError('store-unavailable');
  });
  await enqueue('{}', 20 * second);
  for (let round = 0; round < 30; round += 1) await pass(2 * second);
  expect(tries).toBe(2);
  expect(await outbox.counts()).toEqual({ waiting: 0, failed: 1 });
  expect(log.lines).toContainEqual(
    expect.objectContaining({
      event: 'outbox-given-up',
      fields: expect.objectContaining({ failure: 'store-unavailable' }),
    }),
  );
});

test('an expired message is given up without being delivered', async () => {
  const bodies: string[] = [];
  await enqueue('{}', second);
  await clock.advance(second);
  start(async (body) => void bodies.push(body));
  await settle();
  expect(bodies).toEqual([]);
  expect(await outbox.counts()).toEqual({ waiting: 0, failed: 1 });
});

test('no more than so many are under way at once, and the next begins when one ends', async () => {
  const waiting: (() => void)[] = [];
  for (const body of ['1', '2', '3', '4', '5']) await enqueue(body);
  start(() => new Promise((resolve) => waiting.push(resolve)), { inAll: 2 });
  await settle();
  expect(waiting).toHaveLength(2);
  waiting[0]?.();
  await settle();
  expect(waiting).toHaveLength(3);
  for (let nth = 1; nth < 5; nth += 1) {
    waiting[nth]?.();
    await settle();
  }
  expect(await outbox.counts()).toEqual({ waiting: 0, failed: 0 });
});

describe('log-out calls', () => {
  const enqueueCall = (recipient: string, nth = 0) =>
    outbox.enqueue({
      kind: 'back-channel-log-out',
      recipient,
      body: JSON.stringify({ recipient, nth }),
      expiresAt: new Date(clock.now().getTime() + 10 * minute),
    });

  /** Calls of `hanging` wait until `finish` is called; all calls are kept in the order they began. */
  function startWithHanging(...hanging: string[]) {
    const begun: string[] = [];
    const waiting: (() => void)[] = [];
    const carryLogOut = (body: string): Promise<void> => {
      const { recipient } = JSON.parse(body) as { recipient: string };
      begun.push(recipient);
      if (!hanging.includes(recipient)) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    };
    const mails: string[] = [];
    start(async (body) => void mails.push(body), { carryLogOut });
    const finishAll = async () => {
      while (waiting.length > 0) {
        waiting.shift()?.();
        await settle();
      }
    };
    return { begun, mails, finishAll };
  }

  test('that hang hold up no mail', async () => {
    for (let nth = 0; nth < 8; nth += 1) await enqueueCall('csm', nth);
    await enqueue('{"code":1}');
    const { mails, finishAll } = startWithHanging('csm');
    await settle();
    expect(mails).toEqual(['{"code":1}']);
    await finishAll();
    expect(await outbox.counts()).toEqual({ waiting: 0, failed: 0 });
  });

  test('that hang hold up nobody else, and are no more than their share', async () => {
    for (let nth = 0; nth < 100; nth += 1) await enqueueCall('hanging', nth);
    const { begun, finishAll } = startWithHanging('hanging');
    await settle();
    expect(begun).toEqual(['hanging', 'hanging']);
    for (let nth = 0; nth < 5; nth += 1) await enqueueCall('csm', nth);
    await pass(2 * second);
    expect(begun.filter((recipient) => recipient === 'csm')).toHaveLength(5);
    expect(begun.filter((recipient) => recipient === 'hanging')).toHaveLength(2);
    await finishAll();
    expect(await outbox.counts()).toEqual({ waiting: 0, failed: 0 });
  });
});

test('stop waits for what is under way and claims nothing more', async () => {
  let finish = () => {};
  let delivered = 0;
  await enqueue('1');
  const { stop } = start(
    () =>
      new Promise((resolve) => {
        finish = resolve;
        delivered += 1;
      }),
    { inAll: 1 },
  );
  await settle();
  await enqueue('2');
  let stopped = false;
  const stopping = stop().then(() => (stopped = true));
  await settle();
  expect(stopped).toBe(false);
  finish();
  await stopping;
  expect(delivered).toBe(1);
  expect(await outbox.counts()).toEqual({ waiting: 1, failed: 0 });
});

test('a store that is away for a while stops nothing for good', async () => {
  let away = true;
  const bodies: string[] = [];
  const shaky: Outbox = {
    ...outbox,
    claimDue: async (...args) => {
      if (away) throw new HufuError('store-unavailable');
      return outbox.claimDue(...args);
    },
  };
  await enqueue();
  start(async (body) => void bodies.push(body), { outbox: shaky });
  await settle();
  away = false;
  await pass(2 * second);
  expect(bodies).toEqual(['{}']);
});

test('the log holds neither body nor message of the error', async () => {
  start(async () => {
    throw new Error('550 no such user wang@example.gov.tw');
  });
  await enqueue('{"to":"wang@example.gov.tw","text":"12345678"}', minute);
  for (let round = 0; round < 40; round += 1) await pass(2 * second);
  expect(log.lines.length).toBeGreaterThan(0);
  expect(JSON.stringify(log.lines)).not.toMatch(/wang|12345678|550/);
});
