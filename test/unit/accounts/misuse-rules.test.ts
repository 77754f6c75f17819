import { describe, expect, test } from 'vitest';
import { isReportable, misuseConsequences, showsPasswordKnown } from '#accounts/misuse-rules.ts';
import type { Account } from '#domain/account.ts';
import type { AccountTrailEntry } from '#domain/account-trail.ts';
import { parseDay, type Day } from '#domain/calendar.ts';
import { trailActions } from '#pages/trail-words.ts';

const at = new Date('2026-11-26T01:00:00Z');
const dayOf = (text: string): Day => {
  const day = parseDay(text);
  if (!day) throw new Error('no day');
  return day;
};
const today = dayOf('2026-11-26');
const entry = (fields: Partial<AccountTrailEntry> = {}): AccountTrailEntry => ({
  sequence: 1,
  id: 'entry',
  time: at,
  action: 'login.attempt',
  outcome: 'done',
  actor: 'anonymous',
  evidence: { method: 'one-day-password' },
  ...fields,
});
const password = (more: Partial<Account['password']> = {}) => ({
  password: { set: true, history: [], ...more },
});
const policy = { closesPassword: true };

describe('what can be reported', () => {
  test('acts of whoever was the person, never a manager’s, the program’s or a report itself', () => {
    const by = (actor: string) =>
      trailActions().filter((action) => isReportable(entry({ action, actor }), 'me'));
    expect(by('anonymous')).toContain('login.attempt');
    expect(by('person:me')).toEqual(by('anonymous'));
    for (const actor of ['person:manager', 'client:api', 'system:command']) expect(by(actor)).toEqual([]);
    for (const action of ['account.report-misuse', 'session.end', 'account.set-roles', 'password.reset'])
      expect(by('person:me')).not.toContain(action);
  });
});

describe('whether somebody knew the password', () => {
  test.each([
    [{}, true],
    [{ evidence: { method: 'opening-password' } }, true],
    [{ outcome: 'refused', reason: 'wrong-code' }, true],
    [{ outcome: 'refused', reason: 'no-code' }, true],
    [{ outcome: 'refused', reason: 'code-tries-used-up' }, true],
    [{ outcome: 'refused', reason: 'not-enabled-today' }, true],
    [{ outcome: 'refused', reason: 'wrong-password' }, false],
    [{ outcome: 'refused', reason: 'locked' }, false],
    [{ outcome: 'failed', reason: 'directory-unavailable' }, false],
    [{ evidence: { method: 'certificate' } }, false],
    [{ outcome: 'refused', reason: 'disabled', evidence: { method: 'certificate' } }, false],
    [{ action: 'login-code.send', evidence: {} }, true],
    [{ action: 'login-code.send', evidence: {}, outcome: 'refused', reason: 'sent-recently' }, true],
    [{ action: 'login-code.send', evidence: {}, outcome: 'refused', reason: 'wrong-password' }, false],
    [{ action: 'password.change', evidence: {} }, true],
    [{ action: 'password.change', evidence: {}, outcome: 'refused', reason: 'wrong-password' }, false],
    [{ action: 'account.activate', evidence: {} }, true],
    [{ action: 'certificate.register', evidence: {} }, false],
  ])('%o: %s', (fields, known) => expect(showsPasswordKnown(entry(fields))).toBe(known));
});

describe('what follows', () => {
  test('the password closes, unless the setting says no, there is none, or it was changed since', () => {
    const closes = (...args: [AccountTrailEntry, ReturnType<typeof password>, typeof policy]) =>
      misuseConsequences(args[0], args[1], today, args[2]).closesPassword;
    expect(closes(entry(), password(), policy)).toBe(true);
    expect(closes(entry(), password({ changedAt: at }), policy)).toBe(true);
    expect(closes(entry(), password({ changedAt: new Date(at.getTime() + 1) }), policy)).toBe(false);
    expect(closes(entry(), password({ set: false }), policy)).toBe(false);
    expect(closes(entry(), password(), { closesPassword: false })).toBe(false);
    // The change itself: written after the intent that the entry may stand for.
    const change = entry({ action: 'password.change' });
    expect(closes(change, password({ changedAt: new Date(at.getTime() + 1) }), policy)).toBe(true);
  });

  test('a one-day password of today is taken back, whatever the entry', () => {
    const withdraws = (day: string) =>
      misuseConsequences(
        entry({ evidence: { method: 'certificate' } }),
        password({ oneDay: { day: dayOf(day), enabledAt: at } }),
        today,
        policy,
      ).withdrawsOneDayPassword;
    expect(withdraws('2026-11-26')).toBe(true);
    expect(withdraws('2026-11-25')).toBe(false);
  });
});
