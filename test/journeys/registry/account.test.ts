import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account } from '#domain/account.ts';
import { formatGrant } from '#domain/grant.ts';
import {
  accountForm,
  accountOf,
  command,
  openAt,
  putOrganizations,
  root,
  warrant,
} from '../../support/hub/account-forms.ts';
import { startRegistryWorld, type RegistryWorld } from '../../support/hub/registry-visits.ts';
import type { Shown } from '../../support/hub/signing-in.ts';

let world: RegistryWorld;
beforeAll(async () => {
  world = await startRegistryWorld();
  await putOrganizations(world);
});
afterAll(() => world.close());

const password = 'Correct-horse-7-battery';
const hrefOf = ({ id }: Pick<Account, 'id'>) => `/registry/accounts/${id}`;
const revisionIn = ({ html }: Pick<Shown, 'html'>) => /name="revision" value="(\d+)"/.exec(html)?.[1] ?? '';

/** Asks the question at `path` and answers it, as a person at the page does. */
async function answer(
  path: string,
  more: Record<string, string> = {},
  who: 'manager' | 'programme-officer' = 'manager',
) {
  const at = world.at[who];
  const asked = await at.open(path);
  return at.post(path, { csrf: asked.csrf, revision: revisionIn(asked), ...warrant, ...more });
}

const seenOf = (html: string) =>
  (/name="seen" value="([^"]*)"/.exec(html)?.[1] ?? '').replaceAll('&quot;', '"').replaceAll('&#x3D;', '=');

test('the page of an account shows what a manager may know, and its number masked', async () => {
  const account = await openAt(world, 730, { name: '王小明' });
  const { html } = await world.at.manager.open(hrefOf(account));
  for (const words of ['王小明', 'A100******', '未開帳', 'person730@example.test', '還原密碼', '刪除帳號'])
    expect(html).toContain(words);
  expect(html).not.toContain('管轄設定</a>');
});

test('enabling, disabling, setting back and resetting each ask, rest on a form, and are told', async () => {
  const person = await world.activePerson({ n: 731 }, password);
  const href = hrefOf(person.account);
  expect((await world.at.manager.open(`${href}/disable`)).html).toContain('立即被登出所有系統');
  const unfounded = await answer(`${href}/disable`, { formNumber: '' });
  expect(unfounded.status).toBe(422);
  expect(unfounded.html).toContain('請填寫表單或公文文號');
  expect((await answer(`${href}/disable`)).html).toContain('帳號已停用');
  expect((await accountOf(world, person.account)).status).toBe('disabled');
  expect((await answer(`${href}/enable`)).html).toContain('帳號已啟用');
  expect((await answer(`${href}/reset-password`)).html).toContain('密碼已還原');
  expect((await accountOf(world, person.account)).status).toBe('not-opened');
  const refused = await answer(`${href}/enable`);
  expect(refused.status).toBe(403);
  expect(refused.html).toContain('本人尚未完成首次登入');
  const { html } = await world.at.manager.open(`${href}/history`);
  for (const words of ['變更帳號狀態', '還原密碼', '註冊管理', 'D-06-09-001', '測試'])
    expect(html).toContain(words);
});

test('a one-day password is enabled for today, shows who did it, and is taken back the same day', async () => {
  const person = await world.activePerson({ n: 732 }, password);
  const href = hrefOf(person.account);
  const before = (await world.mailbox.mailsTo(person.email)).length;
  expect((await answer(`${href}/one-day-password`)).html).toContain('由 註冊管理 啟用');
  await world.mailbox.nextMailTo(person.email, before);
  expect((await answer(`${href}/withdraw-one-day-password`)).html).toContain('一日密碼已取消');
  expect((await accountOf(world, person.account)).password.oneDay).toBeUndefined();
});

test('fields change, empty ones go, and the number on file stays when its field is left empty', async () => {
  const account = await openAt(world, 733);
  const path = `${hrefOf(account)}/change`;
  const page = await world.at.manager.open(path);
  const odd = '*)(uid=*\\ <script>';
  const answered = await world.at.manager.post(path, {
    ...accountForm(733, {
      nationalId: '',
      birthday: '',
      title: odd,
      unit: '稅務課',
      email: 'other733@example.test',
    }),
    csrf: page.csrf,
    revision: revisionIn(page),
    seen: seenOf(page.html),
  });
  expect(answered.html).toContain('變更已儲存');
  expect(answered.html).not.toContain('<script>"');
  const now = await accountOf(world, account);
  expect(now).toMatchObject({
    unit: { oid: `${root}.20012` },
    contact: { title: odd, email: 'other733@example.test' },
    emailConfirmed: false,
    nationalId: account.nationalId,
  });
});

test('nobody is moved out of the subtree: refused, in the trail, and nothing written', async () => {
  const account = await openAt(world, 746);
  const path = `${hrefOf(account)}/change`;
  const page = await world.at.manager.open(path);
  const answered = await world.at.manager.post(path, {
    ...accountForm(746, { nationalId: '', birthday: '', unit: `${root}1` }),
    csrf: page.csrf,
    revision: revisionIn(page),
    seen: seenOf(page.html),
  });
  expect([answered.status, answered.html]).toEqual([403, expect.stringContaining('不在您的管轄範圍')]);
  expect((await world.audited('account.modify'))[0]).toContain('outside-jurisdiction');
  expect(await accountOf(world, account)).toEqual(account);
});

