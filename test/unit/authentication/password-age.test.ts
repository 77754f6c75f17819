import { expect, test } from 'vitest';
import { changeAsked, passwordChangeableFrom, passwordEnd } from '#authentication/password-login-rules.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';

const changedAt = new Date('2026-03-02T04:00:00.000Z');
const days = (count: number) => new Date(changedAt.getTime() + count * 24 * 3_600_000);
const account = sampleAccount({ password: { ...sampleAccount().password, changedAt } });
const policy = { maxAgeDays: 90 };
const grace = { ok: true, way: 'grace', until: days(365) } as const;

test('a password ends after its term, to the millisecond, and cannot be changed before its age', () => {
  expect(passwordEnd(account, policy)).toEqual(days(90));
  expect(passwordChangeableFrom(account, { minAgeDays: 1 })).toEqual(days(1));
  expect(passwordEnd(sampleAccount(), policy)).toBeUndefined();
});

test('past its term every accepted login asks for another', () => {
  expect(changeAsked(account, grace, new Date(days(90).getTime() - 1), policy)).toBeUndefined();
  expect(changeAsked(account, grace, days(90), policy)).toBe('expired');
  expect(changeAsked(account, { ok: true, way: 'one-day', mustChange: true }, days(90), policy)).toBe(
    'expired',
  );
});

test('before it, the first login of an enabled day does', () => {
  expect(changeAsked(account, { ok: true, way: 'one-day', mustChange: true }, days(1), policy)).toBe(
    'one-day',
  );
  expect(
    changeAsked(account, { ok: true, way: 'one-day', mustChange: false }, days(1), policy),
  ).toBeUndefined();
});
