import { describe, expect, test } from 'vitest';
import { createAttemptLimits, type AttemptStart } from '#authentication/attempt-limits.ts';
import { testSealing } from '#test/support/test-sealing.ts';
import { openLoginStores } from './login-stores.ts';

const policy = { failures: 5, lockMinutes: 15, perAddress: 1000, addressMinutes: 10 };
const minute = 60_000;

function limitsWith(changes: Partial<typeof policy> = {}) {
  const { oneTime: store, counters, clock } = openLoginStores();
  const limits = createAttemptLimits({
    counters,
    store,
    sealing: testSealing,
    clock,
    policy: { ...policy, ...changes },
  });
  const wordOf = (start: AttemptStart) => (start.ok ? 'judged' : start.reason);
  return {
    clock,
    counters,
    begin: (name = 'A123456789', address = '9.9.9.9') => limits.begin(name, address),
    /** One attempt with a wrong password. */
    async fail(name = 'A123456789', address = '9.9.9.9'): Promise<string> {
      const start = await limits.begin(name, address);
      if (start.ok) await start.attempt.fail();
      return wordOf(start);
    },
    async succeed(name = 'A123456789', address = '9.9.9.9'): Promise<string> {
      const start = await limits.begin(name, address);
      if (start.ok) await start.attempt.forgive();
      return wordOf(start);
    },
    async abandon(name = 'A123456789', address = '9.9.9.9'): Promise<string> {
      const start = await limits.begin(name, address);
      if (start.ok) await start.attempt.abandon();
      return wordOf(start);
    },
  };
}

async function times(count: number, act: () => Promise<string>): Promise<string[]> {
  const words: string[] = [];
  for (let nth = 0; nth < count; nth += 1) words.push(await act());
  return words;
}

describe('five wrong passwords', () => {
  test('lock the name for its time, for the right password too', async () => {
    const { clock, fail, succeed } = limitsWith();
    expect(await times(6, fail)).toEqual([...Array<string>(5).fill('judged'), 'locked']);
    await clock.advance(15 * minute - 1);
    expect(await succeed()).toBe('locked');
    await clock.advance(1);
    expect(await succeed()).toBe('judged');
  });

  test('lock that name alone', async () => {
    const { fail } = limitsWith();
    await times(5, fail);
    expect(await fail('A800000014')).toBe('judged');
  });

  test('lock it as well when they come spread over hours', async () => {
    const { clock, fail } = limitsWith();
    for (let nth = 0; nth < 5; nth += 1) {
      expect(await fail()).toBe('judged');
      await clock.advance(4 * 60 * minute);
    }
    // The last of them locked; four hours later one more does.
    expect(await times(2, fail)).toEqual(['judged', 'locked']);
  });

  test('are forgotten after a day, and after a right one', async () => {
    const { clock, fail, succeed } = limitsWith();
    await times(4, fail);
    await clock.advance(24 * 60 * minute);
    expect(await times(4, fail)).toEqual(Array(4).fill('judged'));
    expect(await succeed()).toBe('judged');
    expect(await times(5, fail)).toEqual(Array(5).fill('judged'));
    expect(await fail()).toBe('locked');
  });

  test('are not made more by attempts while it is locked: it opens at its time', async () => {
    const { clock, fail } = limitsWith();
    await times(5, fail);
    for (let nth = 0; nth < 14; nth += 1) {
      await clock.advance(minute);
      expect(await times(3, fail)).toEqual(Array(3).fill('locked'));
    }
    await clock.advance(minute);
    // One more wrong one locks again at once.
    expect(await times(2, fail)).toEqual(['judged', 'locked']);
  });
});

test.each([
  ['lower case', 'a123456789'],
  ['space', ' A123 456789 '],
  ['full width', 'Ａ１２３４５６７８９'],
  ['an ideographic space', '　A123456789'],
  ['a byte order mark', '\uFEFFA123456789'],
])('a name typed in %s counts as the same name', async (_, variant) => {
  const { fail } = limitsWith();
  await times(5, () => fail(variant));
  expect(await fail()).toBe('locked');
});

