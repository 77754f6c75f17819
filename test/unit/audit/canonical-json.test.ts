import { expect, test } from 'vitest';
import { canonicalJson, type CanonicalValue } from '#audit/canonical-json.ts';

test('members are sorted by UTF-16 code units at every depth, without white space', () => {
  // RFC 8785, section 3.2.3: the order of these names.
  const value = {
    '\u20ac': 'Euro',
    '\r': 'CR',
    '\ufb33': 'Dalet',
    '1': 'One',
    '\ud83d\ude00': 'Smile',
    '\u0080': 'Ctl',
    '\u00f6': 'o',
  };
  const names = Object.keys(JSON.parse(canonicalJson(value)) as object).filter((name) => name !== '1');
  expect(names).toEqual(['\r', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']);
  expect(canonicalJson({ b: { d: 1, c: 'x' }, a: -3 })).toBe('{"a":-3,"b":{"c":"x","d":1}}');
});

test('strings are escaped as RFC 8785, section 3.2.2.2 says', () => {
  expect(canonicalJson('\u20ac$\u000f\nA\'B"\\\\"/\u2028虎符')).toBe(
    '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u2028虎符"',
  );
});

test('undefined members are left out; minus nought is nought', () => {
  expect(canonicalJson({ a: undefined, b: -0 })).toBe('{"b":0}');
});

test.each([
  ['a fraction', 1.5],
  ['not a number', Number.NaN],
  ['beyond 2^53', 2 ** 53],
  ['a lone surrogate', '\ud800'],
  ['a lone surrogate in a name', { '\udc00': 'x' }],
  ['null', null],
  ['a list', ['x']],
  ['a truth value', true],
])('%s is refused', (_, value) => {
  expect(() => canonicalJson(value as CanonicalValue)).toThrow(TypeError);
});
