import { describe, expect, test } from 'vitest';
import type { Day } from '#domain/calendar.ts';
import { formatGrant, isInForce, isRoleCode, parseGrant } from '#domain/grant.ts';

describe('a grant is read', () => {
  test.each([
    ['csm_user', { role: 'csm_user' }],
    ['csm_user;until=2026-12-31', { role: 'csm_user', until: '2026-12-31' }],
  ])('from %s, and written the same', (value, grant) => {
    const parsed = parseGrant(value);
    expect(parsed).toEqual(grant);
    expect(parsed && formatGrant(parsed)).toBe(value);
  });

  test.each([
    '',
    'csm user',
    'CSM_USER',
    '_csm',
    'csm_user;',
    'csm_user;until=',
    'csm_user;until=2026-02-30',
    'csm_user;Until=2026-12-31',
    'csm_user;until=2026-12-31;until=2027-12-31',
    'csm_user;from=2026-12-31',
    'csm_user ;until=2026-12-31',
    ';until=2026-12-31',
    'csm_user\n',
  ])('not from %j', (value) => {
    // A grant that cannot be read gives nothing: an end that was meant must not become none.
    expect(parseGrant(value)).toBeUndefined();
  });
});

test('a role code has 1 to 64 characters', () => {
  expect(isRoleCode('a'.repeat(64))).toBe(true);
  expect(isRoleCode('a'.repeat(65))).toBe(false);
  expect(isRoleCode('使用者')).toBe(false);
});

test('a grant counts on its last day and not on the day after', () => {
  const until = '2026-12-31' as Day;
  expect(isInForce({ role: 'r', until }, '2026-12-30' as Day)).toBe(true);
  expect(isInForce({ role: 'r', until }, '2026-12-31' as Day)).toBe(true);
  expect(isInForce({ role: 'r', until }, '2027-01-01' as Day)).toBe(false);
  expect(isInForce({ role: 'r' }, '2999-01-01' as Day)).toBe(true);
});