test('what somebody else has changed meanwhile is shown beside mine, nothing is overwritten, and I can go on', async () => {
  const account = await openAt(world, 734);
  const path = `${hrefOf(account)}/change`;
  const page = await world.at.manager.open(path);
  await world.hub.services.directory.accounts.modifyAccount(command, account.id, account.revision, {
    contact: { title: '科長', phone: '02-11112222' },
  });
  const mine = accountForm(734, {
    nationalId: '',
    birthday: '',
    title: '股長',
    unit: page.html ? `${root}.20011 單位${root}.20011` : '',
  });
  const send = (shown: Shown, fields: Record<string, string>) =>
    world.at.manager.post(path, {
      ...fields,
      csrf: shown.csrf,
      revision: revisionIn(shown),
      seen: seenOf(shown.html),
    });
  const conflict = await send(page, mine);
  expect(conflict.status).toBe(409);
  for (const words of [
    '別人更改了這個帳號',
    '目前資料（對方）：科長',
    'value="股長"',
    'value="02-11112222"',
    '對方已改成這個值',
  ])
    expect(conflict.html).toContain(words);
  expect((await accountOf(world, account)).contact.title).toBe('科長');
  expect((await send(conflict, { ...mine, phone: '02-11112222' })).html).toContain('變更已儲存');
  expect((await accountOf(world, account)).contact).toMatchObject({ title: '股長', phone: '02-11112222' });
});

test('roles are given with an end and taken, those of other categories are shown and survive', async () => {
  const account = await openAt(world, 735);
  await world.hub.services.directory.accounts.modifyAccount(command, account.id, account.revision, {
    grants: [{ role: 'fms_user' }],
  });
  const path = `${hrefOf(account)}/roles`;
  const { html } = await world.at.manager.open(path);
  for (const words of ['公司登記與管理', '未持有這個類別', '須以憑證登入', 'JWT 存取權杖最遲 5 分鐘'])
    expect(html).toContain(words);
  expect(html).not.toContain('value="fms_user"');
  expect((await answer(path, { role: 'csm_user', 'until-csm_user': '2099-12-31' })).html).toContain(
    '角色已儲存',
  );
  const held = async () => (await accountOf(world, account)).grants.map(formatGrant).toSorted();
  expect(await held()).toEqual(['csm_user;until=2099-12-31', 'fms_user']);
  expect((await answer(path, { role: 'csm_user', 'until-csm_user': '2020-01-01' })).html).toContain(
    '截止日已過',
  );
  expect((await answer(path, { role: 'csm_user', 'until-csm_user': 'x' })).html).toContain(
    '截止日應為存在的日期',
  );
  expect((await answer(path, { role: 'fms_user' })).html).toContain('不能設定這個類別的角色');
  expect((await answer(path)).html).toContain('角色已儲存');
  expect(await held()).toEqual(['fms_user']);
});

test('one account is deleted by its question, several by typing how many', async () => {
  const one = await openAt(world, 736);
  expect((await answer(`${hrefOf(one)}/remove`)).html).toContain('帳號已刪除');
  const two = [await openAt(world, 737, { name: '甲君' }), await openAt(world, 738, { name: '乙君' })];
  const outside = await openAt(world, 739, { place: `${root}1`, name: '外人' });
  const list = await world.at.manager.open('/registry/accounts');
  const asked = await world.postForm(world.at.manager, '/registry/accounts/remove', [
    ['csrf', list.csrf],
    ...[...two, outside].map(({ id }) => ['account', id] as const),
  ]);
  for (const words of ['甲君', '乙君', '另有 1 個', '刪除 2 筆', '無法復原'])
    expect(asked.html).toContain(words);
  expect(asked.html).not.toContain('外人');
  const removal = (confirmation: string, targets: readonly Account[]) =>
    world.postForm(world.at.manager, '/registry/accounts/removal', [
      ['csrf', list.csrf],
      ...Object.entries(warrant),
      ['confirmation', confirmation],
      ...targets.map(({ id, revision }) => ['target', `${id}.${revision}`] as const),
    ]);
  expect((await removal('yes', two)).html).toContain('確認文字不符');
  const done = await removal('刪除 3 筆', [...two, outside]);
  expect(done.html).toContain('已刪除 2 個帳號');
  expect(done.html).toContain('1 個未刪除');
  expect(await accountOf(world, outside)).toBeDefined();
  await expect(accountOf(world, two[0] ?? one)).rejects.toThrow('gone');
});

test('a programme officer gives an office, changes and withdraws it', async () => {
  const account = await openAt(world, 740);
  const path = `${hrefOf(account)}/office`;
  const set = (fields: Record<string, string>) => answer(path, fields, 'programme-officer');
  expect((await set({ office: 'manager', jurisdiction: '工商課', category: 'csm' })).html).toContain(
    '管轄設定已儲存',
  );
  expect(await accountOf(world, account)).toMatchObject({
    office: 'manager',
    jurisdictionOid: `${root}.20011`,
    categories: ['csm'],
  });
  expect((await set({ office: 'manager', jurisdiction: '不存在', category: 'csm' })).status).toBe(422);
  expect((await set({ office: 'general', jurisdiction: `${root}.20011`, category: 'csm' })).html).toContain(
    '管轄設定已儲存',
  );
  expect(await accountOf(world, account)).toMatchObject({ office: 'general', categories: [] });
});
