import { expect, test } from 'vitest';
import type { Account } from '#domain/account.ts';
import { dayOf, type Day } from '#domain/calendar.ts';
import { toDoOf } from '#portal/home/to-do.ts';
import { sampleBinding } from '#test/support/certificate-bindings.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';

const now = new Date('2026-03-02T04:00:00.000Z');
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const policy = { graceHours: 72, maxAgeDays: 90, certificateWarnDays: 60, registerHref: '/register' };
const toDo = (changes: Partial<Account>) => toDoOf(sampleAccount(changes), now, policy);
const oneDay = (day: Day): Partial<Account> => ({
  password: { ...sampleAccount().password, oneDay: { day, enabledAt: now } },
});
const card = { id: 'register-card', href: '/register' };
const changedAt = (time: Date): Partial<Account> => ({
  certificates: [sampleBinding()],
  password: { ...sampleAccount().password, changedAt: time },
});

test('with a card and nothing enabled there is nothing to do', () => {
  expect(toDo({ certificates: [sampleBinding()], activatedAt: now })).toEqual([]);
});

test('without a card it is to be registered, and in time', () => {
  expect(toDo({ activatedAt: now })).toEqual([card, { id: 'password-window', until: '2026-03-05 12:00' }]);
  expect(toDo({ activatedAt: hours(-72) })).toEqual([card]);
});

test('a one-day password is good today, where the time to register a card is over', () => {
  const today = dayOf(now);
  expect(toDo({ ...oneDay(today), certificates: [sampleBinding()] })).toEqual([{ id: 'password-today' }]);
  expect(toDo({ ...oneDay(today), activatedAt: hours(-72) })).toEqual([card, { id: 'password-today' }]);
  expect(toDo({ ...oneDay(today), activatedAt: now }).map(({ id }) => id)).not.toContain('password-today');
  expect(toDo({ ...oneDay('2026-03-01' as Day), certificates: [sampleBinding()] })).toEqual([]);
});

test('a password is warned of in its last fourteen days, and once its term is over', () => {
  const days = (count: number) => hours(count * 24);
  const ids = (time: Date) => toDo(changedAt(time)).map(({ id }) => id);
  expect(ids(new Date(days(-76).getTime() + 1))).toEqual([]);
  expect(ids(days(-76))).toEqual(['password-expiring']);
  expect(ids(new Date(days(-90).getTime() + 1))).toEqual(['password-expiring']);
  expect(ids(days(-90))).toEqual(['password-expired']);
});

test('where there are no certificate logins the card is registered nowhere', () => {
  const { registerHref: _, ...without } = policy;
  expect(toDoOf(sampleAccount({ activatedAt: hours(-72) }), now, without)).toEqual([{ id: 'register-card' }]);
});

test('a certificate is warned of from sixty days before its end, and after it', () => {
  const until = (days: number, ms = 0) => ({
    certificates: [sampleBinding(), sampleBinding({ notAfter: new Date(hours(24 * days).getTime() + ms) })],
  });
  expect(toDo(until(61))).toEqual([]);
  expect(toDo(until(61, -1))).toEqual([
    { id: 'certificate-ending', until: '2026-05-02 11:59', href: '/register' },
  ]);
  expect(toDo(until(0))).toMatchObject([{ id: 'certificate-ending' }]);
  expect(toDo(until(0, -1))).toMatchObject([{ id: 'certificate-expired' }]);
});
