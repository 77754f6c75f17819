import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  openSqliteProtocolStore,
  type SqliteProtocolStore,
} from '#adapters/protocol-store/open-sqlite-protocol-store.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { createSetClock, type SetClock } from '#test/support/set-clock.ts';
import { startStoreProcess } from '#test/support/store-process.ts';

const minute = 60_000;
let folder: string;
let file: string;
let clock: SetClock;
let store: SqliteProtocolStore;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hufu-protocol-store-'));
  file = path.join(folder, 'data', 'protocol.db');
  clock = createSetClock();
  store = openSqliteProtocolStore({ file, synchronous: 'NORMAL', clock, log: createKeptLog() });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const inMs = (ms: number) => new Date(clock.now().getTime() + ms);

function otherConnection(): DatabaseSync {
  return new DatabaseSync(file, { timeout: 0 });
}

test('file, write-ahead log and shared memory are for the owner alone', async () => {
  await store.records.put('k', 'v', inMs(minute));
  for (const suffix of ['', '-wal', '-shm']) expect(statSync(file + suffix).mode & 0o777).toBe(0o600);
});

test('what was put is there after closing and opening again', async () => {
  await store.records.put('k', 'v', inMs(minute));
  store.close();
  store = openSqliteProtocolStore({ file, synchronous: 'NORMAL', clock, log: createKeptLog() });
  expect(await store.records.get('k')).toEqual({ value: 'v' });
});

test('the sweeper deletes what has expired, at most so many at a time, and nothing else', async () => {
  for (const nth of [1, 2, 3]) await store.records.put(`old-${nth}`, 'v', inMs(minute));
  await store.records.link('set', 'old', inMs(minute));
  await store.oneTime.place('old', 'v', inMs(minute));
  await store.counters.add('old', 1, inMs(minute));
  await store.records.put('new', 'v', inMs(2 * minute));
  await clock.advance(minute);
  expect([store.sweep(2), store.sweep(2), store.sweep(5), store.sweep(5)]).toEqual([2, 2, 2, 0]);
  expect(await store.records.get('new')).toEqual({ value: 'v' });
});

test('the sweeper goes by the index on expiry', () => {
  const database = otherConnection();
  for (const table of ['records', 'members', 'one_time', 'counters']) {
    const plan = database
      .prepare(
        `EXPLAIN QUERY PLAN SELECT rowid FROM ${table} WHERE expires_at <= 1 ORDER BY expires_at LIMIT 5`,
      )
      .all()
      .map((row) => String(row['detail']));
    expect(plan).toEqual([expect.stringContaining(`${table}_by_expiry`)]);
  }
  database.close();
});

test('a lock held for a moment by another process is waited for', async () => {
  const other = otherConnection();
  other.exec('BEGIN IMMEDIATE');
  const put = store.records.put('k', 'v', inMs(minute));
  setImmediate(() => other.exec('COMMIT'));
  await put;
  other.close();
  expect(await store.records.get('k')).toEqual({ value: 'v' });
});

test('a lock that is never released ends in store-unavailable, and the event loop ran meanwhile', async () => {
  const other = otherConnection();
  other.exec('BEGIN IMMEDIATE');
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 1);
  const write = store.records.put('k', 'v', inMs(minute));
  await expect(write).rejects.toMatchObject({ name: 'HufuError', code: 'store-unavailable' });
  clearInterval(turning);
  expect(turns).toBeGreaterThan(10);
  expect(store.sweep(5)).toBe(0);
  other.exec('ROLLBACK');
  other.close();
  expect(await store.records.get('k')).toBeUndefined();
}, 20_000);

test('a full disk refuses the write whole, keeps what was there, and writes again when there is room', async () => {
  const put = (key: string, value: string) => ({ method: 'put', key, value, times: 1 });
  const small = await startStoreProcess('protocol-store-worker', file, 600);
  expect(await small.run(put('before', 'v'))).toEqual([null]);
  const big = 'x'.repeat(500_000);
  expect(await small.run(put('big', big))).toEqual(['failed: HufuError: store-unavailable']);
  await small.stop();

  clock.set(new Date());
  expect(await store.records.get('before')).toEqual({ value: 'v' });
  expect(await store.records.get('big')).toBeUndefined();
  await store.records.put('big', big, inMs(minute));
  expect(await store.records.get('big')).toEqual({ value: big });
});

test('a closed store says unavailable, not something of its own', async () => {
  store.close();
  await expect(store.records.get('k')).rejects.toMatchObject({ code: 'store-unavailable' });
  await expect(store.health.checkStore()).rejects.toMatchObject({ code: 'store-unavailable' });
});
