/** PATCH: cases by hand, and against an independent implementation (scim-patch) on random operations. */
import { scimPatch, type ScimPatchOperation, type ScimResource } from 'scim-patch';
import { describe, expect, test } from 'vitest';
import { applyPatch, type PatchOperation } from '#api/scim/patch.ts';
import type { Resource } from '#api/scim/resource.ts';
import { userType } from '#api/scim/resource-type.ts';
import { officialSchemaId } from '#api/scim/user-schema.ts';
import { createSeeded, type Seeded } from '../../accounts/management/seeded.ts';

const someone: Resource = {
  id: 'x',
  displayName: '王小明',
  name: { formatted: '王小明' },
  active: true,
  emails: [{ value: 'a@work.example', type: 'work', primary: true }],
  phoneNumbers: [
    { value: '02-1', type: 'work' },
    { value: '0912', type: 'mobile' },
  ],
  [officialSchemaId]: { unit: { oid: '1.2.3', name: '一科' }, staffNumber: '7' },
};

const patched = (...operations: PatchOperation[]) => applyPatch(userType, someone, operations);

describe('changes', () => {
  test.each<[string, PatchOperation, Resource]>([
    ['one attribute', { op: 'replace', path: 'title', value: '科長' }, { title: '科長' }],
    ['in any case', { op: 'replace', path: 'DISPLAYNAME', value: '李' }, { displayName: '李' }],
    ['a part', { op: 'add', path: 'name.formatted', value: '李' }, { name: { formatted: '李' } }],
    [
      'without a path',
      { op: 'replace', value: { title: 'x', active: false } },
      { title: 'x', active: false },
    ],
    ['a truth as a word', { op: 'replace', path: 'active', value: 'False' }, { active: false }],
    [
      'by a filter',
      { op: 'replace', path: 'phoneNumbers[type eq "mobile"].value', value: '0999' },
      {
        phoneNumbers: [
          { value: '02-1', type: 'work' },
          { value: '0999', type: 'mobile' },
        ],
      },
    ],
    [
      'one more',
      { op: 'add', path: 'phoneNumbers', value: [{ value: '02-9', type: 'fax' }] },
      {
        phoneNumbers: [
          { value: '02-1', type: 'work' },
          { value: '0912', type: 'mobile' },
          { value: '02-9', type: 'fax' },
        ],
      },
    ],
    [
      'one more by its filter',
      { op: 'add', path: 'phoneNumbers[type eq "fax"].value', value: '02-9' },
      {
        phoneNumbers: [
          { value: '02-1', type: 'work' },
          { value: '0912', type: 'mobile' },
          { type: 'fax', value: '02-9' },
        ],
      },
    ],
    ['the same again', { op: 'add', path: 'phoneNumbers', value: [{ type: 'work', value: '02-1' }] }, {}],
    [
      'all of several',
      { op: 'replace', path: 'phoneNumbers', value: [{ value: '1', type: 'work' }] },
      { phoneNumbers: [{ value: '1', type: 'work' }] },
    ],
    [
      'one less by a filter',
      { op: 'remove', path: 'phoneNumbers[type eq "work"]' },
      { phoneNumbers: [{ value: '0912', type: 'mobile' }] },
    ],
    [
      'the extension',
      // The name is the directory's, which has the last word.
      { op: 'replace', path: `${officialSchemaId}:unit`, value: { oid: '1.2.4', name: '二科' } },
      { [officialSchemaId]: { unit: { oid: '1.2.4', name: '一科' }, staffNumber: '7' } },
    ],
    [
      'the extension as a value',
      { op: 'add', value: { [officialSchemaId]: { staffNumber: '8' } } },
      { [officialSchemaId]: { unit: { oid: '1.2.3', name: '一科' }, staffNumber: '8' } },
    ],
  ])('%s', (_case, operation, expected) => {
    expect(patched(operation)).toEqual({ ...someone, ...expected });
  });

  test('removes', () => {
    expect(patched({ op: 'remove', path: 'phoneNumbers' })).not.toHaveProperty('phoneNumbers');
    expect(patched({ op: 'remove', path: `${officialSchemaId}:unit` })[officialSchemaId]).toEqual({
      staffNumber: '7',
    });
    expect(patched({ op: 'replace', path: 'title', value: null })).not.toHaveProperty('title');
  });

  test('of thousands of values each is looked at once', () => {
    const numbers = (from: number) =>
      Array.from({ length: 2000 }, (_, at) => ({ value: `${from + at}`, type: 'work' }));
    const began = performance.now();
    const after = patched(
      { op: 'replace', path: 'phoneNumbers', value: numbers(0) },
      { op: 'add', path: 'phoneNumbers', value: numbers(1000) },
      { op: 'remove', path: 'phoneNumbers', value: numbers(0).map(({ value }) => ({ value })) },
      { op: 'remove', path: 'phoneNumbers', value: numbers(2500) },
    );
    expect(after['phoneNumbers']).toEqual(numbers(2000).slice(0, 500));
    expect(performance.now() - began).toBeLessThan(1000);
  });
  test('all or nothing: the resource before is as it was', () => {
    const copy = structuredClone(someone);
    expect(() =>
      patched({ op: 'replace', path: 'title', value: 'x' }, { op: 'replace', path: 'none', value: 1 }),
    ).toThrow();
    expect(someone).toEqual(copy);
  });
});

