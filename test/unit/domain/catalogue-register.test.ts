import { describe, expect, test } from 'vitest';
import type { Catalogue, Role, System } from '#domain/catalogue.ts';
import { entriesNaming } from '#domain/catalogue-register.ts';

const role = (code: string, category: string, givenByCategories: readonly string[] = []): Role => ({
  code,
  category,
  name: `角色 ${code}`,
  requires: 'certificate',
  withoutCertificate: false,
  givenByCategories,
});
const system = (id: string, admits: Partial<Pick<System, 'admitsCategories' | 'admitsRoles'>>): System => ({
  id,
  name: `系統 ${id}`,
  leastRequirement: 'certificate',
  admitsCategories: [],
  admitsRoles: [],
  ...admits,
});
const catalogue: Catalogue = {
  categories: [
    { id: 'psm', name: 'psm', roles: [role('psm_user', 'psm', ['psm'])] },
    { id: 'psr', name: 'psr', roles: [role('psr_admin', 'psr', ['psm']), role('psm', 'psr')] },
  ],
  systems: [
    system('by-category', { admitsCategories: ['psm'] }),
    system('by-role', { admitsRoles: ['psm_user'] }),
    system('psm', { admitsRoles: ['psm'] }),
  ],
};

describe('what names an id', () => {
  test.each([
    ['category', 'psm', ['system by-category', 'role psr_admin']],
    ['category', 'psr', []],
    ['role', 'psm_user', ['system by-role']],
    ['role', 'psm', ['system psm']],
    ['role', 'psr_admin', []],
    ['system', 'psm', []],
  ] as const)('%s %s', (kind, id, expected) => {
    const naming = entriesNaming(catalogue, { kind, id });
    expect(naming.map((each) => `${each.kind} ${each.id}`)).toEqual(expected);
    for (const { name } of naming) expect(name).toMatch(/^(系統|角色) /);
  });

  test('is told when it is in the catalogue no more', () => {
    const without = { ...catalogue, categories: catalogue.categories.slice(1) };
    expect(entriesNaming(without, { kind: 'category', id: 'psm' })).toHaveLength(2);
  });
});
