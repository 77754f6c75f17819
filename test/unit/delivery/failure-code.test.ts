import { expect, test } from 'vitest';
import { HufuError } from '#domain/errors.ts';
import { failureCode } from '#src/delivery/failure-code.ts';

test.each([
  [Object.assign(new Error('connect 10.0.0.1'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
  [Object.assign(new Error('x'), { code: 'a code with spaces and wang@example.gov.tw' }), 'Error'],
  [new TypeError('x'), 'TypeError'],
  [new HufuError('store-unavailable'), 'store-unavailable'],
  [new HufuError('internal', { facts: { code: 'smtp-550' } }), 'smtp-550'],
  ['wang@example.gov.tw', 'failed'],
])('%o is %s', (error, code) => {
  expect(failureCode(error)).toBe(code);
});
