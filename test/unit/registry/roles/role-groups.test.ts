import { expect, test } from 'vitest';
import { parseDay } from '#domain/calendar.ts';
import { roleGroups, typedRolesOf, unknownGrants } from '#registry/roles/role-groups.ts';
import { sampleCatalogue, sampleManager } from '#test/support/gallery/managed-account-states.ts';

const today = parseDay('2026-06-30') ?? expect.unreachable('a day');
const ended = parseDay('2026-06-29') ?? expect.unreachable('a day');
const sight = {
  actor: { ...sampleManager, categories: ['csm'] },
  catalogue: sampleCatalogue,
  today,
  english: true,
};

test('categories held come first and can be changed; of others only what the account holds is shown', () => {
  const held = [{ role: 'gms_user' }, { role: 'csm_user', until: ended }];
  const groups = roleGroups(sight, held, typedRolesOf(held, today));
  expect(groups.map(({ id, editable }) => [id, editable])).toEqual([
    ['csm', true],
    ['gms', false],
  ]);
  expect(groups[0]?.roles[0]).toMatchObject({
    code: 'csm_user',
    systems: 'Company registration',
    requires: 'certificate',
    chosen: false,
    ended: true,
    until: ended,
  });
  expect(groups[1]?.roles[0]).toMatchObject({ code: 'gms_user', editable: false, chosen: true });
});

test('what was typed stands in the form, and what the catalogue does not know is told', () => {
  const typed = { chosen: ['csm_user_nocert'], until: { csm_user_nocert: 'x' } };
  const [group] = roleGroups(sight, [], typed);
  expect(group?.roles.map(({ chosen, until }) => [chosen, until])).toEqual([
    [false, ''],
    [true, 'x'],
  ]);
  expect(unknownGrants(sampleCatalogue, [{ role: 'csm_user' }, { role: 'old' }])).toEqual(['old']);
});
