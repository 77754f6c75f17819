import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  accountForm,
  accountOf,
  command,
  openAt,
  postFrom,
  putOrganizations,
  root,
} from '../../support/hub/account-forms.ts';
import { parseNationalId } from '#domain/national-id.ts';
import { startRegistryWorld, type RegistryWorld } from '../../support/hub/registry-visits.ts';
import { sampleNationalId } from '../../support/hub/sample-people.ts';

let world: RegistryWorld;
beforeAll(async () => {
  world = await startRegistryWorld();
  await putOrganizations(world);
});
afterAll(() => world.close());

const openAs = (who: 'manager' | 'programme-officer', fields: Record<string, string>) =>
  postFrom(world.at[who], '/registry/open', '/registry/open', fields);

async function found(n: number) {
  const nationalId = parseNationalId(sampleNationalId(n));
  return nationalId && world.hub.services.directory.accounts.findAccountByNationalId(command, nationalId);
}

test('an account is opened with unit and roles, told by mail, and its page says the rule and no password', async () => {
  const fields = accountForm(720, {
    unit: '稅務課',
    role: 'csm_user',
    'until-csm_user': '2099-12-31',
    phone: '02-23212200',
  });
  const { url, status, html } = await openAs('manager', fields);
  expect(status).toBe(200);
  expect(url.pathname).toMatch(/^\/registry\/open\/[a-z2-7]{26}$/);
  const account = await found(720);
  expect(account).toMatchObject({
    unit: { oid: `${root}.20012`, name: '稅務課' },
    agency: { oid: root },
    jurisdictionOid: root,
    office: 'general',
    grants: [{ role: 'csm_user', until: '2099-12-31' }],
    contact: { phone: '02-23212200' },
  });
  expect(html).toContain('MmDd ＋ 出生月日 4 碼 ＋ 身分證字號末 4 碼');
  expect(html).not.toContain('MmDd0215');
  expect(html).not.toContain(sampleNationalId(720));
  expect(await world.mailbox.nextMailTo('person720@example.test', 0)).toContain('首次登入');
  expect((await world.audited('account.open'))[0]).toContain('D-06-09-001');
});

test('each fault is said at its field, and what was typed is kept', async () => {
  const { status, html } = await openAs('manager', {
    ...accountForm(721, {
      nationalId: 'A123456788',
      birthday: '0230',
      email: 'x',
      unit: '不存在',
      formNumber: '',
      phone: 'x',
    }),
    name: '<b>測試</b>',
  });
  expect(status).toBe(422);
  for (const words of [
    '檢查碼不符',
    '日期存在',
    '電子郵件信箱格式不正確',
    '沒有這個單位',
    '請填寫表單或公文文號',
  ])
    expect(html).toContain(words);
  expect(html).toContain('value="&lt;b&gt;測試&lt;/b&gt;"');
  expect((await openAs('manager', accountForm(721, { nationalId: '12' }))).html).toContain(
    '1 個英文字母加 9 碼',
  );
  expect(await found(721)).toBeUndefined();
});

test('somebody who has an account is shown to who may see it, and of others only that there is one', async () => {
  const here = await openAt(world, 722);
  await openAt(world, 723, { place: `${root}1`, name: '外機關人' });
  const seen = await openAs('manager', accountForm(722));
  expect(seen.status).toBe(409);
  expect(seen.html).toContain(`/registry/accounts/${here.id}`);
  const elsewhere = await openAs('manager', accountForm(723));
  expect(elsewhere.status).toBe(409);
  expect(elsewhere.html).toContain('已在其他機關');
  expect(elsewhere.html).not.toContain('外機關人');
});

test('a role outside the categories, a unit outside the subtree, and a field too many are refused', async () => {
  const role = await openAs('manager', accountForm(724, { role: 'fms_user' }));
  expect(role.status).toBe(403);
  expect(role.html).toContain('您不能設定這個類別的角色');
  expect((await world.audited('account.open'))[0]).toContain('category-not-held');
  // One that there is and one that there is not are refused alike, and stand in the trail.
  for (const place of [`${root}1`, '2.16.886.1']) {
    const before = (await world.audited('account.open')).length;
    const outside = await openAs('manager', accountForm(724, { unit: place }));
    expect([outside.status, outside.html]).toEqual([403, expect.stringContaining('不在您的管轄範圍')]);
    const trail = await world.audited('account.open');
    expect([trail.length, trail[0]]).toEqual([before + 1, expect.stringContaining('outside-jurisdiction')]);
  }
  const unknown = await openAs('manager', accountForm(724, { unit: `${root}.999` }));
  expect([unknown.status, unknown.html]).toEqual([422, expect.stringContaining('沒有這個單位')]);
  for (const field of ['agency', 'office', 'jurisdictionOid', 'until', 'category'])
    expect((await openAs('manager', accountForm(724, { [field]: root }))).status).toBe(400);
  expect(await found(724)).toBeUndefined();
});

test('nothing is opened without the token of the form', async () => {
  const { status } = await world.at.manager.post('/registry/open', { csrf: 'x', ...accountForm(725) });
  expect(status).toBe(400);
  expect(await found(725)).toBeUndefined();
});

test('a programme officer chooses the agency', async () => {
  const { status } = await openAs('programme-officer', accountForm(726, { agency: '別縣政府' }));
  expect(status).toBe(200);
  expect(await found(726)).toMatchObject({ agency: { oid: `${root}1` }, jurisdictionOid: `${root}1` });
});

test('a programme officer opens a manager with a subtree and categories; nobody else does', async () => {
  const at = world.at['programme-officer'];
  const { category, ...fields } = accountForm(727, {
    agency: '測試縣政府',
    jurisdiction: `${root}.20011`,
    category: 'csm',
  });
  const answer = await postFrom(at, '/registry/managers/new', '/registry/managers/new', {
    ...fields,
    category: category ?? '',
  });
  expect(answer.status).toBe(200);
  const account = await found(727);
  expect(account).toMatchObject({ office: 'manager', jurisdictionOid: `${root}.20011`, categories: ['csm'] });
  expect((await at.open('/registry/managers')).html).toContain('測試員727');
  expect((await world.at.manager.open('/registry/managers')).status).toBe(404);
  const refused = await postFrom(world.at.manager, '/registry/open', '/registry/managers/new', fields);
  expect(refused.status).toBe(404);
  if (account) expect((await accountOf(world, account)).office).toBe('manager');
});
