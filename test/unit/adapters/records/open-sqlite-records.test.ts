import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSqliteRecords, type SqliteRecords } from '#adapters/records/open-sqlite-records.ts';
import { readTrail } from '#audit/read-trail.ts';
import { createAuditTrail } from '#audit/trail.ts';
import { verifyTrail } from '#audit/verify.ts';
import { createKeyRing } from '#domain/key-ring.ts';
import type { Sealing } from '#domain/sealing.ts';
import { auditEventOf } from '#test/support/audit-world.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock, type SetClock } from '#test/support/set-clock.ts';
import { startStoreProcess } from '#test/support/store-process.ts';
import { testSealing } from '#test/support/test-sealing.ts';

const minute = 60_000;
let folder: string;
let file: string;
let clock: SetClock;
let log: ReturnType<typeof createKeptLog>;
let records: SqliteRecords;

const open = (sealing: Sealing = testSealing) =>
  openSqliteRecords({ file, clock, random: realRandom, sealing, log });
const inMs = (ms: number) => new Date(clock.now().getTime() + ms);
const mail = (body: string) => ({ kind: 'mail', body, expiresAt: inMs(minute) }) as const;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hufu-records-'));
  file = path.join(folder, 'records.db');
  clock = createSetClock(new Date());
  log = createKeptLog();
  records = await open();
});
afterEach(async () => {
  await records.close();
  rmSync(folder, { recursive: true });
});

function query(sql: string): readonly Record<string, unknown>[] {
  const database = new DatabaseSync(file);
  const rows = database.prepare(sql).all();
  database.close();
  return rows;
}

test('a commit is on the disk before it is acknowledged: WAL with synchronous=FULL', async () => {
  await records.close();
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
  records = await open();
  const connections = new Set(exec.mock.contexts);
  exec.mockRestore();
  expect(connections.size).toBe(1);
  for (const connection of connections) {
    if (!(connection instanceof DatabaseSync)) throw new Error('not a connection');
    expect({ ...connection.prepare('PRAGMA synchronous').get() }).toEqual({ synchronous: 2 });
    expect({ ...connection.prepare('PRAGMA journal_mode').get() }).toEqual({ journal_mode: 'wal' });
  }
});

test('the files are for the owner alone', () => {
  for (const suffix of ['', '-wal', '-shm']) expect(statSync(file + suffix).mode & 0o777).toBe(0o600);
});

test('a body is nowhere in the files, and gone from the row once delivered', async () => {
  const id = await records.outbox.enqueue(mail('{"text":"canary-of-the-outbox"}'));
  for (const name of readdirSync(folder)) {
    expect(readFileSync(path.join(folder, name)).includes('canary-of-the-outbox')).toBe(false);
  }
  await records.outbox.markDelivered(id, clock.now());
  expect(query('SELECT body, state FROM outbox')).toMatchObject([{ body: null, state: 'delivered' }]);
});

test('what was given up keeps its body, sealed, and the code of its failure', async () => {
  const id = await records.outbox.enqueue(mail('{}'));
  await records.outbox.markFailed(id, 'ECONNREFUSED', undefined);
  const [row] = query('SELECT body, state, error FROM outbox');
  expect(row).toMatchObject({ state: 'failed', error: 'ECONNREFUSED' });
  expect(testSealing.open(row?.['body'] as never, `outbox:${id}`)).toBe('{}');
});

test('a body that does not open is given up by itself and holds up no other', async () => {
  await records.outbox.enqueue(mail('{"n":1}'));
  await records.outbox.enqueue(mail('{"n":2}'));
  query(`UPDATE outbox SET body = (SELECT body FROM outbox ORDER BY rowid DESC LIMIT 1)`);
  const claimed = await records.outbox.claimDue('mail', clock.now(), 10, inMs(minute));
  expect(claimed.map(({ body }) => body)).toEqual(['{"n":2}']);
  expect(await records.outbox.counts()).toEqual({ waiting: 1, failed: 1 });
  expect(log.lines).toMatchObject([{ level: 'error', event: 'outbox-unreadable' }]);
});

