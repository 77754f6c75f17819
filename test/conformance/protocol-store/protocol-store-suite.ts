import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSetClock, type SetClock } from '#test/support/set-clock.ts';
import type { StoreProcess } from '#test/support/store-process.ts';
import type {
  CounterStore,
  OneTimeStore,
  ProtocolStore,
  ProtocolStoreHealth,
} from '#domain/protocol-store.ts';

export interface OpenedProtocolStore {
  readonly records: ProtocolStore;
  readonly oneTime: OneTimeStore;
  readonly counters: CounterStore;
  readonly health: ProtocolStoreHealth;
  /** Another process with the same store open; its clock is the real one. */
  startProcess(): Promise<StoreProcess>;
  close(): Promise<void>;
}

const minute = 60_000;
const twenty = Array.from({ length: 20 }, (_, nth) => nth);

/** What every protocol store must do, whatever it is made of. `open` gives an empty store under `clock`. */
export function describeProtocolStore(
  name: string,
  open: (clock: SetClock) => Promise<OpenedProtocolStore>,
): void {
  describe(name, () => {
    let clock: SetClock;
    let store: OpenedProtocolStore;
    const inMs = (ms: number) => new Date(clock.now().getTime() + ms);

    beforeEach(async () => {
      clock = createSetClock(new Date());
      store = await open(clock);
    });
    afterEach(() => store.close());

    describe('records', () => {
      test('what was put is found until it expires, and not at the instant it does', async () => {
        await store.records.put('code:a', '{"a":"甲"}', inMs(minute));
        expect(await store.records.get('code:a')).toEqual({ value: '{"a":"甲"}' });
        await clock.advance(minute - 1);
        expect(await store.records.get('code:a')).toEqual({ value: '{"a":"甲"}' });
        await clock.advance(1);
        expect(await store.records.get('code:a')).toBeUndefined();
      });

      test('putting again replaces value and expiry', async () => {
        await store.records.put('k', 'one', inMs(minute));
        await store.records.put('k', 'two', inMs(3 * minute));
        await clock.advance(2 * minute);
        expect(await store.records.get('k')).toEqual({ value: 'two' });
      });

      test('consume is true once, keeps the record and says when', async () => {
        await store.records.put('k', 'v', inMs(minute));
        expect(await store.records.consume('k')).toBe(true);
        expect(await store.records.consume('k')).toBe(false);
        expect(await store.records.get('k')).toEqual({ value: 'v', consumedAt: clock.now() });
      });

      test('nothing and what has expired cannot be consumed', async () => {
        expect(await store.records.consume('none')).toBe(false);
        await store.records.put('k', 'v', inMs(minute));
        await clock.advance(minute);
        expect(await store.records.consume('k')).toBe(false);
      });

      test('a consumed record stays consumed when it is put again while it lives', async () => {
        await store.records.put('k', 'v', inMs(minute));
        await store.records.consume('k');
        await store.records.put('k', 'w', inMs(minute));
        expect(await store.records.consume('k')).toBe(false);
        expect(await store.records.get('k')).toMatchObject({ value: 'w', consumedAt: clock.now() });
      });

      test('a record put after the consumed one expired is new', async () => {
        await store.records.put('k', 'v', inMs(minute));
        await store.records.consume('k');
        await clock.advance(minute);
        await store.records.put('k', 'w', inMs(minute));
        expect(await store.records.consume('k')).toBe(true);
      });

      test('replace changes what is there, and brings back neither what was removed nor what expired', async () => {
        await store.records.put('k', 'one', inMs(minute));
        expect(await store.records.replace('k', 'two', inMs(3 * minute))).toBe(true);
        await clock.advance(2 * minute);
        expect(await store.records.get('k')).toEqual({ value: 'two' });
        await store.records.consume('k');
        expect(await store.records.replace('k', 'three', inMs(minute))).toBe(true);
        expect(await store.records.get('k')).toMatchObject({ value: 'three', consumedAt: clock.now() });
        await clock.advance(minute);
        expect(await store.records.replace('k', 'four', inMs(minute))).toBe(false);
        await store.records.put('l', 'one', inMs(minute));
        await store.records.remove('l');
        expect(await store.records.replace('l', 'two', inMs(minute))).toBe(false);
        expect(await store.records.get('l')).toBeUndefined();
      });

      test('removed is gone; removing nothing is no fault', async () => {
        await store.records.put('k', 'v', inMs(minute));
        await store.records.remove('k');
        await store.records.remove('k');
        expect(await store.records.get('k')).toBeUndefined();
      });
    });

    describe('sets', () => {
      test('members are listed once, set by set', async () => {
        await store.records.link('grant:1', 'b', inMs(minute));
        await store.records.link('grant:1', 'a', inMs(minute));
        await store.records.link('grant:1', 'a', inMs(minute));
        await store.records.link('grant:2', 'c', inMs(minute));
        expect((await store.records.linked('grant:1')).toSorted()).toEqual(['a', 'b']);
        expect(await store.records.linked('grant:2')).toEqual(['c']);
        expect(await store.records.linked('grant:3')).toEqual([]);
      });

      test('a set outlives its shorter members and ends with its longest', async () => {
        await store.records.link('s', 'short', inMs(minute));
        await store.records.link('s', 'long', inMs(2 * minute));
        await clock.advance(minute);
        expect(await store.records.linked('s')).toContain('long');
        await clock.advance(minute);
        expect(await store.records.linked('s')).toEqual([]);
      });

      test('linking again for a shorter time does not shorten', async () => {
        await store.records.link('s', 'm', inMs(2 * minute));
        await store.records.link('s', 'm', inMs(minute));
        await clock.advance(minute);
        expect(await store.records.linked('s')).toEqual(['m']);
      });

      test('unlink empties one set alone', async () => {
        await store.records.link('s', 'm', inMs(minute));
        await store.records.link('t', 'm', inMs(minute));
        await store.records.unlink('s');
        expect(await store.records.linked('s')).toEqual([]);
        expect(await store.records.linked('t')).toEqual(['m']);
      });
    });

    describe('one-time values', () => {
      test('place replaces; peek leaves; take removes', async () => {
        await store.oneTime.place('k', 'one', inMs(minute));
        await store.oneTime.place('k', 'two', inMs(minute));
        expect(await store.oneTime.peek('k')).toBe('two');
        expect(await store.oneTime.take('k')).toBe('two');
        expect(await store.oneTime.take('k')).toBeUndefined();
        expect(await store.oneTime.peek('k')).toBeUndefined();
      });

      test('placeFirst keeps what is there, until that has expired or was taken', async () => {
        expect(await store.oneTime.placeFirst('k', 'one', inMs(minute))).toBe(true);
        expect(await store.oneTime.placeFirst('k', 'two', inMs(minute))).toBe(false);
        expect(await store.oneTime.peek('k')).toBe('one');
        await clock.advance(minute);
        expect(await store.oneTime.placeFirst('k', 'three', inMs(minute))).toBe(true);
        await store.oneTime.take('k');
        expect(await store.oneTime.placeFirst('k', 'four', inMs(minute))).toBe(true);
      });

      test('takeIfEqual removes only what equals', async () => {
        await store.oneTime.place('k', '00000042', inMs(minute));
        expect(await store.oneTime.takeIfEqual('k', '42')).toBe(false);
        expect(await store.oneTime.takeIfEqual('other', '00000042')).toBe(false);
        expect(await store.oneTime.takeIfEqual('k', '00000042')).toBe(true);
        expect(await store.oneTime.takeIfEqual('k', '00000042')).toBe(false);
      });

      test('an expired value is not there for any method', async () => {
        await store.oneTime.place('k', 'v', inMs(minute));
        await clock.advance(minute);
        expect(await store.oneTime.peek('k')).toBeUndefined();
        expect(await store.oneTime.takeIfEqual('k', 'v')).toBe(false);
        expect(await store.oneTime.take('k')).toBeUndefined();
      });
    });

    describe('counters', () => {
      test('count up and down, never below nought; the first expiry holds', async () => {
        const expiresAt = inMs(minute);
        expect(await store.counters.add('k', 2, expiresAt)).toEqual({ count: 2, expiresAt });
        expect(await store.counters.add('k', 1, inMs(5 * minute))).toEqual({ count: 3, expiresAt });
        expect(await store.counters.add('k', -5, inMs(5 * minute))).toEqual({ count: 0, expiresAt });
        expect(await store.counters.read('k')).toEqual({ count: 0, expiresAt });
      });

      test('an expired counter starts anew with its own expiry', async () => {
        await store.counters.add('k', 4, inMs(minute));
        await clock.advance(minute);
        expect(await store.counters.read('k')).toBeUndefined();
        const expiresAt = inMs(minute);
        expect(await store.counters.add('k', 1, expiresAt)).toEqual({ count: 1, expiresAt });
      });

      test('a first subtraction gives nought', async () => {
        expect(await store.counters.add('k', -1, inMs(minute))).toMatchObject({ count: 0 });
      });

      test('reset forgets', async () => {
        await store.counters.add('k', 4, inMs(minute));
        await store.counters.reset('k');
        expect(await store.counters.read('k')).toBeUndefined();
      });
    });

    describe('races of 20 in one process', () => {
      const winners = async (attempt: () => Promise<boolean>) =>
        (await Promise.all(twenty.map(attempt))).filter(Boolean).length;

      test('exactly one consumes', async () => {
        await store.records.put('k', 'v', inMs(minute));
        expect(await winners(() => store.records.consume('k'))).toBe(1);
      });

      test('exactly one takes', async () => {
        await store.oneTime.place('k', 'v', inMs(minute));
        expect(await winners(async () => (await store.oneTime.take('k')) !== undefined)).toBe(1);
        await store.oneTime.place('k', 'v', inMs(minute));
        expect(await winners(() => store.oneTime.takeIfEqual('k', 'v'))).toBe(1);
      });

      test('exactly one is first', async () => {
        expect(await winners(() => store.oneTime.placeFirst('k', 'v', inMs(minute)))).toBe(1);
      });

      test('no increment is lost, and every caller sees another count', async () => {
        const counts = await Promise.all(twenty.map(() => store.counters.add('k', 1, inMs(minute))));
        expect(counts.map(({ count }) => count).toSorted((a, b) => a - b)).toEqual(
          twenty.map((nth) => nth + 1),
        );
      });
    });

    describe('races of 20 in two processes', () => {
      let processes: readonly StoreProcess[];

      beforeEach(async () => {
        processes = await Promise.all([store.startProcess(), store.startProcess()]);
      });
      afterEach(() => Promise.all(processes.map((process) => process.stop())));

      const race = async (method: 'consume' | 'take' | 'takeIfEqual' | 'placeFirst' | 'add', key: string) =>
        (
          await Promise.all(processes.map((process) => process.run({ method, key, value: 'v', times: 20 })))
        ).flat();
      const rounds = ['1', '2', '3', '4', '5'];

      test('exactly one consumes, takes, takes the equal, is first', async () => {
        for (const round of rounds) {
          await store.records.put(round, 'v', inMs(60 * minute));
          await store.oneTime.place(`take-${round}`, 'v', inMs(60 * minute));
          await store.oneTime.place(`equal-${round}`, 'v', inMs(60 * minute));
          const won = async (method: 'consume' | 'take' | 'takeIfEqual' | 'placeFirst', key: string) =>
            (await race(method, key)).toSorted((a, b) => Number(b) - Number(a));
          const one = [true, ...Array.from({ length: 39 }, () => false)];
          expect(await won('consume', round)).toEqual(one);
          expect(await won('take', `take-${round}`)).toEqual(one);
          expect(await won('takeIfEqual', `equal-${round}`)).toEqual(one);
          expect(await won('placeFirst', `first-${round}`)).toEqual(one);
        }
      });

      test('what one process removes while another replaces it stays gone', async () => {
        const [replacing, removing] = processes;
        for (const key of rounds) {
          await store.records.put(key, 'v', inMs(60 * minute));
          const [replaced = []] = await Promise.all([
            replacing?.run({ method: 'replace', key, value: 'w', times: 200 }),
            removing?.run({ method: 'remove', key, value: '', times: 1 }),
          ]);
          expect(await store.records.get(key)).toBeUndefined();
          // Once false, always false.
          expect(replaced).toEqual(replaced.toSorted((a, b) => Number(b) - Number(a)));
        }
      });

      test('no increment is lost', async () => {
        const counts = (await race('add', 'k')).map(Number).toSorted((a, b) => a - b);
        expect(counts).toEqual(Array.from({ length: 40 }, (_, nth) => nth + 1));
        expect(await store.counters.read('k')).toMatchObject({ count: 40 });
      });
    });

    test('a store that answers is healthy', async () => {
      await expect(store.health.checkStore()).resolves.toBeUndefined();
    });
  });
}
