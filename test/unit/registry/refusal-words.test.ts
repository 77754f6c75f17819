import { expect, test } from 'vitest';
import { refusalError } from '#registry/refusal-words.ts';

test.each([
  ['unit', 'unit'],
  ['agency', ''],
  // What a form names is data, also when objects have something of that name.
  ['constructor', ''],
  ['__proto__', ''],
])('a refusal about %j is told at the field %j', (about, field) => {
  expect(refusalError({ why: 'outside-jurisdiction', about }, { unit: 'unit' }).field).toBe(field);
});

test('one about nothing is told above the form', () => {
  expect(refusalError({ why: 'own-account' }, { unit: 'unit' })).toMatchObject({
    field: '',
    code: 'own-account',
  });
});
