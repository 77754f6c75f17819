import { describe, expect, test } from 'vitest';
import { isStrictlyUnder, isUnder, parseOid, type Oid } from '#domain/oid.ts';

const oid = (text: string): Oid => {
  const parsed = parseOid(text);
  if (!parsed) throw new Error(`not an OID: ${text}`);
  return parsed;
};

describe('an OID is read', () => {
  test.each(['0.0', '1.39', '2.16.886.101', '2.16.886.101.90027.20002.20011', '2.0', '2.999.1'])(
    'from %s',
    (text) => {
      expect(parseOid(text)).toBe(text);
    },
  );

  test.each([
    ['nothing', ''],
    ['one arc', '2'],
    ['a first arc that there is not', '3.1'],
    ['a second arc beyond 39 under 0 and 1', '1.40'],
    ['a leading zero', '2.16.0886'],
    ['a leading zero in front', '01.2.3.4'],
    ['a dot behind', '1.2.3.4.'],
    ['a dot in front', '.1.2.3'],
    ['two dots', '1.2..3'],
    ['a space', ' 1.2.3'],
    ['a line end', '1.2.3\n'],
    ['full-width digits', '1.2.３'],
    ['Arabic digits', '1.2.٣'],
    ['a sign', '1.2.-3'],
    ['an LDAP wildcard', '1.2.*'],
    ['NUL', '1.2.3\0'],
  ])('not from %s', (_, text) => {
    expect(parseOid(text)).toBeUndefined();
  });

  test('up to 128 characters', () => {
    const long = `2.16${'.1'.repeat(62)}`;
    expect(long).toHaveLength(128);
    expect(parseOid(long)).toBe(long);
    expect(parseOid(`${long}1`)).toBeUndefined();
  });
});

describe('under an OID', () => {
  const root = oid('1.2.3.4');

  test.each([
    ['1.2.3.4', true, false],
    ['1.2.3.4.5', true, true],
    ['1.2.3.4.40.1', true, true],
    ['1.2.3.40', false, false],
    ['1.2.3', false, false],
    ['1.2.3.5', false, false],
    ['0.1.2.3.4', false, false],
  ])('%s lies under 1.2.3.4: %s, strictly: %s', (text, under, strictly) => {
    expect(isUnder(oid(text), root)).toBe(under);
    expect(isStrictlyUnder(oid(text), root)).toBe(strictly);
  });
});
