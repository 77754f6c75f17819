import { expect, test } from 'vitest';
import { createAuditTrail } from '#audit/trail.ts';
import { verifyTrail } from '#audit/verify.ts';
import { HufuError } from '#domain/errors.ts';
import { auditEventOf, createMemoryAuditStore } from '#test/support/audit-world.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';

function createWorld() {
  const store = createMemoryAuditStore();
  const log = createKeptLog();
  const clock = createSetClock();
  const heads: number[] = [];
  const checkpoints = {
    note: ({ sequence }: { sequence: number }) => void heads.push(sequence),
    close: async () => {},
  };
  const trail = createAuditTrail({ store, clock, random: realRandom, log, checkpoints });
  return { store, log, clock, trail, heads };
}

const formsOf = ({ entries }: { entries: readonly { entry: string }[] }) =>
  entries.map(({ entry }) => (JSON.parse(entry) as { form?: string }).form);

test('a record gives the id of an entry that is in the store', async () => {
  const { store, trail, clock } = createWorld();
  const id = await trail.record(auditEventOf());
  expect(store.entries.map(({ index }) => index)).toMatchObject([
    { id, time: clock.now(), action: 'test.act' },
  ]);
});

test('calls that arrive during an append go together in the next, in order of arrival', async () => {
  const { store, trail, heads } = createWorld();
  let open = () => {};
  store.gate = new Promise((resolve) => (open = resolve));
  const first = trail.record(auditEventOf({ form: '0' }));
  await Promise.resolve();
  await Promise.resolve();
  const rest = ['1', '2', '3', '4'].map((form) => trail.record(auditEventOf({ form })));
  open();
  await Promise.all([first, ...rest]);
  expect(store.appends).toBe(2);
  expect(formsOf(store)).toEqual(['0', '1', '2', '3', '4']);
  expect(heads).toEqual([1, 5]);
  expect(await verifyTrail(store.entries)).toMatchObject({ ok: true, entries: 5 });
});

test('a burst is cut into bounded batches', async () => {
  const { store, trail } = createWorld();
  await Promise.all(Array.from({ length: 600 }, () => trail.record(auditEventOf())));
  expect(store.appends).toBe(3);
});

test('a failed append rejects each of its callers and raises an alarm; the next one works', async () => {
  const { store, trail, log, heads } = createWorld();
  store.failing = new Error('disk gone');
  const results = await Promise.allSettled([trail.record(auditEventOf()), trail.record(auditEventOf())]);
  expect(results).toMatchObject([
    { status: 'rejected', reason: { code: 'store-unavailable' } },
    { status: 'rejected', reason: { code: 'store-unavailable' } },
  ]);
  expect(log.lines).toMatchObject([{ level: 'error', event: 'audit-append-failed', fields: { entries: 2 } }]);
  store.failing = undefined;
  await trail.record(auditEventOf());
  expect(store.entries.map(({ sequence }) => sequence)).toEqual([1]);
  expect(heads).toEqual([1]);
});

test('a refusal of the store reaches the caller as it is', async () => {
  const { store, trail } = createWorld();
  const full = new HufuError('store-unavailable', { facts: { code: 'sqlite-13' } });
  store.failing = full;
  await expect(trail.record(auditEventOf())).rejects.toBe(full);
});

test('an intent and its outcome: who, what and on whom once, evidence and reason of its own', async () => {
  const { store, trail } = createWorld();
  const intent = await trail.intend(
    auditEventOf({
      onAccount: 'a',
      unitOid: '1.2',
      form: 'F',
      evidence: { revision: '4' },
      personal: { address: '::1' },
    }),
  );
  await trail.settle(intent, 'failed', 'changed-meanwhile');
  expect(store.entries.map(({ entry }) => JSON.parse(entry) as unknown)).toMatchObject([
    { outcome: 'intended', evidence: { revision: '4' } },
    {
      outcome: 'failed',
      settles: intent,
      reason: 'changed-meanwhile',
      action: 'test.act',
      onAccount: 'a',
      form: 'F',
    },
  ]);
  expect(store.entries[1]?.entry).not.toMatch(/evidence|personal/);
});

test('an outcome that could not be written may be written again, but no intent is settled twice', async () => {
  const { store, trail } = createWorld();
  const intent = await trail.intend(auditEventOf());
  store.failing = new Error('away');
  await expect(trail.settle(intent, 'done')).rejects.toMatchObject({ code: 'store-unavailable' });
  store.failing = undefined;
  await trail.settle(intent, 'done');
  await expect(trail.settle(intent, 'done')).rejects.toThrow('has settled');
});

test('flush waits for what was recorded; a closed trail takes nothing more', async () => {
  const { store, trail } = createWorld();
  void trail.record(auditEventOf());
  await trail.flush();
  expect(store.entries).toHaveLength(1);
  await trail.close();
  await expect(trail.record(auditEventOf())).rejects.toMatchObject({ code: 'store-unavailable' });
});
