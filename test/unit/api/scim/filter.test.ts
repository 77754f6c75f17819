/** Filters: the grammar by hand, and against an independent implementation (scim2-parse-filter) on random filters and resources. */
import { filter as oracleFilter, parse as oracleParse } from 'scim2-parse-filter';
import { describe, expect, test } from 'vitest';
import { meetsFilter } from '#api/scim/filter/evaluate.ts';
import { parseFilter, parsePath } from '#api/scim/filter/parse-filter.ts';
import type { Resource } from '#api/scim/resource.ts';
import { createSeeded, type Seeded } from '../../accounts/management/seeded.ts';

const meets = (resource: Resource, text: string, exact = false) =>
  meetsFilter(resource, parseFilter(text), () => exact);

describe('the grammar', () => {
  // RFC 7644, section 3.4.2.2, figure 2.
  test.each([
    'userName eq "bjensen"',
    'name.familyName co "O\'Malley"',
    'userName sw "J"',
    'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"',
    'title pr',
    'meta.lastModified gt "2011-05-13T04:42:34Z"',
    'title pr and userType eq "Employee"',
    'title pr or userType eq "Intern"',
    'schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"',
    'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
    'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
    'userType eq "Employee" and (emails.type eq "work")',
    'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]',
    'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
  ])('of the RFC: %s', (text) => {
    expect(parseFilter(text)).toMatchObject({ op: expect.any(String) as string });
  });

  test('and binds stronger than or, not strongest', () => {
    expect(parseFilter('a pr or b pr and not (c pr)')).toEqual({
      op: 'or',
      left: { op: 'pr', path: { name: 'a' } },
      right: {
        op: 'and',
        left: { op: 'pr', path: { name: 'b' } },
        right: { op: 'not', filter: { op: 'pr', path: { name: 'c' } } },
      },
    });
  });

  test('operators in any case, a schema with its URI, values of each kind', () => {
    expect(parseFilter('urn:a:2.0:User:name.formatted EQ "x\\"\\u00e9"')).toEqual({
      op: 'eq',
      path: { schema: 'urn:a:2.0:User', name: 'name', sub: 'formatted' },
      value: 'x"é',
    });
    expect(parseFilter('a ge -1.5e3')).toMatchObject({ value: -1500 });
    expect(parseFilter('a eq null')).toMatchObject({ value: null });
  });

  test.each([
    '',
    'a',
    'a eq',
    'eq "x"',
    'a eq x',
    'a eq "x',
    'a pr and',
    'a pr or or b pr',
    '(a pr',
    'a pr)',
    'a.b.c pr',
    'a[b pr',
    'a[] pr',
    'not a pr',
    'a eq "x" "y"',
    'a gt true',
    'a co 5',
    'a lt null',
    'a xx "y"',
    "a eq 'x'",
    '*)(uid=*',
    'a eq "\u0000"',
    `${'('.repeat(30)}a pr${')'.repeat(30)}`,
    `a eq "${'x'.repeat(3000)}"`,
    '__proto__.x.y pr',
  ])('refuses %j', (text) => {
    expect(() => parseFilter(text)).toThrow(expect.objectContaining({ scimType: 'invalidFilter' }) as Error);
  });

  test.each([
    ['members', { name: 'members' }],
    ['name.formatted', { name: 'name', sub: 'formatted' }],
    [
      'emails[type eq "work"].value',
      { name: 'emails', sub: 'value', filter: { op: 'eq', path: { name: 'type' }, value: 'work' } },
    ],
  ])('path %s', (text, path) => {
    expect(parsePath(text)).toEqual(path);
  });

  test.each(['', 'a b', 'a[b pr].c.d', 'a.b[c pr]', 'a[b pr', '.a'])('no path: %j', (text) => {
    expect(() => parsePath(text)).toThrow(expect.objectContaining({ scimType: 'invalidPath' }) as Error);
  });
});

describe('meets', () => {
  const someone: Resource = {
    userName: 'Ming',
    active: true,
    emails: [
      { value: 'a@work.example', type: 'work' },
      { value: 'b@home.example', type: 'home' },
    ],
    'urn:x:User': { unit: { oid: '1.2.3' } },
    meta: { created: '2026-03-01T00:00:00+08:00' },
  };
  test.each([
    ['username eq "ming"', true],
    ['userName ne "ming"', false],
    ['emails eq "a@work.example"', true],
    ['emails[type eq "work" and value sw "b"]', false],
    ['emails.type eq "work" and emails.value sw "b"', true],
    ['urn:x:User:unit.oid eq "1.2.3"', true],
    ['meta.created eq "2026-02-28T16:00:00Z"', true],
    ['meta.created lt "2026-02-28T16:00:01Z"', true],
    ['title pr', false],
    ['title eq null', true],
    ['active eq true', true],
    ['active eq "true"', false],
    ['nothing ne "x"', true],
    ['not (title pr) and not (active eq false)', true],
  ])('%s: %s', (text, expected) => {
    expect(meets(someone, text)).toBe(expected);
  });

  test('case counts where the schema says so', () => {
    expect(meets(someone, 'userName eq "ming"', true)).toBe(false);
  });
});

const seed = Number(process.env['HUFU_TEST_SEED'] ?? Date.now() % 1_000_000);

/** What both implementations define alike: no absent attribute under `ne`, no order of mixed kinds, no capitals (it heeds them always), one condition
 * in brackets (it lets two values meet one condition each, which the RFC does not). */
function randomFilter(random: Seeded, depth = 0): string {
  if (depth < 3 && random.once(2)) {
    const [left, right] = [randomFilter(random, depth + 1), randomFilter(random, depth + 1)];
    return random.pick([
      `(${left}) and (${right})`,
      `${left} or ${right}`,
      `not (${left})`,
      `${left} and ${right}`,
    ]);
  }
  const word = random.pick(['"a"', '"ab"', '"b"', '"abc"']);
  return random.pick([
    `userName ${random.pick(['eq', 'co', 'sw', 'ew', 'ne'])} ${word}`,
    `name.formatted ${random.pick(['eq', 'co', 'sw', 'ew'])} ${word}`,
    `age ${random.pick(['eq', 'gt', 'ge', 'lt', 'le', 'ne'])} ${random.below(4)}`,
    `active eq ${random.pick(['true', 'false'])}`,
    'title pr',
    `emails[${random.pick(['type', 'value'])} sw ${word}]`,
    `emails.value ${random.pick(['eq', 'sw'])} ${word}`,
  ]);
}

function randomResource(random: Seeded): Resource {
  const word = () => random.pick(['a', 'ab', 'b', 'abc', 'ba']);
  return {
    userName: word(),
    name: { formatted: word() },
    age: random.below(4),
    active: random.once(2),
    ...(random.once(2) && { title: word() }),
    emails: Array.from({ length: random.below(3) }, () => ({ type: word(), value: word() })),
  };
}

test(`2,000 random filters, seed ${seed}: the same as the other implementation`, () => {
  const random = createSeeded(seed);
  for (let trial = 0; trial < 2000; trial += 1) {
    const text = randomFilter(random);
    const resource = randomResource(random);
    const expected = oracleFilter(oracleParse(text))(resource);
    expect([text, JSON.stringify(resource), meets(resource, text)]).toEqual([
      text,
      JSON.stringify(resource),
      expected,
    ]);
  }
});