test.each<[string, PatchOperation, string]>([
  ['an unknown attribute', { op: 'add', path: 'favouriteColour', value: 'x' }, 'invalidPath'],
  ['an unknown attribute in a value', { op: 'add', value: { favouriteColour: 'x' } }, 'invalidPath'],
  ['a prototype', { op: 'add', path: '__proto__', value: {} }, 'invalidPath'],
  ['the id', { op: 'replace', path: 'id', value: 'y' }, 'mutability'],
  ['the user name', { op: 'replace', value: { userName: 'y' } }, 'mutability'],
  ['roles', { op: 'add', path: 'groups', value: [{ value: 'csm_admin' }] }, 'mutability'],
  ['grants', { op: 'add', path: `${officialSchemaId}:grants`, value: [] }, 'mutability'],
  [
    'the office',
    { op: 'replace', path: `${officialSchemaId}:office`, value: 'programme-officer' },
    'mutability',
  ],
  [
    'what no filter meets',
    { op: 'replace', path: 'phoneNumbers[type eq "fax"].value', value: '1' },
    'noTarget',
  ],
  ['nothing', { op: 'remove' }, 'noTarget'],
  ['no value', { op: 'add', path: 'title' }, 'invalidValue'],
  ['a number for a text', { op: 'add', path: 'title', value: 5 }, 'invalidValue'],
  ['a text for an object', { op: 'replace', path: 'name', value: 'x' }, 'invalidSyntax'],
  ['a broken path', { op: 'add', path: 'emails[', value: 'x' }, 'invalidPath'],
])('refuses %s', (_case, operation, scimType) => {
  expect(() => patched(operation)).toThrow(expect.objectContaining({ scimType }) as Error);
});

const seed = Number(process.env['HUFU_TEST_SEED'] ?? Date.now() % 1_000_000);

/** Operations that both understand alike; where the RFC leaves a choice, the choice is held by the cases above. */
function randomOperation(random: Seeded): PatchOperation {
  const word = () => random.pick(['a', 'b', 'c']);
  const type = random.pick(['work', 'mobile']);
  return random.pick<PatchOperation>([
    { op: random.pick(['add', 'replace']), path: 'title', value: word() },
    { op: 'remove', path: 'title' },
    { op: random.pick(['add', 'replace']), path: 'name.formatted', value: word() },
    { op: 'replace', path: 'active', value: random.once(2) },
    { op: random.pick(['add', 'replace']), value: { title: word(), displayName: word() } },
    { op: 'replace', path: 'phoneNumbers', value: [{ type, value: word() }] },
    { op: 'add', path: 'phoneNumbers', value: [{ type: word(), value: word() }] },
    { op: random.pick(['add', 'replace']), path: `${officialSchemaId}:staffNumber`, value: word() },
  ]);
}

test(`2,000 random patches, seed ${seed}: the same as the other implementation`, () => {
  const random = createSeeded(seed);
  const base: Resource = {
    ...someone,
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', officialSchemaId],
  };
  for (let trial = 0; trial < 2000; trial += 1) {
    const type = random.pick(['work', 'mobile']);
    // First, while there is one: of one that is not there the RFC says noTarget (table 9), the other makes it or says nothing.
    const path = `phoneNumbers[type eq "${type}"]`;
    const first = random.pick<PatchOperation>([
      { op: 'remove', path },
      { op: 'replace', path: `${path}.value`, value: 'd' },
      randomOperation(random),
    ]);
    const operations = [first, ...Array.from({ length: random.below(3) }, () => randomOperation(random))];
    let expected: unknown;
    try {
      const theirs = structuredClone(operations) as ScimPatchOperation[];
      expected = scimPatch(structuredClone(base) as unknown as ScimResource, theirs);
    } catch {
      expected = 'refused';
    }
    let ours: unknown;
    try {
      ours = applyPatch(userType, base, operations);
    } catch {
      ours = 'refused';
    }
    expect([operations, ours]).toEqual([operations, expected]);
  }
});
