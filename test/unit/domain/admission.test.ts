import { describe, expect, test } from 'vitest';
import { checkAdmission } from '#domain/admission.ts';
import type { AssuranceLevel, Requirement } from '#domain/assurance.ts';
import type { Day } from '#domain/calendar.ts';
import type { Catalogue, Role, System } from '#domain/catalogue.ts';

const today = '2026-03-02' as Day;

function role(code: string, requires: Requirement, withoutCertificate = false): Role {
  return { code, category: 'x', name: code, requires, withoutCertificate };
}

const roles = {
  card: role('x_card', 'certificate'),
  any: role('x_any', 'second-factor'),
  nocert: role('x_nocert', 'second-factor', true),
  // Says of itself both: its own requirement still counts.
  both: role('x_both', 'certificate', true),
};

function system(leastRequirement: Requirement, more: Partial<System> = {}): System {
  return { id: 'x', name: 'X', admitsCategories: ['x'], admitsRoles: [], leastRequirement, ...more };
}

const catalogueOf = (...systems: System[]): Catalogue => ({
  categories: [
    { id: 'x', name: 'X', roles: Object.values(roles) },
    { id: 'y', name: 'Y', roles: [{ ...role('y_user', 'second-factor'), category: 'y' }] },
  ],
  systems,
});

function admit(to: System, held: string, level: AssuranceLevel) {
  return checkAdmission(catalogueOf(to), [to], [{ role: held }], level, today);
}

describe('one role, one system, every strength of login', () => {
  const in_ = 'in';
  const card = 'certificate-required';
  const second = 'second-factor-required';

  test.each([
    // least requirement, role, at level 1, at level 2, at level 3
    ['second-factor', 'any', second, in_, in_],
    ['second-factor', 'nocert', second, in_, in_],
    ['second-factor', 'card', card, card, in_],
    ['second-factor', 'both', card, card, in_],
    ['certificate', 'any', card, card, in_],
    ['certificate', 'nocert', second, in_, in_],
    ['certificate', 'card', card, card, in_],
    ['certificate', 'both', card, card, in_],
  ] as const)('a system that asks for %s, role %s: %s, %s, %s', (least, name, ...expected) => {
    const held = roles[name].code;
    const answers = ([1, 2, 3] as const).map((level) => {
      const admission = admit(system(least), held, level);
      if (admission.ok) expect(admission.roles).toEqual([held]);
      return admission.ok ? in_ : admission.reason;
    });
    expect(answers).toEqual(expected);
  });

  test.each(['second-factor', 'certificate'] as const)(
    'a system that asks for %s admits nobody without a role of its own, however they logged in',
    (least) => {
      const refused = { ok: false, reason: 'no-admitting-role' };
      for (const level of [1, 2, 3] as const) {
        expect(admit(system(least), 'y_user', level)).toEqual(refused);
        expect(admit(system(least), 'x_unknown', level)).toEqual(refused);
        const none = system(least);
        expect(checkAdmission(catalogueOf(none), [none], [], level, today)).toEqual(refused);
      }
    },
  );
});

describe('several', () => {
  const grants = [{ role: 'x_nocert' }, { role: 'x_any' }, { role: 'x_card' }];

  test('only the roles that this login allows are given, sorted', () => {
    const certificate = system('certificate');
    const at = (level: AssuranceLevel) =>
      checkAdmission(catalogueOf(certificate), [certificate], grants, level, today);
    expect(at(2)).toEqual({ ok: true, roles: ['x_nocert'] });
    expect(at(3)).toEqual({ ok: true, roles: ['x_any', 'x_card', 'x_nocert'] });
  });

  test('a role is judged by each system: the weaker one lets it in, and it is named once', () => {
    const strict = system('certificate', { id: 'strict' });
    const easy = system('second-factor', { id: 'easy' });
    const catalogue = catalogueOf(strict, easy);
    const held = [{ role: 'x_any' }];
    expect(checkAdmission(catalogue, [strict], held, 2, today).ok).toBe(false);
    expect(checkAdmission(catalogue, [strict, easy], held, 2, today)).toEqual({ ok: true, roles: ['x_any'] });
    expect(checkAdmission(catalogue, [strict, easy], held, 3, today)).toEqual({ ok: true, roles: ['x_any'] });
  });

  test('without a certificate in one system says nothing about another one', () => {
    const mine = system('certificate', { id: 'mine', admitsCategories: [], admitsRoles: ['x_nocert'] });
    const theirs = system('certificate', { id: 'theirs', admitsCategories: [], admitsRoles: ['x_card'] });
    const catalogue = catalogueOf(mine, theirs);
    const held = [{ role: 'x_nocert' }, { role: 'x_card' }];
    expect(checkAdmission(catalogue, [theirs], held, 2, today)).toEqual({
      ok: false,
      reason: 'certificate-required',
    });
    expect(checkAdmission(catalogue, [mine, theirs], held, 2, today)).toEqual({
      ok: true,
      roles: ['x_nocert'],
    });
  });

  test('the weakest login that would do is asked for', () => {
    const strict = system('certificate');
    expect(checkAdmission(catalogueOf(strict), [strict], grants, 1, today)).toEqual({
      ok: false,
      reason: 'second-factor-required',
    });
  });

  test('no systems admit nobody', () => {
    expect(checkAdmission(catalogueOf(), [], grants, 3, today)).toEqual({
      ok: false,
      reason: 'no-admitting-role',
    });
  });
});

test('a single role admits where its category does not', () => {
  const one = system('second-factor', { admitsCategories: [], admitsRoles: ['x_any'] });
  expect(admit(one, 'x_any', 2).ok).toBe(true);
  expect(admit(one, 'x_nocert', 2)).toEqual({ ok: false, reason: 'no-admitting-role' });
});

test('a grant that has ended admits to nothing, and gives nothing beside one that counts', () => {
  const easy = system('second-factor');
  const past = { role: 'x_any', until: '2026-03-01' as Day };
  const lastDay = { role: 'x_nocert', until: today };
  const check = (...grants: (typeof past)[]) => checkAdmission(catalogueOf(easy), [easy], grants, 3, today);
  expect(check(past)).toEqual({ ok: false, reason: 'no-admitting-role' });
  expect(check(past, lastDay)).toEqual({ ok: true, roles: ['x_nocert'] });
});
