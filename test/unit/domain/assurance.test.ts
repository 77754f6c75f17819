import { expect, test } from 'vitest';
import { assuranceOf, loginMethods, meets, strongestLevel, type LoginMethod } from '#domain/assurance.ts';

test('an opening login meets nothing; only level 3 meets a certificate', () => {
  const table = ([1, 2, 3] as const).map((level) => [
    meets(level, 'second-factor'),
    meets(level, 'certificate'),
  ]);
  expect(table).toEqual([
    [false, false],
    [true, false],
    [true, true],
  ]);
});

test('every method meets what its level says', () => {
  for (const [method, row] of Object.entries(loginMethods)) {
    const strongest = meets(row.level, 'certificate')
      ? 'certificate'
      : meets(row.level, 'second-factor')
        ? 'second-factor'
        : 'nothing';
    expect(row.meets, method).toBe(strongest);
  }
});

test('the strongest level is that of the ways there are, not of those that could be', () => {
  expect(strongestLevel([])).toBe(1);
  expect(strongestLevel(['opening-password', 'one-day-password'])).toBe(2);
  expect(strongestLevel(['one-day-password', 'certificate'])).toBe(3);
});

test('a card is called what it is: a smart card with its PIN', () => {
  expect(assuranceOf('certificate')).toEqual({ level: 3, amr: ['sc', 'pin', 'mfa'] });
});

test('a certificate in TLS proves a key: not where it is, nor that a PIN was typed', () => {
  expect(assuranceOf('certificate-tls')).toEqual({ level: 3, amr: ['pop'] });
});

test('a mailed code is not called multi-factor', () => {
  expect(assuranceOf('one-day-password')).toEqual({ level: 2, amr: ['pwd', 'otp'] });
  expect(assuranceOf('opening-password' satisfies LoginMethod)).toEqual({ level: 1, amr: ['pwd'] });
});
