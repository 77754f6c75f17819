import { describe, expect, test } from 'vitest';
import {
  changeAsked,
  graceEnd,
  judgePasswordLogin,
  passwordChangeableFrom,
} from '#authentication/password-login-rules.ts';
import type { Account } from '#domain/account.ts';
import type { Day } from '#domain/calendar.ts';
import { sampleBinding } from '#test/support/certificate-bindings.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';

const policy = { graceHours: 72, oneDayEnabled: true };
const now = new Date('2026-03-02T04:00:00.000Z');
const today = '2026-03-02' as Day;
const hours = (count: number, from = now) => new Date(from.getTime() + count * 3_600_000);
const account = (changes: Partial<Account>) => sampleAccount({ certificates: [sampleBinding()], ...changes });
const enabledFor = (day: Day, changedAt?: Date): Partial<Account> => ({
  password: { set: true, history: [], oneDay: { day, enabledAt: now }, ...(changedAt && { changedAt }) },
});
const judge = (changes: Partial<Account>, at = now, more: Partial<typeof policy> = {}) =>
  judgePasswordLogin(account(changes), at, { ...policy, ...more });

describe('an account that is not opened', () => {
  const opening: Partial<Account> = {
    status: 'not-opened',
    password: { set: false, history: [], openingDay: today },
  };

  test('is opened on its day alone, in Taipei', () => {
    expect(judge(opening)).toEqual({ ok: true, way: 'opening' });
    expect(judge(opening, new Date('2026-03-02T15:59:59.999Z')).ok).toBe(true);
    const expired = { ok: false, reason: 'opening-password-expired' };
    expect(judge(opening, new Date('2026-03-02T16:00:00.000Z'))).toEqual(expired);
    expect(judge(opening, new Date('2026-03-01T15:59:59.999Z'))).toEqual(expired);
    expect(judge({ status: 'not-opened' })).toEqual(expired);
  });

  test('has neither grace nor a one-day password', () => {
    const reset = {
      ...enabledFor(today),
      status: 'not-opened',
      activatedAt: now,
      certificates: [],
    } as const;
    expect(judge(reset)).toEqual({ ok: false, reason: 'opening-password-expired' });
  });
});

test('a disabled account has no way at all', () => {
  const everything: Partial<Account> = {
    status: 'disabled',
    activatedAt: now,
    certificates: [],
    password: { set: false, history: [], openingDay: today, oneDay: { day: today, enabledAt: now } },
  };
  expect(judge(everything)).toEqual({ ok: false, reason: 'disabled' });
});

describe('the time given to register a card', () => {
  const activated = { activatedAt: now, certificates: [] };

  test('runs from activation to its last millisecond', () => {
    expect(judge(activated, hours(72, new Date(now.getTime() - 1)))).toEqual({
      ok: true,
      way: 'grace',
      until: hours(72),
    });
    expect(judge(activated, hours(72))).toEqual({ ok: false, reason: 'not-enabled-today' });
  });

  test('ends with the first card', () => {
    expect(judge({ ...activated, certificates: [sampleBinding()] })).toEqual({
      ok: false,
      reason: 'not-enabled-today',
    });
    expect(graceEnd(account({ ...activated, certificates: [sampleBinding()] }), policy)).toBeUndefined();
  });

  test('is not there without an activation', () => {
    expect(judge({ certificates: [] })).toEqual({ ok: false, reason: 'not-enabled-today' });
    expect(graceEnd(account({ certificates: [] }), policy)).toBeUndefined();
  });

  test('does not ask for another password', () => {
    expect(judge({ ...activated, ...enabledFor(today) })).toMatchObject({ way: 'grace' });
  });
});

describe('a one-day password', () => {
  test('is good on its day alone, in Taipei', () => {
    const closed = { ok: false, reason: 'not-enabled-today' };
    expect(judge(enabledFor(today))).toMatchObject({ ok: true, way: 'one-day' });
    expect(judge(enabledFor(today), new Date('2026-03-02T16:00:00.000Z'))).toEqual(closed);
    expect(judge(enabledFor('2026-03-01' as Day))).toEqual(closed);
    expect(judge(enabledFor('2026-03-03' as Day))).toEqual(closed);
    expect(judge({})).toEqual(closed);
  });

  test('is closed where a deployment switched it off', () => {
    expect(judge(enabledFor(today), now, { oneDayEnabled: false })).toEqual({
      ok: false,
      reason: 'not-enabled-today',
    });
  });

  test.each([
    ['never changed', undefined, true],
    ['changed last month', '2026-02-02T04:00:00.000Z', true],
    ['changed the evening before, in Taipei', '2026-03-01T15:59:59.999Z', true],
    ['changed today since midnight in Taipei', '2026-03-01T16:00:00.000Z', false],
  ])('a password %s (%s) must be changed: %s', (_, changedAt, mustChange) => {
    expect(judge(enabledFor(today, changedAt === undefined ? undefined : new Date(changedAt)))).toEqual({
      ok: true,
      way: 'one-day',
      mustChange,
    });
  });
});

describe('the age of a password', () => {
  const changed = (changedAt?: Date) => account(enabledFor(today, changedAt));
  const asked = (changedAt: Date | undefined, way: 'grace' | 'one-day', mustChange = false) =>
    changeAsked(
      changed(changedAt),
      way === 'grace' ? { ok: true, way, until: now } : { ok: true, way, mustChange },
      now,
      { maxAgeDays: 90 },
    );

  test('ends after its days, whatever the way in', () => {
    const end = hours(-90 * 24);
    const oneBefore = new Date(end.getTime() + 1);
    expect([asked(end, 'grace'), asked(end, 'one-day', true)]).toEqual(['expired', 'expired']);
    expect([asked(oneBefore, 'grace'), asked(oneBefore, 'one-day', true)]).toEqual([undefined, 'one-day']);
    expect([asked(undefined, 'grace'), asked(undefined, 'one-day')]).toEqual([undefined, undefined]);
  });

  test('lets it be changed unasked after its least days', () => {
    const at = { minAgeDays: 1 };
    expect(passwordChangeableFrom(changed(now), at)).toEqual(hours(24));
    expect(passwordChangeableFrom(changed(), at)).toBeUndefined();
  });
});
