/** Managers at accounts that are not theirs: everything is refused, nothing is told, and the trail has it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account } from '#domain/account.ts';
import {
  accountForm,
  accountOf,
  command,
  oidOf,
  openAt,
  putOrganizations,
  root,
  warrant,
} from '../../support/hub/account-forms.ts';
import { startRegistryWorld, type RegistryWorld } from '../../support/hub/registry-visits.ts';

let world: RegistryWorld;
let own: Account;
let alike: Account;
let peer: Account;
let officer: Account;

const deeds = [
  'enable',
  'disable',
  'close',
  'reset-password',
  'one-day-password',
  'withdraw-one-day-password',
  'remove',
];

beforeAll(async () => {
  world = await startRegistryWorld();
  await putOrganizations(world);
  own = world.people.manager.account;
  alike = await openAt(world, 750, { place: `${root}1`, name: '相似機關人' });
  peer = await appointed(await openAt(world, 751, { name: '同級管理者' }), 'manager');
  officer = await appointed(await openAt(world, 752, { name: '轄內承辦人' }), 'programme-officer');
});
afterAll(() => world.close());

async function appointed(account: Account, office: 'manager' | 'programme-officer'): Promise<Account> {
  const held = { office, jurisdictionOid: oidOf(root), categories: ['csm'] };
  await world.hub.services.directory.accounts.modifyAccount(command, account.id, account.revision, held);
  return accountOf(world, account);
}

/** Posts every form there is about `account`, with the token of the manager's own pages. */
async function postAll(account: Account): Promise<readonly [string, number, string][]> {
  const at = world.at.manager;
  const { csrf } = await at.open('/registry/open');
  const { revision } = await accountOf(world, account);
  const common = { csrf, revision: String(revision), ...warrant };
  const form = accountForm(759, { nationalId: '', birthday: '' });
  const forms: readonly [string, Record<string, string>][] = [
    ...deeds.map((deed): [string, Record<string, string>] => [deed, common]),
    ['remove-certificates', { ...common, certificate: 'f'.repeat(64) }],
    ['roles', { ...common, role: 'csm_user' }],
    ['change', { ...form, ...common, seen: '{}' }],
  ];
  const answers: [string, number, string][] = [];
  for (const [deed, fields] of forms) {
    const { status, html } = await at.post(`/registry/accounts/${account.id}/${deed}`, fields);
    answers.push([deed, status, html]);
  }
  return answers;
}

test.each([
  ['their own account', () => own, '不能更改自己的帳號', 'own-account'],
  ['a manager who is not below', () => peer, '管轄範圍不在您的範圍之下', 'manager-not-below'],
  ['a programme officer of the subtree', () => officer, '僅計畫承辦人可以辦理', 'programme-officers-only'],
] as const)('%s can be looked at and not touched, and the page says why', async (_, account, words, why) => {
  const before = await accountOf(world, account());
  const { html } = await world.at.manager.open(`/registry/accounts/${before.id}`);
  expect(html).toContain(words);
  expect(html).not.toContain('修改作業</a>');
  for (const [deed, status, answer] of await postAll(before)) {
    expect([deed, status]).toEqual([deed, 403]);
    expect(answer, deed).toContain(words);
  }
  expect(await accountOf(world, before)).toEqual(before);
  for (const action of [
    'account.remove',
    'account.set-roles',
    'account.modify',
    'password.reset',
    'one-day-password.enable',
  ])
    expect(
      (await world.audited(action)).find((entry) => entry.includes(before.id)),
      action,
    ).toContain(why);
});

test('an account whose OID only looks like the subtree is not there at all', async () => {
  const { status, html } = await world.at.manager.open(`/registry/accounts/${alike.id}`);
  expect([status, html.includes('相似機關人')]).toEqual([404, false]);
  for (const [deed, answered] of await postAll(alike)) expect([deed, answered]).toEqual([deed, 404]);
  for (const page of ['history', 'change', 'roles', 'office', 'disable'])
    expect((await world.at.manager.open(`/registry/accounts/${alike.id}/${page}`)).status).toBe(404);
  expect((await world.at.manager.open(`/registry/open/${alike.id}`)).status).toBe(404);
  expect((await accountOf(world, alike)).revision).toBe(alike.revision);
});

test('nobody gives themselves an office, and a field too many is refused', async () => {
  const at = world.at.manager;
  const mine = await openAt(world, 753);
  const { csrf } = await at.open('/registry/open');
  const office = { csrf, revision: '1', office: 'programme-officer', jurisdiction: root, ...warrant };
  for (const { id } of [own, mine])
    expect((await at.post(`/registry/accounts/${id}/office`, office)).status).toBe(404);
  const path = `/registry/accounts/${mine.id}`;
  const common = { csrf, revision: '1', ...warrant };
  for (const [deed, extra] of [
    ['disable', { id: alike.id }],
    ['roles', { office: 'manager' }],
    ['roles', { until: '2099-01-01' }],
    ['change', { ...accountForm(753), seen: '{}', agency: root }],
    ['change', { ...accountForm(753), seen: '{}', categories: 'csm' }],
  ] as const)
    expect([deed, (await at.post(`${path}/${deed}`, { ...common, ...extra })).status]).toEqual([deed, 400]);
  expect((await accountOf(world, mine)).revision).toBe(1);
});

test('a form without its token, or with another session’s, does nothing', async () => {
  const mine = await openAt(world, 754);
  const other = (await world.at['programme-officer'].open('/registry/open')).csrf;
  for (const csrf of ['', 'x', other]) {
    for (const deed of ['disable', 'roles', 'remove']) {
      const fields = { csrf, revision: '1', ...warrant };
      expect((await world.at.manager.post(`/registry/accounts/${mine.id}/${deed}`, fields)).status).toBe(400);
    }
  }
  expect((await accountOf(world, mine)).revision).toBe(1);
});

test('what was seen in another state is not done', async () => {
  const mine = await openAt(world, 755);
  const { csrf } = await world.at.manager.open('/registry/open');
  const fields = { csrf, revision: '9', ...warrant };
  const { status, html } = await world.at.manager.post(`/registry/accounts/${mine.id}/disable`, fields);
  expect(status).toBe(409);
  expect(html).toContain('別人更改了這個帳號');
  expect((await accountOf(world, mine)).status).toBe('not-opened');
});

test.each([
  ['roles', 'manager', { role: 'csm_user' }],
  ['office', 'programme-officer', { office: 'general', jurisdiction: root }],
] as const)(
  'a form of %s that is shown again is still made from what was seen',
  async (form, who, fields) => {
    const at = world.at[who];
    const mine = await openAt(world, form === 'roles' ? 756 : 757);
    const path = `/registry/accounts/${mine.id}/${form}`;
    const { csrf } = await at.open(path);
    const theirs = { grants: [{ role: 'bms_user' }], categories: ['bms'] };
    await world.hub.services.directory.accounts.modifyAccount(command, mine.id, mine.revision, theirs);
    const common = { csrf, revision: String(mine.revision), ...fields };
    const again = await at.post(path, { ...common, ...warrant, reason: '' });
    const [, revision = ''] = /name="revision" value="(\d+)"/.exec(again.html) ?? [];
    expect([again.status, revision]).toEqual([422, '1']);
    const late = await at.post(path, { ...common, ...warrant, revision });
    expect(late.status).toBe(409);
    // What the other person has set stands there, to be compared.
    expect(late.html).toMatch(form === 'roles' ? /<code>bms_user<\/code>/ : /<code>[\d.]+ bms<\/code>/);
    expect(await accountOf(world, mine)).toMatchObject({ ...theirs, revision: 2 });
  },
);
