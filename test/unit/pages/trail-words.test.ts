import { expect, test } from 'vitest';
import type { AccountTrailEntry } from '#domain/account-trail.ts';
import { trailActions, trailKindOf, trailKinds, trailWords } from '#pages/trail-words.ts';

const entry = (fields: Partial<AccountTrailEntry>): AccountTrailEntry => ({
  sequence: 1,
  id: 'entry',
  time: new Date('2026-11-26T01:00:00Z'),
  action: 'login.attempt',
  outcome: 'done',
  actor: 'anonymous',
  evidence: {},
  ...fields,
});

test('every action belongs to one kind, and every kind has some', () => {
  for (const kind of trailKinds)
    expect(trailActions(kind).every((one) => trailKindOf(one) === kind)).toBe(true);
  expect(trailKinds.flatMap((kind) => trailActions(kind)).toSorted()).toEqual(trailActions().toSorted());
});

test('a good login tells its method and strength, a refused one its reason and no strength', () => {
  expect(trailWords(entry({ evidence: { method: 'certificate', amr: 'sc pin mfa' } }))).toEqual({
    action: 'trail.action.login.attempt',
    outcome: 'done',
    facts: [
      { label: 'trail.fact.method', words: ['trail.method.certificate'] },
      { label: 'trail.fact.strength', words: ['trail.strength.3'] },
    ],
  });
  const refused = { outcome: 'refused', reason: 'wrong-password', evidence: { method: 'one-day-password' } };
  expect(trailWords(entry(refused))).toEqual({
    action: 'trail.action.login.attempt',
    outcome: 'refused',
    reason: 'trail.reason.wrong-password',
    facts: [{ label: 'trail.fact.method', words: ['trail.method.one-day-password'] }],
  });
});

test('a change by a manager tells what changed, on which form and why', () => {
  const evidence = { 'before.roles': 'csm_user', reason: '離職', revision: '4', fields: 'phone constructor' };
  const words = trailWords(entry({ action: 'account.set-roles', form: '府人字第 1 號', evidence }));
  expect(words?.facts).toEqual([
    { label: 'trail.fact.roles', before: 'csm_user', after: undefined },
    { label: 'trail.fact.fields', words: ['trail.field.phone'] },
    { label: 'trail.fact.form', value: '府人字第 1 號' },
    { label: 'trail.fact.why', value: '離職' },
  ]);
});

test('what has no words says so, or is not shown at all', () => {
  expect(trailWords(entry({ outcome: 'refused', reason: 'weak-algorithm' }))?.reason).toBe(
    'trail.reason.other',
  );
  expect(trailWords(entry({ outcome: 'odd' }))?.outcome).toBe('unknown');
  expect(trailWords(entry({ evidence: { method: 'toString' } }))?.facts).toEqual([]);
  expect(trailWords(entry({ action: 'audit.search' }))).toBeUndefined();
  expect(trailWords(entry({ action: 'constructor' }))).toBeUndefined();
});
