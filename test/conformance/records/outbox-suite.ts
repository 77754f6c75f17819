import { describe, expect, test } from 'vitest';
import type { NewOutboxMessage } from '#domain/records.ts';
import { minute, second, type RecordsWorld } from './records-world.ts';

export function describeOutbox(world: () => RecordsWorld): void {
  const inMs = (ms: number) => world().inMs(ms);
  const mail = (fields: Partial<NewOutboxMessage> = {}): NewOutboxMessage => ({
    kind: 'mail',
    body: '{"to":"甲"}',
    expiresAt: inMs(10 * minute),
    ...fields,
  });
  const claim = (limit = 10) =>
    world().records.outbox.claimDue('mail', world().clock.now(), limit, inMs(minute));

  test('a message is claimed with its body, counting attempts, and hidden until its lease ends', async () => {
    const id = await world().records.outbox.enqueue(mail());
    expect(await claim()).toEqual([{ id, ...mail(), attempts: 1 }]);
    expect(await claim()).toEqual([]);
    await world().clock.advance(minute);
    expect(await claim()).toMatchObject([{ id, attempts: 2 }]);
  });

  test('the limit holds, and the oldest come first', async () => {
    const ids: string[] = [];
    for (const body of ['1', '2', '3']) {
      ids.push(await world().records.outbox.enqueue(mail({ body })));
      await world().clock.advance(1);
    }
    expect((await claim(2)).map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect((await claim(2)).map(({ id }) => id)).toEqual(ids.slice(2));
  });

  test('delivered is over; a late failure of the same message changes nothing', async () => {
    const id = await world().records.outbox.enqueue(mail());
    await claim();
    await world().records.outbox.markDelivered(id, world().clock.now());
    await world().records.outbox.markFailed(id, 'ECONNREFUSED', world().clock.now());
    await world().clock.advance(minute);
    expect(await claim()).toEqual([]);
    expect(await world().records.outbox.counts()).toEqual({ waiting: 0, failed: 0 });
  });

  test('a failure with a later try hides the message until then', async () => {
    const id = await world().records.outbox.enqueue(mail());
    await claim();
    await world().records.outbox.markFailed(id, 'ECONNREFUSED', inMs(5 * second));
    expect(await claim()).toEqual([]);
    expect(await world().records.outbox.counts()).toEqual({ waiting: 1, failed: 0 });
    await world().clock.advance(5 * second);
    expect(await claim()).toMatchObject([{ id, attempts: 2 }]);
  });

  test('given up: never claimed again, and counted', async () => {
    const id = await world().records.outbox.enqueue(mail());
    await claim();
    await world().records.outbox.markFailed(id, 'expired', undefined);
    await world().clock.advance(minute);
    expect(await claim()).toEqual([]);
    expect(await world().records.outbox.counts()).toEqual({ waiting: 0, failed: 1 });
  });

  describe('shares of recipients', () => {
    const enqueueFor = async (recipient: string, times: number) => {
      const ids: string[] = [];
      for (let nth = 0; nth < times; nth += 1) {
        const kind = 'back-channel-log-out';
        ids.push(await world().records.outbox.enqueue(mail({ kind, recipient, body: `{"nth":${nth}}` })));
        await world().clock.advance(1);
      }
      return ids;
    };
    const claimShares = async (limit: number, atOnce: number, underWay: Record<string, number> = {}) => {
      const each = { atOnce, underWay: new Map(Object.entries(underWay)) };
      const { outbox } = world().records;
      const now = world().clock.now();
      return outbox.claimDue('back-channel-log-out', now, limit, inMs(minute), each);
    };

    test('many for one keep none from another, and each has its oldest first', async () => {
      const [a, b] = [await enqueueFor('a', 5), await enqueueFor('b', 3)];
      const claimed = await claimShares(10, 2);
      expect(claimed.map(({ id }) => id)).toEqual([...a.slice(0, 2), ...b.slice(0, 2)]);
      expect(claimed.map(({ recipient }) => recipient)).toEqual(['a', 'a', 'b', 'b']);
    });

    test('what is under way counts, and who has no room is passed over', async () => {
      const [, b, c] = [await enqueueFor('a', 2), await enqueueFor('b', 2), await enqueueFor('c', 2)];
      const claimed = await claimShares(10, 2, { a: 2, b: 1 });
      expect(claimed.map(({ id }) => id)).toEqual([b[0], ...c]);
      expect((await claimShares(10, 2, { a: 1 })).map(({ recipient }) => recipient)).toEqual(['a', 'b']);
    });

    test('the limit of all holds beside them', async () => {
      await enqueueFor('a', 3);
      await enqueueFor('b', 3);
      expect(await claimShares(3, 2)).toHaveLength(3);
    });

    test('messages that name no recipient are nobody’s share', async () => {
      for (let nth = 0; nth < 4; nth += 1)
        await world().records.outbox.enqueue(mail({ kind: 'back-channel-log-out' }));
      expect(await claimShares(10, 1, { a: 1 })).toHaveLength(4);
    });
  });

  describe('seen by operators', () => {
    const operations = () => world().records.outboxOperations;

    test('what waits and what failed is listed by age, page by page, without its body', async () => {
      const ids: string[] = [];
      for (const to of ['a@one.test', 'b@two.test', 'c@three.test']) {
        ids.push(
          await world().records.outbox.enqueue(mail({ body: JSON.stringify({ to, text: 'secret' }) })),
        );
        await world().clock.advance(1);
      }
      const page = await operations().list('waiting', undefined, 2);
      expect(page).toMatchObject([
        { id: ids[0], kind: 'mail', state: 'waiting', attempts: 0, recipientDomain: 'one.test' },
        { id: ids[1], recipientDomain: 'two.test' },
      ]);
      expect(JSON.stringify(page)).not.toMatch(/secret|a@one/);
      expect((await operations().list('waiting', ids[1], 2)).map(({ id }) => id)).toEqual([ids[2]]);
      expect(await operations().list('failed', undefined, 2)).toEqual([]);
    });

    test('a message given up is due again once it is retried', async () => {
      const id = await world().records.outbox.enqueue(mail());
      await claim();
      await world().records.outbox.markFailed(id, 'ECONNREFUSED', undefined);
      expect(await operations().find(id)).toMatchObject({ id, state: 'failed', error: 'ECONNREFUSED' });
      expect(await operations().retry(id)).toBe(true);
      expect(await claim()).toMatchObject([{ id, attempts: 2 }]);
    });

    test('what has expired, was delivered or is unknown is not retried', async () => {
      const delivered = await world().records.outbox.enqueue(mail());
      await world().records.outbox.markDelivered(delivered, world().clock.now());
      const expired = await world().records.outbox.enqueue(mail({ expiresAt: inMs(second) }));
      await world().clock.advance(second);
      expect(await operations().retry(expired)).toBe(false);
      expect(await operations().retry(delivered)).toBe(false);
      expect(await operations().retry('unknown')).toBe(false);
    });

    test('dropped is over: not claimed, not counted, not listed, not dropped again', async () => {
      const id = await world().records.outbox.enqueue(mail());
      const drops = await Promise.all(Array.from({ length: 5 }, () => operations().drop(id)));
      expect(drops.filter(Boolean)).toHaveLength(1);
      expect(await claim()).toEqual([]);
      expect(await world().records.outbox.counts()).toEqual({ waiting: 0, failed: 0 });
      expect(await operations().find(id)).toBeUndefined();
      expect(await operations().retry(id)).toBe(false);
    });
  });

  test('two processes claim each message once', async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, () => world().records.outbox.enqueue(mail())));
    const processes = await Promise.all([world().records.startProcess(), world().records.startProcess()]);
    const claimed = await Promise.all(
      processes.map((process) => process.run({ method: 'claimDue', key: '', times: 20 })),
    );
    await Promise.all(processes.map((process) => process.stop()));
    expect(claimed.flat(2).toSorted()).toEqual(ids.toSorted());
  });
}