describe('attempts in parallel', () => {
  test('twenty wrong ones: five are judged, whoever comes after is locked out', async () => {
    const { clock, begin, fail } = limitsWith();
    const starts = await Promise.all(Array.from({ length: 20 }, () => begin()));
    const judged = starts.flatMap((start) => (start.ok ? [start.attempt] : []));
    expect(judged).toHaveLength(5);
    await Promise.all(judged.map((attempt) => attempt.fail()));
    expect(await fail()).toBe('locked');
    await clock.advance(15 * minute);
    expect(await times(2, fail)).toEqual(['judged', 'locked']);
  });

  test('while as many as allowed are judged the next waits its turn and is not counted', async () => {
    const { begin, fail } = limitsWith();
    const starts = await Promise.all(Array.from({ length: 5 }, () => begin()));
    expect(await times(10, fail)).toEqual(Array(10).fill('locked'));
    for (const start of starts) if (start.ok) await start.attempt.forgive();
    expect(await times(5, fail)).toEqual(Array(5).fill('judged'));
  });

  test('one that began before the lock and one that began after see the same door', async () => {
    const { begin, fail } = limitsWith();
    await times(4, fail);
    const last = await begin();
    const next = await begin();
    expect([last.ok, next.ok]).toEqual([true, false]);
    const [after] = await Promise.all([begin(), last.ok ? last.attempt.fail() : undefined]);
    expect(after.ok).toBe(false);
    expect(await fail()).toBe('locked');
  });

  test('rounds of twenty never get more than five guesses before a lock', async () => {
    const { begin } = limitsWith();
    let guesses = 0;
    for (let round = 0; round < 10; round += 1) {
      await Promise.all(
        Array.from({ length: 20 }, async () => {
          const start = await begin();
          if (!start.ok) return;
          guesses += 1;
          await start.attempt.fail();
        }),
      );
    }
    expect(guesses).toBe(5);
  });

  test('giving back what a right password has cleared leaves no credit', async () => {
    const { begin, fail } = limitsWith();
    const starts = await Promise.all(Array.from({ length: 5 }, () => begin()));
    const attempts = starts.flatMap((start) => (start.ok ? [start.attempt] : []));
    await attempts[0]?.forgive();
    for (const attempt of attempts.slice(1)) await attempt.abandon();
    expect(await times(6, fail)).toEqual([...Array<string>(5).fill('judged'), 'locked']);
  });
});

test('attempts that nobody could judge count for nothing', async () => {
  const { abandon, fail } = limitsWith({ perAddress: 6 });
  expect(await times(30, abandon)).toEqual(Array(30).fill('judged'));
  expect(await times(5, fail)).toEqual(Array(5).fill('judged'));
});

describe('failures from one address', () => {
  const names = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `name-${n + from}`);

  test('are limited over all names, for its window, and for that address alone', async () => {
    const { clock, fail, succeed } = limitsWith({ perAddress: 10 });
    for (const name of names(10)) expect(await fail(name)).toBe('judged');
    expect(await succeed('name-99')).toBe('address-limit');
    expect(await fail('name-99', '9.9.9.10')).toBe('judged');
    await clock.advance(10 * minute);
    expect(await fail('name-99')).toBe('judged');
  });

  test('are limited when they come at the same moment', async () => {
    const { begin } = limitsWith({ perAddress: 10 });
    const starts = await Promise.all(names(40).map((name) => begin(name)));
    expect(starts.filter(({ ok }) => ok)).toHaveLength(10);
  });

  test('a whole office behind one address is not shut out by logging in', async () => {
    const { fail, succeed } = limitsWith({ perAddress: 10 });
    for (const name of names(50)) expect(await succeed(name)).toBe('judged');
    for (const name of names(10)) expect(await fail(name)).toBe('judged');
    expect(await fail('name-99')).toBe('address-limit');
  });

  test('a lock holds from every address, and is not lengthened from one that is refused', async () => {
    const { fail } = limitsWith({ perAddress: 5 });
    await times(5, fail);
    expect(await fail('A123456789', '9.9.9.10')).toBe('locked');
  });

  test('new addresses of one IPv6 network are no new addresses', async () => {
    const { fail } = limitsWith({ perAddress: 10 });
    for (const [nth, name] of names(10).entries()) await fail(name, `2001:db8:1:2::${nth + 1}`);
    expect(await fail('name-99', '2001:db8:1:2:ffff::9')).toBe('address-limit');
    expect(await fail('name-99', '2001:db8:1:3::1')).toBe('judged');
  });
});

test('neither name nor address is kept as such', async () => {
  const { oneTime, counters, clock } = openLoginStores();
  const keys: string[] = [];
  const limits = createAttemptLimits({
    counters: {
      ...counters,
      add: (key, by, expiresAt) => {
        keys.push(key);
        return counters.add(key, by, expiresAt);
      },
    },
    store: {
      ...oneTime,
      place: (key, value, expiresAt) => {
        keys.push(`${key} ${value}`);
        return oneTime.place(key, value, expiresAt);
      },
    },
    sealing: testSealing,
    clock,
    policy: { ...policy, failures: 1 },
  });
  const start = await limits.begin('A123456789', '9.9.9.9');
  if (start.ok) await start.attempt.fail();
  expect(keys.length).toBeGreaterThan(2);
  expect(keys.join('\n')).not.toMatch(/A123456789|9\.9\.9\.9/);
});
