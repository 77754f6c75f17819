import { describe, expect, test } from 'vitest';
import {
  checkPasswordRules,
  normalizePassword,
  type PasswordPolicy,
} from '#authentication/password-rules.ts';

const policy: PasswordPolicy = {
  minLength: 12,
  maxLength: 128,
  requireSpecial: false,
  history: 3,
  minAgeDays: 1,
  maxAgeDays: 90,
};
const facts = {
  nationalId: 'A123456789',
  birthday: '0215',
  name: '王小明',
  openingPassword: 'MmDd02156789',
  email: 'ming.wang@example.gov.tw',
};

const broken = (password: string, changes: Partial<typeof facts> = {}, rules: Partial<PasswordPolicy> = {}) =>
  checkPasswordRules(password, { ...facts, ...changes }, { ...policy, ...rules });

describe('may be used', () => {
  test.each([
    'Correct-horse-7-battery',
    'Correct horse 7 battery',
    'correctHorse7battery',
    'Ünïcödé-ßtraße-77',
    '紅Red馬Horse七7電池電池',
    '🐴Correct7horse🐴',
    `Aa7${'x-y'.repeat(41)}zz`,
  ])('%s', (password) => {
    expect(broken(password)).toEqual([]);
  });
});

describe('one rule is broken', () => {
  test.each([
    ['Short-horse7', [], 'twelve are enough'],
    ['Shrt-horse7', ['length'], 'eleven'],
    ['😀Ab7-😀😀😀😀😀😀', ['length'], 'eleven signs, although more than twelve units of UTF-16'],
    [`Aa7-${'xy'.repeat(62)}`, [], '128'],
    [`Aa7-${'xy'.repeat(62)}z`, ['maximum'], '129'],
    ['correct-horse-7-battery', ['upper'], 'lower case alone'],
    ['CORRECT-HORSE-7-BATTERY', ['lower'], 'upper case alone'],
    ['Correct-horse-x-battery', ['digit'], 'no digit'],
    ['Correct-horse-7\tbattery', ['printable'], 'a tab'],
    ['Correct-horse-7\0battery', ['printable'], 'NUL'],
    ['Correct-horse-7\u0085battery', ['printable'], 'a control character of Latin-1'],
    ['Correct-horse-7\u2028battery', ['printable'], 'a line separator'],
    ['Correct-horse-7\uD800battery', ['printable'], 'half a character'],
  ])('%j: %j (%s)', (password, rules) => {
    expect(broken(password)).toEqual(rules);
  });

  test('a special character, where asked for', () => {
    expect(broken('correctHorse7battery', {}, { requireSpecial: true })).toEqual(['special']);
    expect(broken('correct Horse7battery', {}, { requireSpecial: true })).toEqual([]);
  });
});

test('nothing breaks every rule that it can', () => {
  expect(broken('')).toEqual(['length', 'upper', 'lower', 'digit']);
});

describe('made of what everybody can find out', () => {
  test.each([
    ['the national ID', 'Horse-A123456789-x'],
    ['the national ID in lower case', 'Horse-a123456789-x'],
    ['its digits', 'Horse-123456789-x'],
    ['its digits in full width', 'Horse-１２３４５６７８９-x'],
    ['its digits in superscript', 'Horse-¹²³⁴⁵⁶⁷⁸⁹7-x'],
    ['its digits with signs between', 'Horse-12-34-56-78-9-x'],
    ['the opening password', 'MmDd02156789-Horse'],
    ['the birthday', 'Correct-horse-0215'],
    ['the birthday with a sign between', 'Correct-horse-02/15'],
    ['the birthday in full width', 'Correct-horse-０２１５'],
    ['the name', 'Correct-7-王小明-horse'],
    ['the name with something invisible in it', 'Correct-7-王\u200b小\u200b明-horse'],
    ['the name with spaces', 'Correct-7-王 小 明-horse'],
    ['the name of the mailbox', 'Correct7-Ming.Wang'],
    ['the name of the mailbox without its dot', 'Correct7-mingwang-x'],
  ])('%s', (_, password) => {
    expect(broken(password)).toEqual(['not-personal']);
  });

  test('a name in Latin letters, in any case and with or without its signs', () => {
    for (const password of ['Wang Xiao-Ming-77', 'wangXIAOMING-77x']) {
      expect(broken(password, { name: 'Wang Xiao-Ming' })).toEqual(['not-personal']);
    }
    expect(broken('Correct-ann-77-horse', { name: 'Ann' })).toEqual(['not-personal']);
  });

  test('a name of a Chinese character or two counts', () => {
    expect(broken('Correct-7-王明-horse', { name: '王明' })).toEqual(['not-personal']);
    expect(broken('Correct-7-王-horse-x', { name: '王' })).toEqual(['not-personal']);
  });

  test('what occurs in any password by chance does not', () => {
    expect(broken('Correct-horse-7-battery', { name: 'A' })).toEqual([]);
    expect(broken('Correct-horse-7-battery', { name: 'Bo' })).toEqual([]);
    expect(broken('Correct-horse-7-battery', { name: '－' })).toEqual([]);
    expect(broken('Correct-horse-7-battery', { email: 'hor@example.tw' })).toEqual([]);
  });

  test('without an address there is nothing of it to find', () => {
    const { email: _email, ...rest } = facts;
    expect(checkPasswordRules('Correct-horse-7-battery', rest, policy)).toEqual([]);
  });
});

describe('a common one', () => {
  test.each([
    ['listed', 'password'],
    ['listed, in other letters', 'PassWord'],
    ['with digits behind', 'Password123456'],
    ['with signs around', '!!!Password2026!!!'],
    ['in full width', 'Ｐａｓｓｗｏｒｄ１２３４５'],
    ['with something invisible in it', 'Pass\u200bword12345\u200b'],
    ['one letter again and again', 'Aaaaaaaaaaaa1'],
  ])('%s', (_, password) => {
    expect(broken(password)).toContain('not-common');
  });

  test('a listed word is no harm inside a longer one', () => {
    expect(broken('Correct-password-horse-7')).toEqual([]);
  });
});

test('NFC: one way to write a sign, whatever keyboard it came from', () => {
  expect(normalizePassword('cafe\u0301')).toBe('caf\u00e9');
  expect(normalizePassword('ｐａｓｓ１')).toBe('ｐａｓｓ１');
  expect([...normalizePassword('e\u0301'.repeat(6))]).toHaveLength(6);
});

test('a megabyte is judged in one go', () => {
  for (const hostile of ['1'.repeat(1e6), `a${'1'.repeat(1e6)}b1`, 'aB1'.repeat(300_000)]) {
    expect(broken(hostile)).toContain('maximum');
  }
});
