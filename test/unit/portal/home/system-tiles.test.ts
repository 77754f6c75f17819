import { expect, test } from 'vitest';
import type { AssuranceLevel } from '#domain/assurance.ts';
import type { Day } from '#domain/calendar.ts';
import type { Catalogue, System } from '#domain/catalogue.ts';
import { systemTiles } from '#portal/home/system-tiles.ts';

const today = '2026-03-02' as Day;
const role = (code: string, withoutCertificate: boolean) =>
  ({ code, category: 'x', name: code, requires: 'second-factor', withoutCertificate }) as const;
const system = (id: string, more: Partial<System> = {}): System => ({
  id,
  name: `系統${id}`,
  admitsCategories: ['x'],
  admitsRoles: [],
  leastRequirement: 'second-factor',
  ...more,
});
const catalogueOf = (...systems: System[]): Catalogue => ({
  categories: [{ id: 'x', name: 'X', roles: [role('x_user', false), role('x_nocert', true)] }],
  systems,
});

const tiles = (held: string[], level: AssuranceLevel, ...systems: System[]) =>
  systemTiles(
    catalogueOf(...systems),
    { grants: held.map((code) => ({ role: code })), level, today, hasCardLogin: false },
    'zh-TW',
  );

const easy = system('easy');
const strict = system('strict', { leastRequirement: 'certificate' });

test.each([
  // system, roles held, level → state, needs a certificate, lets in without
  [easy, ['x_user'], 2, 'open', false, false],
  [easy, ['x_user'], 1, 'second-factor-required', false, false],
  [easy, ['x_nocert'], 3, 'open', false, false],
  [strict, ['x_user'], 2, 'certificate-required', true, false],
  [strict, ['x_user'], 3, 'open', true, false],
  [strict, ['x_nocert'], 2, 'open', true, true],
  [strict, ['x_nocert'], 3, 'open', true, true],
  [strict, ['x_user', 'x_nocert'], 2, 'open', true, true],
] as const)('%j for %j at level %i is %s', (to, held, level, state, needsCertificate, via) => {
  expect(tiles([...held], level, to)).toEqual([
    { id: to.id, name: to.name, state, needsCertificate, viaWithoutCertificateRole: via },
  ]);
});

test('systems without a role of this person are not there, the others in their order', () => {
  const foreign = system('foreign', { admitsCategories: ['y'] });
  expect(tiles(['x_user'], 3, strict, foreign, easy).map(({ id }) => id)).toEqual(['strict', 'easy']);
  expect(tiles([], 3, strict, easy)).toEqual([]);
  const past = { role: 'x_user', until: '2026-03-01' as Day };
  expect(
    systemTiles(catalogueOf(easy), { grants: [past], level: 3, today, hasCardLogin: true }, 'en'),
  ).toEqual([]);
});

test('words are in the language of the page, as far as there are any', () => {
  const words = system('w', {
    nameEn: 'Words',
    description: '說明',
    descriptionEn: 'Description',
    owner: '商業司',
    url: 'https://w.example.tw',
  });
  const { nameEn: _name, descriptionEn: _description, ...chinese } = words;
  const wordsIn = (language: 'zh-TW' | 'en', of: System) =>
    systemTiles(
      catalogueOf(of),
      { grants: [{ role: 'x_user' }], level: 3, today, hasCardLogin: true },
      language,
    )[0];
  const shared = { owner: '商業司', url: 'https://w.example.tw' };
  expect(wordsIn('en', words)).toMatchObject({ name: 'Words', description: 'Description', ...shared });
  expect(wordsIn('zh-TW', words)).toMatchObject({ name: '系統w', description: '說明', ...shared });
  expect(wordsIn('en', chinese)).toMatchObject({ name: '系統w', description: '說明' });
  expect(wordsIn('en', system('bare'))).not.toHaveProperty('description');
});

test('where people log in with cards, a system that needs one is entered by being asked for it', () => {
  const state = (held: string[], level: AssuranceLevel, to: System) =>
    systemTiles(
      catalogueOf(to),
      { grants: held.map((code) => ({ role: code })), level, today, hasCardLogin: true },
      'zh-TW',
    )[0]?.state;
  expect(state(['x_user'], 2, strict)).toBe('step-up');
  expect(state(['x_user'], 3, strict)).toBe('open');
  expect(state(['x_nocert'], 2, strict)).toBe('open');
  expect(state(['x_user'], 1, easy)).toBe('second-factor-required');
});
