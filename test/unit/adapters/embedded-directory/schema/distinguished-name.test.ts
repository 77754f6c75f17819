import { describe, expect, test } from 'vitest';
import {
  escapeNameValue,
  parseDistinguishedName,
} from '#adapters/embedded-directory/schema/distinguished-name.ts';
import { ancestorsOf, isBelow } from '#adapters/embedded-directory/schema/naming.ts';
import { createSchema } from '#adapters/embedded-directory/schema/schema.ts';

const { naming } = createSchema('');
const values = (text: string) =>
  parseDistinguishedName(text)?.map((name) => name.map(({ type, value }) => [type, value.toString()]));

describe('distinguished names as text (RFC 4514)', () => {
  test.each([
    ['', []],
    ['cn=a,dc=b', [[['cn', 'a']], [['dc', 'b']]]],
    [' cn = a , dc = b ', [[['cn', 'a']], [['dc', 'b']]]],
    [
      'cn=a+sn=b,dc=c',
      [
        [
          ['cn', 'a'],
          ['sn', 'b'],
        ],
        [['dc', 'c']],
      ],
    ],
    ['2.5.4.3=a', [[['2.5.4.3', 'a']]]],
    ['cn=a\\,b\\+c\\"\\\\\\<\\>\\;\\=\\#', [[['cn', 'a,b+c"\\<>;=#']]]],
    ['cn=\\20a\\ ', [[['cn', ' a ']]]],
    ['cn=\\E7\\8e\\8B', [[['cn', '王']]]],
    ['cn=王小明', [[['cn', '王小明']]]],
    ['cn=𠮷野', [[['cn', '𠮷野']]]],
    ['cn=a=b', [[['cn', 'a=b']]]],
    ['cn=#0402c3a4', [[['cn', 'ä']]]],
  ])('reads %j', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  test.each([
    'cn',
    '=a',
    'cn=',
    'cn=a,',
    ',cn=a',
    'cn=a,,dc=b',
    'cn=a+',
    'cn=a;dc=b',
    'cn="a"',
    'cn=<a',
    'cn=a\\',
    'cn=a\\zz',
    'cn=#04',
    'cn=#zz',
    '1cn=a',
    'c n=a',
    'cn=a\0b',
  ])('refuses %j', (text) => {
    expect(parseDistinguishedName(text)).toBeUndefined();
  });

  test.each(['a', ' a ', '#a', 'a#', 'a,b+c"d\\e<f>g;h', '王小明', ' ', 'a\0b', 'a\nb'])(
    '%j comes back from its escaped form',
    (value) => {
      expect(values(`cn=${escapeNameValue(Buffer.from(value))}`)).toEqual([[['cn', value]]]);
    },
  );

  test('octets that are no text come back too', () => {
    const octets = Buffer.from('fffe00', 'hex');
    expect(parseDistinguishedName(`cn=${escapeNameValue(octets)}`)?.[0]?.[0]?.value).toEqual(octets);
  });
});

describe('names in the schema', () => {
  const key = (text: string) => naming.parse(text)?.key;

  test.each([
    ['CN=A,DC=B', 'cn=a,dc=b'],
    ['commonName=a,dc=b', 'cn=a,dc=b'],
    ['2.5.4.3=a,dc=b', 'cn=a,dc=b'],
    ['cn=a  b,dc=c', 'cn= A B ,dc=c'],
    ['sn=b+cn=a', 'cn=a+sn=b'],
    ['cn=Ａ', 'cn=a'],
    ['cn=a\\2Cb', 'cn=a\\,b'],
  ])('%j and %j are one name', (left, right) => {
    expect(key(left)).toBe(key(right));
    expect(key(left)).toBeDefined();
  });

  test.each([
    ['cn=a,dc=b', 'cn=a\\,dc\\=b'],
    ['cn=a+sn=b', 'cn=a\\+sn\\=b'],
    ['cn=a,cn=b', 'cn=b,cn=a'],
    ['cn=a', 'sn=a'],
  ])('%j and %j are two', (left, right) => {
    expect(key(left)).not.toBe(key(right));
  });

  test('an attribute that is unknown names nothing', () => {
    expect(naming.parse('nonesuch=a')).toBeUndefined();
  });

  test('below is by whole components', () => {
    const root = key('dc=hufu') ?? '';
    expect(isBelow(key('cn=a,dc=hufu') ?? '', root)).toBe(true);
    expect(isBelow(root, root)).toBe(false);
    expect(isBelow(key('cn=a,dc=hufu2') ?? '', root)).toBe(false);
    expect(ancestorsOf(key('cn=a,ou=b,dc=c') ?? '')).toEqual([key('ou=b,dc=c'), key('dc=c')]);
  });
});
