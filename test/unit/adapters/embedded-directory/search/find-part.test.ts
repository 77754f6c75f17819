import { expect, test } from 'vitest';
import type { Filter, SearchRequest } from '#adapters/embedded-directory/protocol/ldap-message.ts';
import { createSchema } from '#adapters/embedded-directory/schema/schema.ts';
import { findPart } from '#adapters/embedded-directory/search/find-part.ts';

const schema = createSchema('');
const present = (attribute: string): Filter => ({ kind: 'present', attribute });
const asked = (attributes: string[], filter: Filter = present('uid')): SearchRequest => ({
  kind: 'search',
  base: '',
  scope: 'sub',
  sizeLimit: 0,
  timeLimit: 0,
  typesOnly: false,
  filter,
  attributes,
});
const finds = (request: SearchRequest, name: string) =>
  new RegExp(findPart(schema, request)?.pattern ?? '.^').test(`{"${name}":["x"]}`);

test('a search reads what it asks for and what its filter looks at, wherever in the filter', () => {
  const filter: Filter = {
    kind: 'and',
    parts: [present('uid'), { kind: 'not', part: { kind: 'or', parts: [present('title')] } }],
  };
  const request = asked(['mail', 'nonesuch'], filter);
  expect(['mail', 'uid', 'title', 'sn'].map((name) => finds(request, name))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test('who asks for an attribute gets those that inherit from it', () => {
  expect(['cn', 'sn', 'l'].map((name) => finds(asked(['name'], present('ou')), name))).toEqual([
    true,
    true,
    true,
  ]);
});

test('of many attributes the whole entry is read', () => {
  expect(findPart(schema, asked(['name', 'mail', 'title', 'description']))).toBeUndefined();
});

test.each([[[]], [['*']], [['cn', '+']]])('all is read where %j is asked for', (attributes) => {
  expect(findPart(schema, asked(attributes))).toBeUndefined();
});
