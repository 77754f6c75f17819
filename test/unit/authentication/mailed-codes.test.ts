import { describe, expect, test } from 'vitest';
import { createMailedCodes } from '#authentication/mailed-codes.ts';
import { dayOf } from '#domain/calendar.ts';
import type { Random } from '#domain/random.ts';
import { sampleId } from '#test/support/memory/accounts.ts';
import { realRandom } from '#test/support/real.ts';
import { testSealing } from '#test/support/test-sealing.ts';
import { openLoginStores } from './login-stores.ts';

const person = sampleId('a');
const other = sampleId('b');
const minute = 60_000;
const policy = { digits: 8, tries: 5, lifetimeMinutes: 30, resendSeconds: 60, perDay: 10 };
const wrong = { ok: false, reason: 'wrong-code' };
const none = { ok: false, reason: 'no-code' };
const usedUp = { ok: false, reason: 'code-tries-used-up' };

function codesAt(start = '2026-03-02T01:00:00.000Z', random: Random = realRandom) {
  const { oneTime: store, counters, clock } = openLoginStores(new Date(start));
  const codes = createMailedCodes({ store, counters, sealing: testSealing, random, clock, policy });
  return { codes, clock, store, today: dayOf(clock.now()) };
}

/** A code that is surely not `code`. */
const not = (code: string): string => code.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));

describe('a code asked for on the login page', () => {
  test('is good once, for its login', async () => {
    const { codes } = codesAt();
    const { code } = await codes.issueForLogin(person, 'x');
    expect(code).toMatch(/^\d{8}$/);
    expect(await codes.redeem(person, 'y', code)).toEqual(wrong);
    expect(await codes.redeem(other, 'x', code)).toEqual(none);
    expect(await codes.redeem(person, 'x', code)).toEqual({ ok: true });
    expect(await codes.redeem(person, 'x', code)).toEqual(none);
  });

  test('keeps its leading zeros, and needs them', async () => {
    const { codes } = codesAt(undefined, { ...realRandom, digits: () => '00000042' });
    const { code } = await codes.issueForLogin(person, 'x');
    for (const typed of ['42', '0000042', '000000042']) {
      expect(await codes.redeem(person, 'x', typed)).toEqual(wrong);
    }
    expect(await codes.redeem(person, 'x', code)).toEqual({ ok: true });
  });

  test.each([
    ['nothing', ''],
    ['space behind', '12345678 '],
    ['full width', '１２３４５６７８'],
    ['a binding of its own', 'x 12345678'],
  ])('is not met by %s: the form brings what is typed into shape', async (_, typed) => {
    const { codes } = codesAt(undefined, { ...realRandom, digits: () => '12345678' });
    await codes.issueForLogin(person, 'x');
    expect(await codes.redeem(person, 'x', typed)).toEqual(wrong);
  });

  test('lives for its time and no longer', async () => {
    const { codes, clock } = codesAt();
    const issued = await codes.issueForLogin(person, 'x');
    expect(issued.validUntil.getTime() - clock.now().getTime()).toBe(30 * minute);
    await clock.advance(30 * minute - 1);
    expect(await codes.redeem(person, 'x', not(issued.code))).toEqual(wrong);
    await clock.advance(1);
    expect(await codes.redeem(person, 'x', issued.code)).toEqual(none);
  });

  test('does not outlive the day in Taipei', async () => {
    const { codes, clock } = codesAt('2026-12-31T15:50:00.000Z');
    const { code, validUntil } = await codes.issueForLogin(person, 'x');
    expect(validUntil.toISOString()).toBe('2026-12-31T16:00:00.000Z');
    await clock.advance(10 * minute);
    expect(await codes.redeem(person, 'x', code)).toEqual(none);
  });

  test('ends the one before, whoever asked for it', async () => {
    const { codes, today } = codesAt();
    const day = await codes.issueForDay(person, today);
    const first = await codes.issueForLogin(person, 'x');
    const second = await codes.issueForLogin(person, 'y');
    for (const { code } of [day, first]) expect(await codes.redeem(person, 'x', code)).toEqual(wrong);
    expect(await codes.redeem(person, 'y', second.code)).toEqual({ ok: true });
  });
});

describe('a code mailed at enabling', () => {
  test('is good once, in any browser, until the day ends', async () => {
    const { codes, clock, today } = codesAt();
    const { code } = await codes.issueForDay(person, today);
    await clock.advance(14 * 60 * minute);
    expect(await codes.redeem(other, 'x', code)).toEqual(none);
    expect(await codes.redeem(person, 'any', code)).toEqual({ ok: true });
    expect(await codes.redeem(person, 'any', code)).toEqual(none);
  });

  test('is dead on the next day', async () => {
    const { codes, clock, today } = codesAt();
    const { code, validUntil } = await codes.issueForDay(person, today);
    clock.set(validUntil);
    expect(await codes.redeem(person, 'x', code)).toEqual(none);
  });

  test('can be withdrawn', async () => {
    const { codes, today } = codesAt();
    const { code } = await codes.issueForDay(person, today);
    await codes.withdraw(person, today);
    expect(await codes.redeem(person, 'x', code)).toEqual(none);
  });
});