test('messages under a lost key are given up, not claimed for ever', async () => {
  await records.outbox.enqueue(mail('{}'));
  await records.close();
  records = await open(createKeyRing([{ id: 'other', secret: Buffer.alloc(32, 8) }], realRandom));
  expect(await records.outbox.claimDue('mail', clock.now(), 10, inMs(minute))).toEqual([]);
  expect(await records.outbox.counts()).toEqual({ waiting: 0, failed: 1 });
});

test('tables written by a newer version are refused', async () => {
  await records.close();
  query('UPDATE schema_version SET version = version + 99');
  await expect(open()).rejects.toMatchObject({ code: 'store-unavailable', facts: { code: 'newer-schema' } });
  query('UPDATE schema_version SET version = version - 99');
  records = await open();
});

const tablesOfVersion8: ReadonlySet<string> = new Set([
  'schema_version',
  'health',
  'sessions',
  'session_clients',
  'outbox',
  'audit_head',
  'audit_entries',
  'audit_personal',
  'audit_open_intents',
  'consents',
  'relying_parties',
  'relying_party_version',
  'catalogue_removals',
]);

test('a file from before recipients is brought up to date, and what waited in it is delivered', async () => {
  const id = await records.outbox.enqueue(mail('{"n":1}'));
  await records.close();
  query('DROP INDEX outbox_by_recipient');
  query('ALTER TABLE outbox DROP COLUMN recipient');
  // What later versions added is not there yet, whatever it is by now.
  for (const { name } of query("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
    if (!tablesOfVersion8.has(String(name))) query(`DROP TABLE ${String(name)}`);
  }
  query('UPDATE schema_version SET version = 8');
  records = await open();
  const each = { atOnce: 1, underWay: new Map([['csm', 1]]) };
  const claimed = await records.outbox.claimDue('mail', clock.now(), 10, inMs(minute), each);
  expect(claimed.map((message) => message.id)).toEqual([id]);
});

test('several processes may open a new file at the same moment', async () => {
  const fresh = path.join(folder, 'fresh.db');
  const processes = await Promise.all([1, 2, 3].map(() => startStoreProcess('records-worker', fresh)));
  const ids = await Promise.all(
    processes.map((process, nth) => process.run({ method: 'record', key: `${nth}`, value: '::1', times: 5 })),
  );
  await Promise.all(processes.map((process) => process.stop()));
  expect(new Set(ids.flat()).size).toBe(15);
});

test('a full disk refuses the append whole; the trail verifies and goes on when there is room', async () => {
  const small = await startStoreProcess('records-worker', file, 1200);
  const results: unknown[] = [];
  for (let round = 0; round < 30 && !results.some(isFailure); round += 1) {
    const value = 'x'.repeat(20_000);
    results.push(...(await small.run({ method: 'record', key: `${round}`, value, times: 3 })));
  }
  await small.stop();
  const acknowledged = results.filter((result) => !isFailure(result));
  expect(results.filter(isFailure)).toContain('failed: HufuError: store-unavailable');
  expect(acknowledged.length).toBeGreaterThan(0);

  await createAuditTrail({ store: records.audit, clock, random: realRandom, log }).record(auditEventOf());
  const verdict = await verifyTrail(readTrail(records.audit), { head: await records.audit.head() });
  expect(verdict).toMatchObject({ ok: true, entries: acknowledged.length + 1 });
});

const isFailure = (result: unknown) => String(result).startsWith('failed');

test('killed while it appends, at any moment: every acknowledged event is there and the chain verifies', async () => {
  const acknowledged: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    const { child, run, stop } = await startStoreProcess('records-worker', file);
    const enough = Promise.withResolvers<void>();
    child.on('message', (message: { acknowledged?: string }) => {
      if (message.acknowledged === undefined) return;
      acknowledged.push(message.acknowledged);
      if (acknowledged.length >= (round + 1) * 40 + round * 7) enough.resolve();
    });
    void run({ method: 'recordUntilKilled', key: `${round}`, times: 4 }).catch(() => {});
    await enough.promise;
    await stop();
  }
  const ids = new Set<string>();
  for await (const { index } of readTrail(records.audit)) ids.add(index.id);
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  const verdict = await verifyTrail(readTrail(records.audit), { head: await records.audit.head() });
  expect(verdict).toMatchObject({ ok: true, entries: ids.size });
}, 60_000);
