import { expect, test } from 'vitest';
import { judgeWarrant } from '#accounts/warrant.ts';

test('a warrant is trimmed and composed', () => {
  expect(judgeWarrant({ form: ' D-06-09-1 ', reason: 'e\u0301' })).toEqual({
    ok: true,
    warrant: { form: 'D-06-09-1', reason: 'é' },
  });
});

test.each([
  [{ form: '', reason: ' ' }, ['form missing', 'reason missing']],
  [{ form: 'x'.repeat(61), reason: 'r' }, ['form malformed']],
  [{ form: 'f', reason: '號'.repeat(201) }, ['reason malformed']],
  [{ form: 'a\nb', reason: 'a\u202Eb' }, ['form malformed', 'reason malformed']],
])('%j is refused', (typed, faults) => {
  const verdict = judgeWarrant(typed);
  expect(verdict.ok ? [] : verdict.faults.map(({ field, fault }) => `${field} ${fault}`)).toEqual(faults);
});
