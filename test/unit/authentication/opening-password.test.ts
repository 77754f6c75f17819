import { expect, test } from 'vitest';
import { equalSecret, openingPassword, personalFactsOf } from '#authentication/opening-password.ts';
import { sealingContext } from '#domain/sealing.ts';
import { sampleAccount, sampleId } from '#test/support/memory/accounts.ts';
import { testSealing } from '#test/support/test-sealing.ts';

test('prefix, month and day of birth, last four digits', () => {
  expect(openingPassword('MmDd', 'A123455678', '0215')).toBe('MmDd02155678');
  expect(openingPassword('Md', 'A800000014', '0101')).toBe('Md01010014');
});

test('the facts of an account are opened for that account alone', () => {
  const id = sampleId('a');
  const seal = (purpose: 'national-id' | 'birthday', plain: string, owner: string = id) =>
    testSealing.seal(plain, sealingContext(purpose, owner));
  const account = sampleAccount({
    id,
    nationalId: seal('national-id', 'A123456789'),
    birthday: seal('birthday', '0215'),
  });
  expect(personalFactsOf(account, testSealing, 'MmDd')).toEqual({
    nationalId: 'A123456789',
    birthday: '0215',
    name: account.name,
    openingPassword: 'MmDd02156789',
    email: account.contact.email,
  });
  const moved = { ...account, birthday: seal('birthday', '0215', sampleId('b')) };
  expect(() => personalFactsOf(moved, testSealing, 'MmDd')).toThrow();
  const exchanged = { ...account, nationalId: account.birthday };
  expect(() => personalFactsOf(exchanged, testSealing, 'MmDd')).toThrow();
});

test('secrets are equal when every character is', () => {
  expect(equalSecret('MmDd02156789', 'MmDd02156789')).toBe(true);
  for (const typed of ['', 'MmDd0215678', 'MmDd021567890', 'mmdd02156789', 'MmDd02156788', '字'.repeat(12)]) {
    expect(equalSecret(typed, 'MmDd02156789'), typed).toBe(false);
  }
});
