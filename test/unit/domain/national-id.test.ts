import { describe, expect, test } from 'vitest';
import { parseNationalId } from '#domain/national-id.ts';

describe('a national ID is read', () => {
  test.each([
    ['a national ID', 'A123456789'],
    ['a resident certificate number of today', 'A800000014'],
    ['another one', 'A900000016'],
    ['one of another place', 'F830000009'],
    ['an old resident certificate number', 'FA12345689'],
  ])('from %s', (_, text) => {
    expect(parseNationalId(text)).toBe(text);
  });

  test.each([
    ['lower case', 'a123456789'],
    ['space around', '  A123456789\t'],
    ['full width', 'Ａ１２３４５６７８９'],
    ['full width in lower case with an ideographic space', '　ａ１２３４５６７８９　'],
  ])('typed in %s', (_, text) => {
    expect(parseNationalId(text)).toBe('A123456789');
  });

  test.each([
    ['a wrong check digit', 'A123456788'],
    ['a resident certificate number with a wrong check digit', 'A800000015'],
    ['an old one with a wrong check digit', 'FA12345688'],
    ['two digits exchanged', 'A132456789'],
    ['the letter of another place', 'B123456789'],
    ['sexes that there are not', 'A323456789'],
    ['a second letter beyond D', 'AE12345678'],
    ['a digit in front', '1123456789'],
    ['too few', 'A12345678'],
    ['too many', 'A1234567890'],
    ['a space within', 'A1234 56789'],
    ['a line behind', 'A123456789\nA123456789'],
    ['NUL behind', 'A123456789\0'],
    ['Arabic digits', 'A١٢٣٤٥٦٧٨٩'],
    ['an LDAP wildcard', 'A*'],
    ['nothing', ''],
    ['64 kB', 'A123456789'.padEnd(65_536)],
  ])('not from %s', (_, text) => {
    expect(parseNationalId(text)).toBeUndefined();
  });

  test('with every letter, by its own value', () => {
    // The one check digit that each letter gives over 10000000: what the public tables of letters say.
    const digits = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ', (letter) =>
      Array.from({ length: 10 }, (_, digit) => digit).filter((digit) =>
        parseNationalId(`${letter}10000000${digit}`),
      ),
    );
    expect(digits.map((found) => found.length)).toEqual(Array(26).fill(1));
    expect(digits.flat().join('')).toBe(expectedCheckDigits());
  });
});

/** Letter values of the Ministry of the Interior, one by one: I, O, W and Z stand out of order. */
function expectedCheckDigits(): string {
  const values = {
    A: 10,
    B: 11,
    C: 12,
    D: 13,
    E: 14,
    F: 15,
    G: 16,
    H: 17,
    I: 34,
    J: 18,
    K: 19,
    L: 20,
    M: 21,
    N: 22,
    O: 35,
    P: 23,
    Q: 24,
    R: 25,
    S: 26,
    T: 27,
    U: 28,
    V: 29,
    W: 32,
    X: 30,
    Y: 31,
    Z: 33,
  };
  return Object.values(values)
    .map((value) => (10 - ((Math.floor(value / 10) + (value % 10) * 9 + 8) % 10)) % 10)
    .join('');
}
