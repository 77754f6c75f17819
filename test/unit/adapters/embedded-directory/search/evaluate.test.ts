import { describe, expect, test } from 'vitest';
import type { Filter } from '#adapters/embedded-directory/protocol/ldap-message.ts';
import { getDescription } from '#adapters/embedded-directory/schema/attribute-description.ts';
import { createSchema } from '#adapters/embedded-directory/schema/schema.ts';
import { compileFilter } from '#adapters/embedded-directory/search/condition.ts';
import { evaluate } from '#adapters/embedded-directory/search/evaluate.ts';
import type { Entry } from '#adapters/embedded-directory/store/entry.ts';

const schema = createSchema('');

function entryOf(plain: Record<string, string[]>): Entry {
  const attributes = new Map(
    Object.entries(plain).map(([name, values]) => {
      const description = getDescription(schema, name);
      return [description.key, { description, values: values.map((value) => Buffer.from(value)) }];
    }),
  );
  return { id: 1, parent: undefined, key: '', dn: 'cn=x', attributes };
}

const entry = entryOf({
  objectClass: ['inetOrgPerson'],
  cn: ['王 小明', 'Wang'],
  sn: ['Hidden'],
  description: ['abcabc'],
  userPassword: ['x'],
});
const isHidden = (key: string) => key === 'userpassword' || key === 'sn';
const judge = (filter: Filter) => evaluate(schema, compileFilter(schema, filter, isHidden), entry, isHidden);

const equality = (attribute: string, value: string): Filter => ({
  kind: 'equality',
  attribute,
  value: Buffer.from(value),
});
const yes = equality('cn', 'WANG');
const no = equality('cn', 'Chen');
const neither = equality('nonesuch', 'x');
const not = (part: Filter): Filter => ({ kind: 'not', part });
const and = (...parts: Filter[]): Filter => ({ kind: 'and', parts });
const or = (...parts: Filter[]): Filter => ({ kind: 'or', parts });
const pieces = (initial: string, any: string[], final: string): Filter => ({
  kind: 'substrings',
  attribute: 'description',
  initial: initial === '' ? undefined : Buffer.from(initial),
  any: any.map((piece) => Buffer.from(piece)),
  final: final === '' ? undefined : Buffer.from(final),
});

describe('filters have three values (RFC 4511, 4.5.1.7)', () => {
  test.each<[string, Filter, boolean | undefined]>([
    ['a match', yes, true],
    ['none', no, false],
    ['an unknown attribute', neither, undefined],
    ['not a match', not(yes), false],
    ['not none', not(no), true],
    ['not unknown', not(neither), undefined],
    ['match and unknown', and(yes, neither), undefined],
    ['none and unknown', and(neither, no), false],
    ['match or unknown', or(neither, yes), true],
    ['none or unknown', or(no, neither), undefined],
    ['the empty and', and(), true],
    ['the empty or', or(), false],
    ['a hidden attribute', equality('userPassword', 'x'), undefined],
    ['a hidden attribute being there', { kind: 'present', attribute: 'userPassword' }, undefined],
    ['a value not of the syntax', equality('createTimestamp', 'soon'), undefined],
    [
      'order without an ordering rule',
      { kind: 'greater-or-equal', attribute: 'cn', value: Buffer.from('a') },
      undefined,
    ],
    ['an inherited class', equality('objectClass', 'top'), true],
    ['an unknown class', equality('objectClass', 'nonesuch'), undefined],
    ['a supertype', equality('name', 'wang'), true],
    ['a hidden attribute by its supertype', equality('name', 'hidden'), false],
    ['being there', { kind: 'present', attribute: 'CN' }, true],
    ['not being there', { kind: 'present', attribute: 'mail' }, false],
    [
      'a rule over all attributes',
      {
        kind: 'extensible',
        rule: 'caseIgnoreMatch',
        attribute: undefined,
        value: Buffer.from('x'),
        dnAttributes: false,
      },
      undefined,
    ],
    [
      'another rule',
      {
        kind: 'extensible',
        rule: 'caseExactMatch',
        attribute: 'cn',
        value: Buffer.from('wang'),
        dnAttributes: false,
      },
      false,
    ],
  ])('%s', (_, filter, expected) => {
    expect(judge(filter)).toBe(expected);
  });
});

describe('substrings stand in order and do not overlap', () => {
  test.each<[string, string[], string, boolean]>([
    ['abc', [], 'abc', true],
    ['abca', [], 'cabc', false],
    ['', ['bc', 'ab'], '', true],
    ['', ['bc', 'bc', 'b'], '', false],
    ['ABC', ['A'], '', true],
    ['abcabc', [], 'c', false],
    ['', ['abcabc'], '', true],
  ])('%j %j %j: %s', (initial, any, final, expected) => {
    expect(judge(pieces(initial, any, final))).toBe(expected);
  });
});