describe('tries', () => {
  test('are five in all over every code of the day; the right one does not help after them', async () => {
    const { codes } = codesAt();
    for (let nth = 0; nth < 5; nth += 1) {
      const { code } = await codes.issueForLogin(person, 'x');
      expect(await codes.redeem(person, 'x', not(code))).toEqual(wrong);
    }
    const { code } = await codes.issueForLogin(person, 'x');
    expect(await codes.redeem(person, 'x', code)).toEqual(usedUp);
    expect(await codes.redeem(person, 'x', code)).toEqual(usedUp);
  });

  test('are counted for each person and start anew on the next day', async () => {
    const { codes, clock } = codesAt();
    const { code } = await codes.issueForLogin(person, 'x');
    for (let nth = 0; nth < 5; nth += 1) await codes.redeem(person, 'x', not(code));
    const theirs = await codes.issueForLogin(other, 'x');
    expect(await codes.redeem(other, 'x', theirs.code)).toEqual({ ok: true });
    await clock.advance(24 * 60 * minute);
    const next = await codes.issueForLogin(person, 'x');
    expect(await codes.redeem(person, 'x', next.code)).toEqual({ ok: true });
  });

  test('are not used up by right codes, nor where there is no code to guess', async () => {
    const { codes } = codesAt();
    for (let nth = 0; nth < 10; nth += 1) {
      expect(await codes.redeem(person, 'x', '00000000')).toEqual(none);
      const { code } = await codes.issueForLogin(person, 'x');
      expect(await codes.redeem(person, 'x', code)).toEqual({ ok: true });
    }
    const { code } = await codes.issueForLogin(person, 'x');
    for (let nth = 0; nth < 4; nth += 1) await codes.redeem(person, 'x', not(code));
    expect(await codes.redeem(person, 'x', code)).toEqual({ ok: true });
  });

  test('at the same moment are five as well', async () => {
    const { codes } = codesAt();
    const { code } = await codes.issueForLogin(person, 'x');
    const verdicts = await Promise.all(
      Array.from({ length: 40 }, () => codes.redeem(person, 'x', not(code))),
    );
    expect(verdicts.filter((verdict) => !verdict.ok && verdict.reason === 'wrong-code')).toHaveLength(5);
    expect(await codes.redeem(person, 'x', code)).toEqual(usedUp);
  });

  test('are not used up by a right code that came second', async () => {
    const { oneTime: store, counters, clock } = openLoginStores();
    const codes = createMailedCodes({
      // Somebody else takes the code between the look at it and the taking.
      store: { ...store, takeIfEqual: async () => false },
      counters,
      sealing: testSealing,
      random: realRandom,
      clock,
      policy,
    });
    const { code } = await codes.issueForLogin(person, 'x');
    for (let nth = 0; nth < 10; nth += 1) expect(await codes.redeem(person, 'x', code)).toEqual(none);
  });
});

describe('mails', () => {
  test('go out once in a while', async () => {
    const { codes, clock } = codesAt();
    expect(await codes.admitMail(person)).toBe(true);
    await clock.advance(59_999);
    expect(await codes.admitMail(person)).toBe(false);
    expect(await codes.admitMail(other)).toBe(true);
    await clock.advance(1);
    expect(await codes.admitMail(person)).toBe(true);
  });

  test('of twenty asked for at the same moment one goes out', async () => {
    const { codes } = codesAt();
    const answers = await Promise.all(Array.from({ length: 20 }, () => codes.admitMail(person)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  test('are ten a day, and ten more on the next', async () => {
    const { codes, clock } = codesAt();
    const sent = async () => {
      let count = 0;
      for (let nth = 0; nth < 15; nth += 1) {
        if (await codes.admitMail(person)) count += 1;
        await clock.advance(minute);
      }
      return count;
    };
    expect(await sent()).toBe(10);
    await clock.advance(24 * 60 * minute);
    expect(await sent()).toBe(10);
  });
});

test('the store holds no code', async () => {
  const { oneTime, counters, clock } = openLoginStores();
  const written: string[] = [];
  const codes = createMailedCodes({
    store: {
      ...oneTime,
      place: (key, value, expiresAt) => {
        written.push(`${key} ${value}`);
        return oneTime.place(key, value, expiresAt);
      },
    },
    counters,
    sealing: testSealing,
    random: realRandom,
    clock,
    policy,
  });
  const { code } = await codes.issueForLogin(person, 'x');
  expect(written).toHaveLength(1);
  expect(written[0]).not.toContain(code);
});
