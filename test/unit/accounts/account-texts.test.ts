import { expect, test } from 'vitest';
import {
  accountTextFields,
  judgeAccountTexts,
  judgeChangedTexts,
  type AccountTexts,
} from '#accounts/account-texts.ts';

const none = Object.fromEntries(accountTextFields.map((field) => [field, ''])) as AccountTexts;
const whole = {
  ...none,
  name: '王小明',
  nationalId: 'a123456789',
  birthday: '0215',
  email: 'wang@example.test',
};

const faultsOf = (verdict: ReturnType<typeof judgeAccountTexts | typeof judgeChangedTexts>) =>
  verdict.ok ? [] : verdict.faults.map(({ field, fault }) => `${field} ${fault}`);

test('texts become the account in its stored form, empty ones are left out', () => {
  expect(judgeAccountTexts({ ...whole, phone: '０２-23212200' })).toEqual({
    ok: true,
    account: {
      name: '王小明',
      nationalId: 'A123456789',
      birthday: '0215',
      contact: { email: 'wang@example.test', phone: '02-23212200' },
    },
  });
});

test.each([
  [{}, ['name missing', 'nationalId missing', 'birthday missing', 'email missing']],
  [{ ...whole, nationalId: 'A123456788' }, ['nationalId checksum']],
  [{ ...whole, nationalId: 'A12' }, ['nationalId format']],
  [{ ...whole, birthday: '0230' }, ['birthday format']],
  [{ ...whole, email: 'wang' }, ['email format']],
  [{ ...whole, name: 'a\u202Eb' }, ['name malformed']],
  [{ ...whole, phone: 'x', title: 'y'.repeat(61) }, ['title malformed', 'phone format']],
])('%j is refused field by field', (texts, faults) => {
  expect(faultsOf(judgeAccountTexts({ ...none, ...texts }))).toEqual(faults);
});

test('in a change, number and birthday left empty stay, and an address can be replaced but not removed', () => {
  const kept = { ...whole, nationalId: '', birthday: '' };
  expect(judgeChangedTexts(kept, { email: 'old@example.test' }).ok).toBe(true);
  expect(faultsOf(judgeChangedTexts({ ...kept, email: '' }, { email: 'old@example.test' }))).toEqual([
    'email missing',
  ]);
  expect(judgeChangedTexts({ ...kept, email: '' }, {}).ok).toBe(true);
  expect(faultsOf(judgeChangedTexts({ ...kept, nationalId: 'A123456788' }, {}))).toEqual([
    'nationalId checksum',
  ]);
});

test('a value that stands so already is not judged anew', () => {
  const texts = { ...whole, phone: 'ask at the desk' };
  expect(judgeChangedTexts(texts, { phone: 'ask at the desk' }).ok).toBe(true);
});
