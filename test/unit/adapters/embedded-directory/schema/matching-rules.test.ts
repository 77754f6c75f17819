import { describe, expect, test } from 'vitest';
import { normaliseGeneralizedTime } from '#adapters/embedded-directory/schema/generalized-time.ts';
import { createSchema } from '#adapters/embedded-directory/schema/schema.ts';
import { isOfSyntax, syntaxOid } from '#adapters/embedded-directory/schema/syntaxes.ts';

const schema = createSchema('');
function normalise(rule: string, text: string): string | undefined {
  const found = schema.findMatchingRule(rule);
  if (found === undefined) throw new Error(rule);
  return found.normalise(Buffer.from(text));
}

describe('matching rules', () => {
  test.each([
    ['caseIgnoreMatch', ' John  SMITH ', 'john smith'],
    ['caseIgnoreMatch', '王　小明', '王 小明'],
    ['caseIgnoreMatch', 'ＡＢＣ', 'abc'],
    ['caseIgnoreMatch', 'a\u200bb\u00ad', 'ab'],
    ['caseIgnoreMatch', 'e\u0301', '\u00e9'],
    ['caseIgnoreMatch', 'ΟΔΟΣ', 'οδοσ'],
    ['caseIgnoreMatch', '   ', ' '],
    ['caseExactMatch', ' John  SMITH ', 'John SMITH'],
    ['caseExactIA5Match', 'aB', 'aB'],
    ['caseExactIA5Match', '王', undefined],
    ['caseIgnoreIA5Match', 'A@B.Example', 'a@b.example'],
    ['integerMatch', '-12', '-12'],
    ['integerMatch', '007', undefined],
    ['integerMatch', '', undefined],
    ['booleanMatch', 'TRUE', 'TRUE'],
    ['booleanMatch', 'true', undefined],
    ['numericStringMatch', '12 34', '1234'],
    ['telephoneNumberMatch', '+886 2-1234', '+88621234'],
    ['objectIdentifierMatch', 'PERSON', 'person'],
    ['objectIdentifierMatch', '2.5.6.6', 'person'],
    ['objectIdentifierMatch', 'nonesuch', undefined],
    ['distinguishedNameMatch', 'nonsense', undefined],
  ])('%s of %j is %j', (rule, text, expected) => {
    expect(normalise(rule, text)).toBe(expected);
  });

  test('text that is not UTF-8 matches nothing', () => {
    expect(schema.findMatchingRule('caseIgnoreMatch')?.normalise(Buffer.from([0xff]))).toBeUndefined();
  });

  test('integers are ordered as numbers, of any size', () => {
    const rule = schema.findMatchingRule('integerOrderingMatch');
    expect(rule?.compare('9', '10')).toBeLessThan(0);
    expect(rule?.compare('-9', '-10')).toBeGreaterThan(0);
    expect(rule?.compare('9'.repeat(40), '8'.repeat(40))).toBeGreaterThan(0);
  });

  test('a piece of a substring keeps the spaces at its inner edge', () => {
    const rule = schema.findMatchingRule('caseIgnoreSubstringsMatch');
    expect(rule?.normalise(Buffer.from('  John  '), 'initial')).toBe('john ');
    expect(rule?.normalise(Buffer.from('  J  '), 'any')).toBe(' j ');
    expect(rule?.normalise(Buffer.from('  Smith '), 'final')).toBe(' smith');
  });
});

describe('generalized time', () => {
  test.each([
    ['20260302010203Z', '20260302010203Z'],
    ['2026030201Z', '20260302010000Z'],
    ['202603020902+0800', '20260302010200Z'],
    ['20260101003000+08', '20251231163000Z'],
    ['20260302010203.50Z', '20260302010203.5Z'],
    ['2026030201.5Z', '20260302013000Z'],
    ['20240229000000Z', '20240229000000Z'],
    ['20260229000000Z', undefined],
    ['20261301000000Z', undefined],
    ['20260302240000Z', undefined],
    ['20260302010203', undefined],
    ['2026-03-02', undefined],
  ])('%j is %j', (text, expected) => {
    expect(normaliseGeneralizedTime(text)).toBe(expected);
  });
});

test.each([
  [syntaxOid.directoryString, '', false],
  [syntaxOid.directoryString, '王', true],
  [syntaxOid.ia5String, '', true],
  [syntaxOid.ia5String, '王', false],
  [syntaxOid.integer, '-0', false],
  [syntaxOid.printableString, 'a_b', false],
  [syntaxOid.telephoneNumber, '02-1234#5', false],
  ['1.2.3', '\u0000', true],
])('syntax %s of %j: %s', (syntax, text, expected) => {
  expect(isOfSyntax(Buffer.from(text), syntax)).toBe(expected);
});
