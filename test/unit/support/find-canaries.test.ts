import { expect, test } from 'vitest';
import { findCanaries } from '#test/support/hub/find-canaries.ts';

const canaries = new Set(['A123456789', 'A123450000', '123456', 'abc', 'person1@example.test', '密碼密碼']);
const found = (text: string) => findCanaries(canaries, Buffer.from(text)).toSorted();

test.each([
  ['', []],
  ['nothing of it, A12_345678 cut up, person1@example.tes', []],
  ['A123456789', ['123456', 'A123456789']],
  ['xxA123450000', ['A123450000']],
  ['…"mail":"person1@example.test"', ['person1@example.test']],
  ['xabcx', ['abc']],
  ['密密碼密碼', ['密碼密碼']],
  ['a123456', ['123456']],
])('%j', (text, expected) => {
  expect(found(text)).toEqual(expected);
});

test('what is searched for one by one is found in one pass, too', () => {
  const values = new Set(Array.from({ length: 500 }, (_, n) => `A1${String(n * 7919).padStart(8, '0')}`));
  const some = [...values].filter((_, n) => n % 97 === 0);
  const text = some.map((value) => `{"who":"${value}","time":1}\n`).join('{"msg":"A1000 nothing"}\n');
  expect(findCanaries(values, Buffer.from(text)).toSorted()).toEqual(some.toSorted());
});
