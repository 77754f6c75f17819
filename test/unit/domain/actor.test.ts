import { expect, test } from 'vitest';
import { actorName, scopeOf, type PersonActor } from '#domain/actor.ts';
import { parseOid, type Oid } from '#domain/oid.ts';
import { sampleId } from '#test/support/memory/accounts.ts';

const root = parseOid('1.2.3.4') as Oid;
const person = (office: PersonActor['office'], meets: PersonActor['meets']): PersonActor => ({
  kind: 'person',
  id: sampleId('a'),
  office,
  scopeOid: root,
  categories: [],
  meets,
});

test.each([
  ['general', 'nothing', 'self'],
  ['general', 'second-factor', 'self'],
  ['general', 'certificate', 'self'],
  ['manager', 'nothing', 'self'],
  ['manager', 'second-factor', 'self'],
  ['manager', 'certificate', 'subtree'],
  ['programme-officer', 'nothing', 'self'],
  ['programme-officer', 'second-factor', 'self'],
  ['programme-officer', 'certificate', 'all'],
] as const)('a %s whose session meets %s sees: %s', (office, meets, kind) => {
  const scope = scopeOf(person(office, meets));
  expect(scope.kind).toBe(kind);
  if (scope.kind === 'self') expect(scope.id).toBe(sampleId('a'));
  if (scope.kind === 'subtree') expect(scope.root).toBe(root);
});

test('a client sees its subtree, the program everything', () => {
  const client = { kind: 'client', id: 'c', scopes: [], scopeOid: root, categories: [] } as const;
  expect(scopeOf(client)).toEqual({ kind: 'subtree', root });
  expect(scopeOf({ kind: 'system', purpose: 'login' })).toEqual({ kind: 'all' });
  expect(actorName(client)).toBe('client:c');
  expect(actorName({ kind: 'system', purpose: 'login' })).toBe('system:login');
  expect(actorName(person('general', 'nothing'))).toBe(`person:${sampleId('a')}`);
});
