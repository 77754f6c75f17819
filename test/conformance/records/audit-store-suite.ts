import { expect, test } from 'vitest';
import { chainEntries, emptyChain, prepareEvent } from '#audit/chain.ts';
import type { AuditCriteria, AuditStore } from '#domain/audit-store.ts';
import { parseOid } from '#domain/oid.ts';
import { realRandom } from '#test/support/real.ts';
import { event, minute, type RecordsWorld } from './records-world.ts';

export function describeAuditStore(world: () => RecordsWorld): void {
  const trailOn = (store: AuditStore) => world().trailOn(store);
  const verdictOf = (store: AuditStore) => world().verdictOf(store);

  test('an empty trail has sequence nought and an empty hash', async () => {
    expect(await world().records.audit.head()).toEqual(emptyChain);
    expect(await world().records.audit.read(0, 10)).toEqual([]);
  });

  test('what was appended is read back as it was, in order, from where one asks', async () => {
    const facts = {
      onAccount: 'x',
      unitOid: '1.2',
      settles: 'y',
      personal: { address: '::1', 'after.name': '甲' },
    };
    const prepared = [event(facts), event(), event()].map((one) =>
      prepareEvent(one, world().clock.now(), realRandom),
    );
    const entries = chainEntries(emptyChain, prepared);
    await world().records.audit.append(() => entries);
    expect(await world().records.audit.read(0, 10)).toEqual(entries);
    expect(await world().records.audit.read(1, 1)).toEqual(entries.slice(1, 2));
    expect(await world().records.audit.head()).toEqual({ sequence: 3, hash: entries[2]?.hash });
  });

  test('a failing build appends nothing', async () => {
    await trailOn(world().records.audit).record(event());
    const head = await world().records.audit.head();
    const failing = world().records.audit.append(() => {
      throw new Error('no entry');
    });
    await expect(failing).rejects.toThrow('no entry');
    expect(await world().records.audit.head()).toEqual(head);
  });

  test('a batch with one entry twice is refused whole', async () => {
    const [entry] = chainEntries(emptyChain, [prepareEvent(event(), world().clock.now(), realRandom)]);
    if (!entry) throw new Error('no entry');
    await expect(world().records.audit.append(() => [entry, entry])).rejects.toThrow();
    expect(await world().records.audit.head()).toEqual(emptyChain);
    expect(await world().records.audit.read(0, 10)).toEqual([]);
  });

  test('more entries than fit into one statement', async () => {
    const trail = trailOn(world().records.audit);
    await Promise.all(
      Array.from({ length: 300 }, () => trail.record(event({ personal: { address: '::1' } }))),
    );
    expect(await verdictOf(world().records.audit)).toMatchObject({ ok: true, entries: 300 });
  });

  test('open intents are those old enough that nothing settles', async () => {
    const trail = trailOn(world().records.audit);
    const settled = await trail.intend(event());
    const open = await trail.intend(event({ onAccount: 'x' }));
    await world().clock.advance(minute);
    await trail.intend(event());
    await trail.settle(settled, 'done');
    const intents = await world().records.audit.openIntents(world().clock.now());
    expect(intents.map(({ index }) => index)).toMatchObject([
      { id: open, onAccount: 'x', outcome: 'intended' },
    ]);
  });

  test('a search gives what meets every criterion, newest first, and counts it', async () => {
    const trail = trailOn(world().records.audit);
    const actor = 'person:a';
    await trail.record(event({ actor, unitOid: '2.16.1', onAccount: 'x' }));
    await trail.record(event({ actor, unitOid: '2.16.1.5', outcome: 'refused' }));
    await world().clock.advance(minute);
    await trail.record(event({ actor, unitOid: '2.16.11', action: 'test.other' }));
    await trail.record(event());
    const root = parseOid('2.16.1');
    if (!root) throw new Error('not an OID');
    const found = async (...[criteria, before, limit = 10]: Parameters<AuditStore['search']> | [object]) =>
      (await world().records.audit.search(criteria, before, limit)).map(({ sequence }) => sequence);
    expect(await found({})).toEqual([4, 3, 2, 1]);
    expect(await found({}, 4, 2)).toEqual([3, 2]);
    expect(await found({ actor })).toEqual([3, 2, 1]);
    expect(await found({ actor, underOid: root })).toEqual([2, 1]);
    expect(await found({ onAccount: 'x' })).toEqual([1]);
    expect(await found({ action: 'test.other' })).toEqual([3]);
    expect(await found({ actions: ['test.other', 'test.none'] })).toEqual([3]);
    expect(await found({ actions: [] })).toEqual([]);
    expect(await found({ outcome: 'refused' })).toEqual([2]);
    expect(await found({ from: world().clock.now() })).toEqual([4, 3]);
    expect(await found({ to: world().clock.now() })).toEqual([2, 1]);
    expect(await found({ actor: "person:a' or '1'='1" })).toEqual([]);
    expect(await world().records.audit.count({ actor }, 10)).toBe(3);
    expect(await world().records.audit.count({ actor }, 2)).toBe(2);
  });

  test('a search finds entries by their ids, and leaves out intents once they are settled', async () => {
    const trail = trailOn(world().records.audit);
    const settled = await trail.intend(event({ onAccount: 'x' }));
    await trail.settle(settled, 'done');
    const open = await trail.intend(event({ onAccount: 'x' }));
    const found = async (criteria: AuditCriteria) =>
      (await world().records.audit.search(criteria, undefined, 10)).map(({ sequence }) => sequence);
    expect(await found({ onAccount: 'x', withoutSettledIntents: true })).toEqual([3, 2]);
    expect(await found({ ids: [settled, open] })).toEqual([3, 1]);
    expect(await found({ onAccount: 'y', ids: [settled] })).toEqual([]);
    expect(await found({ ids: [] })).toEqual([]);
  });

  test('two processes appending 500 each make one chain of 1000', async () => {
    const processes = await Promise.all([world().records.startProcess(), world().records.startProcess()]);
    const ids = await Promise.all(
      processes.map(async (process, nth) => {
        const got: unknown[] = [];
        for (let round = 0; round < 25; round += 1) {
          got.push(
            ...(await process.run({ method: 'record', key: `${nth}-${round}`, value: '::1', times: 20 })),
          );
        }
        return got;
      }),
    );
    await Promise.all(processes.map((process) => process.stop()));
    expect(new Set(ids.flat()).size).toBe(1000);
    expect(await verdictOf(world().records.audit)).toMatchObject({ ok: true, entries: 1000, cutValues: 0 });
  }, 60_000);
}
