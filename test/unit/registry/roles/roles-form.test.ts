import { expect, test } from 'vitest';
import { formText } from '#http/form.ts';
import { readGrants, rolesFormFields, withLastDays } from '#registry/roles/roles-form.ts';

const form = withLastDays({ csrf: formText(10), ...rolesFormFields });

test('last days are gathered by role', () => {
  expect(form.parse({ csrf: 'x', role: ['a', 'b'], 'until-a': '2026-12-31', 'until-b': '' })).toEqual({
    csrf: 'x',
    role: ['a', 'b'],
    until: { a: '2026-12-31', b: '' },
  });
  expect(form.parse({ csrf: 'x' })).toEqual({ csrf: 'x', role: [], until: {} });
});

test.each([{ until: 'x' }, { office: 'manager' }, { 'until-A B': '' }, { 'until-a': ['', ''] }])(
  'with %j the form is refused',
  (more) => {
    expect(form.safeParse({ csrf: 'x', role: 'a', ...more }).success).toBe(false);
  },
);

test.each(['constructor', 'toString', '__proto__'])('%s is a role without a day like any other', (role) => {
  expect(readGrants({ chosen: [role], until: {} })).toEqual({ ok: true, grants: [{ role }] });
});

test('a role with a day ends, one without does not, a day without its role says nothing', () => {
  expect(readGrants({ chosen: ['a', 'b'], until: { a: '2026-12-31', b: ' ', c: 'x' } })).toEqual({
    ok: true,
    grants: [{ role: 'a', until: '2026-12-31' }, { role: 'b' }],
  });
  const verdict = readGrants({ chosen: ['a'], until: { a: '2026-02-30' } });
  expect(verdict.ok ? [] : verdict.errors.map(({ field }) => field)).toEqual(['until-a']);
});
