import { describe, expect, test } from 'vitest';
import { createOpenAccount, newAccountSchema } from '#accounts/open-account.ts';
import { realRandom } from '#test/support/real.ts';
import { createDeedWorld } from './deed-world.ts';

const whole = {
  name: ' 王小明 ',
  nationalId: 'a123456789',
  birthday: '0229',
  agency: { oid: '2.16.886.101.90027', code: '387000000A', name: '示範市政府' },
  unit: { oid: '2.16.886.101.90027.1', name: '商業科' },
  jurisdictionOid: '2.16.886.101.90027',
  grants: [{ role: 'csm_user', until: '2026-12-31' }, { role: 'csm_admin' }],
  contact: { email: 'ming@example.gov.tw', title: '科員' },
};

const { unit: _unit, ...withoutUnit } = whole;

describe('what an account is opened from', () => {
  test('is brought into its form', () => {
    const parsed = newAccountSchema.parse(whole);
    expect(parsed).toEqual({
      ...whole,
      name: '王小明',
      nationalId: 'A123456789',
      office: 'general',
      categories: [],
    });
    expect(newAccountSchema.parse(withoutUnit)).not.toHaveProperty('unit');
  });

  test.each<[string, object, string]>([
    ['a field too many', { ...whole, status: 'enabled' }, ''],
    ['an id of its own', { ...whole, id: 'a'.repeat(26) }, ''],
    ['a scope of its own', { ...whole, scopeOid: '2.16' }, ''],
    [
      'a key of the prototype',
      JSON.parse(JSON.stringify(whole).replace('{', '{"__proto__":{},')) as object,
      '',
    ],
    ['no name', { ...whole, name: '  ' }, 'name'],
    ['a name over two lines', { ...whole, name: '王\n小明' }, 'name'],
    ['a name over two lines by another sign', { ...whole, name: '王\u2028小明' }, 'name'],
    ['a name with NUL', { ...whole, name: '王\0小明' }, 'name'],
    ['a name that turns its direction', { ...whole, name: '王\u202e小明' }, 'name'],
    ['half a character', { ...whole, name: '王\ud800' }, 'name'],
    ['a name of 101', { ...whole, name: '王'.repeat(101) }, 'name'],
    ['a wrong checksum', { ...whole, nationalId: 'A123456788' }, 'nationalId'],
    ['a day that there is not', { ...whole, birthday: '0230' }, 'birthday'],
    ['month 13', { ...whole, birthday: '1301' }, 'birthday'],
    ['a birthday in full width', { ...whole, birthday: '０２１５' }, 'birthday'],
    ['a year before it', { ...whole, birthday: '19900215' }, 'birthday'],
    ['an OID with leading zero', { ...whole, jurisdictionOid: '2.016' }, 'jurisdictionOid'],
    ['a code of nine', { ...whole, agency: { ...whole.agency, code: '38700000A' } }, 'agency.code'],
    ['an agency with more', { ...whole, agency: { ...whole.agency, x: 1 } }, 'agency'],
    ['an office that there is not', { ...whole, office: 'admin' }, 'office'],
    ['a role that is none', { ...whole, grants: [{ role: 'csm_user;until=2999-01-01' }] }, 'grants.0.role'],
    ['an end that is no day', { ...whole, grants: [{ role: 'r', until: '2026-02-30' }] }, 'grants.0.until'],
    ['no address', { ...whole, contact: {} }, 'contact.email'],
    ['a header in the address', { ...whole, contact: { email: 'a@b.tw\r\nBcc: x@y.tw' } }, 'contact.email'],
    ['an unknown way to reach somebody', { ...whole, contact: { ...whole.contact, pager: '1' } }, 'contact'],
  ])('is refused with %s', (_, input, path) => {
    const result = newAccountSchema.safeParse(input);
    expect(result.success).toBe(false);
    const paths = new Set(result.error?.issues.map((issue) => issue.path.join('.')));
    expect([...paths]).toEqual([path]);
    // A message may be shown and logged; it does not repeat what was given.
    expect(JSON.stringify(result.error?.issues)).not.toContain('A123456788');
  });
});

describe('opening', () => {
  const actor = { kind: 'system', purpose: 'command' } as const;
  const warrant = { form: 'F-1', reason: 'new here' };
  const open = async (world: ReturnType<typeof createDeedWorld>, input: object) =>
    createOpenAccount({ ...world, random: realRandom })(actor, newAccountSchema.parse(input), warrant, {
      actor: 'system:command',
    });

  test('is audited before and after, with what was given and nothing personal', async () => {
    const world = createDeedWorld();
    const account = await open(world, whole);
    expect(world.steps).toEqual(['audit intended', 'open']);
    const events = world.events();
    expect(events.map(({ outcome }) => outcome)).toEqual(['intended', 'done']);
    expect(events[0]).toMatchObject({
      action: 'account.open',
      onAccount: account.id,
      unitOid: '2.16.886.101.90027.1',
      form: 'F-1',
      evidence: {
        reason: 'new here',
        office: 'general',
        roles: 'csm_user;until=2026-12-31 csm_admin',
        revision: '1',
      },
    });
    expect(JSON.stringify(world.store.entries)).not.toMatch(/A123456789|王小明|0229|example\.gov/);
  });

  test('makes the opening password good on the day in Taipei, and an id that nobody has', async () => {
    const world = createDeedWorld();
    world.clock.set(new Date('2026-12-31T16:00:00.000Z'));
    await open(world, whole);
    await open(world, withoutUnit);
    expect(world.opened.map(({ openedOn, openingDay }) => [openedOn, openingDay])).toEqual([
      ['2027-01-01', '2027-01-01'],
      ['2027-01-01', '2027-01-01'],
    ]);
    const ids = world.opened.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[a-z2-7]{26}$/);
    expect(world.events()[2]).toMatchObject({ unitOid: '2.16.886.101.90027' });
  });

  test('does not happen while nothing can be audited', async () => {
    const world = createDeedWorld();
    world.store.failing = new Error('disk full');
    await expect(open(world, whole)).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(world.steps).toEqual([]);
  });
});
