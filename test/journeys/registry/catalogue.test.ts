import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findEntry } from '#domain/catalogue-register.ts';
import { formInPage, typedOver } from '../../support/hub/form-in-page.ts';
import { callbackUri } from '../../support/hub/hub-world.ts';
import { startRegistryWorld, statusesFor, type RegistryWorld } from '../../support/hub/registry-visits.ts';
import { authorizationRequest, redeemCode, type SigningIn } from '../../support/hub/signing-in.ts';

let world: RegistryWorld;
let officer: SigningIn;

beforeAll(async () => {
  world = await startRegistryWorld();
  officer = world.at['programme-officer'];
});
afterAll(() => world.close());

const base = '/registry/catalogue';
type Field = readonly [string, string];

const role = (changes: Record<string, string> = {}): Field[] =>
  Object.entries({
    id: 'csm_extra',
    name: '額外角色',
    category: 'csm',
    requires: 'second-factor',
    ...changes,
  });
const system = (changes: Record<string, string> = {}): Field[] =>
  Object.entries({
    id: 'extra',
    name: '額外系統',
    nameEn: '',
    description: '',
    descriptionEn: '',
    owner: '',
    url: '',
    leastRequirement: 'second-factor',
    ...changes,
  });

/** Posts what the page at `path` would send, with what the page holds hidden. */
async function send(path: string, more: readonly Field[], from = path) {
  const page = await officer.open(from);
  const seen = /name="seen" value="([^"]*)"/.exec(page.html)?.[1] ?? '';
  return world.postForm(officer, path, [['csrf', page.csrf], ['seen', seen], ...more]);
}
const rolesOf = async () => {
  const request = authorizationRequest(world, 'csm');
  const tokens = await redeemCode(world, request, await world.at.general.open(request.url));
  return tokens.claims['roles'];
};

test('all of it is shown, with who serves each system', async () => {
  const { status, html } = await officer.open(base);
  expect(status).toBe(200);
  for (const words of ['公司登記與管理', 'csm_user_nocert', '系統 csm', '未帶憑證'])
    expect(html).toContain(words);
});

test('a category, a role and a system are added, live at once, and audited with what they are', async () => {
  expect(
    (
      await send(`${base}/categories/new`, [
        ['id', 'tax'],
        ['name', '稅務'],
      ])
    ).status,
  ).toBe(303);
  expect((await send(`${base}/roles/new`, role({ id: 'tax_user', category: 'tax' }))).status).toBe(303);
  const added = await send(`${base}/systems/new`, [
    ...system({ id: 'tax', url: 'https://tax.example/' }),
    ['admitsCategories', 'tax'],
    ['admitsRoles', 'csm_user'],
  ]);
  expect(added.status).toBe(303);
  const { html } = await officer.open(`${base}?done=added`);
  for (const words of ['tax_user', '額外系統', '已新增']) expect(html).toContain(words);
  const [, intent] = await world.audited('role.add');
  expect(intent).toContain('"after.category":"tax"');
});

test('a changed role counts at the next login', async () => {
  expect(await rolesOf()).toEqual(['csm_user_nocert']);
  const path = `${base}/roles/csm_user`;
  const open = role({ id: 'csm_user', name: '公司登記使用者', requires: 'second-factor' });
  expect((await send(path, open)).status).toBe(303);
  const lenient = system({ id: 'csm', name: '公司登記與管理資訊系統', leastRequirement: 'second-factor' });
  expect((await send(`${base}/systems/csm`, [...lenient, ['admitsCategories', 'csm']])).status).toBe(303);
  expect(await rolesOf()).toEqual(['csm_user', 'csm_user_nocert']);
  const [, intent] = await world.audited('role.change');
  expect(intent).toContain('"before.requires":"certificate"');
  expect(intent).toContain('"after.requires":"second-factor"');
});

test('a role that somebody holds is neither removed nor given anew; once nobody does, it is, and does not come back', async () => {
  const path = `${base}/roles/csm_user_nocert/remove`;
  const question = await officer.open(path);
  for (const words of ['刪除這個角色？', '測試員702', '還有帳號持有', 'role&#x3D;csm_user_nocert"'])
    expect(question.html).toContain(words);
  expect(question.html).not.toContain('>刪除</button>');
  expect((await send(path, [])).status).toBe(409);
  expect(await rolesOf()).toEqual(['csm_user', 'csm_user_nocert']);
  // As a grant may be left that was given at the very moment of a removal.
  const { accounts, catalogueRegister } = world.hub.services.directory;
  const { id } = world.people.general.account;
  const command = { kind: 'system', purpose: 'command' } as const;
  const kept = findEntry(await catalogueRegister.readCatalogueNow(), { kind: 'role', id: 'csm_user_nocert' });
  if (!kept) throw new Error('no role');
  await catalogueRegister.removeEntry(command, kept);
  expect(await rolesOf()).toEqual(['csm_user']);
  const again: Field[] = [...role({ id: 'csm_user_nocert' }), ['withoutCertificate', 'yes']];
  const refused = await send(`${base}/roles/new`, again);
  expect(refused.status).toBe(409);
  for (const words of ['沒有新增', '測試員702']) expect(refused.html).toContain(words);
  expect(await rolesOf()).toEqual(['csm_user']);
  await catalogueRegister.addEntry(command, kept);
  const held = await accounts.findAccount(command, id);
  if (!held) throw new Error('no account');
  const grants = held.grants.filter(({ role: code }) => code !== 'csm_user_nocert');
  await accounts.modifyAccount(command, id, held.revision, { grants });
  expect((await send(path, [])).status).toBe(303);
  await world.hub.services.prepare();
  expect((await officer.open(base)).html).not.toContain('csm_user_nocert');
  expect((await send(`${base}/roles/new`, again)).status).toBe(303);
  expect(await rolesOf()).toEqual(['csm_user']);
});

test('a category that a manager may give roles of stays until none does', async () => {
  const { accounts } = world.hub.services.directory;
  const command = { kind: 'system', purpose: 'command' } as const;
  await send(`${base}/categories/new`, [
    ['id', 'ceiling'],
    ['name', '上限'],
  ]);
  const path = `${base}/categories/ceiling/remove`;
  const give = async (categories: readonly string[]) => {
    const { id } = world.people.manager.account;
    const manager = await accounts.findAccount(command, id);
    await accounts.modifyAccount(command, id, manager?.revision ?? 0, { categories });
  };
  const { categories } = world.people.manager.account;
  await give([...categories, 'ceiling']);
  expect((await officer.open(path)).html).toContain(`/${world.people.manager.account.id}/office`);
  expect((await send(path, [])).status).toBe(409);
  await give(categories);
  expect((await send(path, [])).status).toBe(303);
});

test('a category that a role and a system name is neither removed nor given anew until nothing names it', async () => {
  const lent: Field[] = [
    ['id', 'lent'],
    ['name', '借用'],
  ];
  await send(`${base}/categories/new`, lent);
  await send(`${base}/roles/new`, [...role({ id: 'lent_role' }), ['givenByCategories', 'lent']]);
  await send(`${base}/systems/new`, [...system({ id: 'lent_system' }), ['admitsCategories', 'lent']]);
  const naming = [`${base}/roles/lent_role`, `${base}/systems/lent_system`];
  const path = `${base}/categories/lent/remove`;
  const question = await officer.open(path);
  for (const href of naming) expect(question.html).toContain(`href="${href}"`);
  expect(question.html).not.toContain('>刪除</button>');
  expect((await send(path, [])).status).toBe(409);
  // As when somebody names it at the very moment of its removal.
  const { catalogueRegister } = world.hub.services.directory;
  const category = { id: 'lent', name: '借用' };
  await catalogueRegister.removeEntry({ kind: 'system', purpose: 'command' }, { kind: 'category', category });
  const refused = await send(`${base}/categories/new`, lent);
  expect(refused.status).toBe(409);
  for (const href of naming) expect(refused.html).toContain(`href="${href}"`);
  for (const href of naming) {
    const form = formInPage((await officer.open(href)).html);
    const unticked = form.filter(([, value]) => value !== 'lent');
    expect((await world.postForm(officer, href, unticked)).status).toBe(303);
  }
  expect((await send(`${base}/categories/new`, lent)).status).toBe(303);
  expect((await send(path, [])).status).toBe(303);
});

test('a role that a system names by itself stays until none does', async () => {
  await send(`${base}/roles/new`, role({ id: 'single' }));
  await send(`${base}/systems/new`, [...system({ id: 'by_role' }), ['admitsRoles', 'single']]);
  const path = `${base}/roles/single/remove`;
  expect((await officer.open(path)).html).toContain(`href="${base}/systems/by_role"`);
  expect((await send(path, [])).status).toBe(409);
  expect((await send(`${base}/systems/by_role/remove`, [])).status).toBe(303);
  expect((await send(path, [])).status).toBe(303);
});

test('a system that a relying party serves stays until none does', async () => {
  await send(`${base}/systems/new`, system({ id: 'served' }));
  const parties = '/registry/relying-parties';
  const party = typedOver(formInPage((await officer.open(`${parties}/new`)).html), {
    client_id: 'serving',
    name: '服務它的依賴方',
    redirect_uris: callbackUri,
  });
  expect((await world.postForm(officer, `${parties}/new`, [...party, ['systems', 'served']])).status).toBe(
    200,
  );
  const path = `${base}/systems/served/remove`;
  const question = await officer.open(path);
  expect(question.html).toContain('服務它的依賴方');
  expect(question.html).not.toContain('>刪除</button>');
  expect((await send(path, [])).status).toBe(409);
  const { relyingParties } = world.hub.services.stores.records;
  const kept = await relyingParties.findRelyingParty('serving');
  await relyingParties.removeRelyingParty('serving', kept?.revision ?? 0);
  expect((await send(path, [])).status).toBe(303);
});

test('a system that the configuration names stays', async () => {
  const path = `${base}/systems/csm/remove`;
  expect((await officer.open(path)).html).toContain('系統 csm');
  expect((await send(path, [])).status).toBe(409);
});

test('a category with roles is not removed; an empty one is', async () => {
  const path = `${base}/categories/bms/remove`;
  const question = await officer.open(path);
  expect(question.html).toContain('請先刪除其下的角色');
  expect(question.html).not.toContain('>刪除</button>');
  expect((await send(path, [])).status).toBe(409);
  await send(`${base}/categories/new`, [
    ['id', 'empty'],
    ['name', '空'],
  ]);
  expect((await send(`${base}/categories/empty/remove`, [])).status).toBe(303);
  expect((await officer.open(`${base}/categories/empty`)).status).toBe(404);
});

test('whoever saw an older state changes and removes nothing', async () => {
  await send(`${base}/systems/new`, system({ id: 'late' }));
  const path = `${base}/systems/late`;
  const { csrf, html } = await officer.open(path);
  const seen = /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? '';
  expect((await send(path, system({ id: 'late', name: '先改' }))).status).toBe(303);
  const stale: Field[] = [
    ['csrf', csrf],
    ['seen', seen],
  ];
  const late = await world.postForm(officer, path, [...stale, ...system({ id: 'late', name: '後改' })]);
  expect(late.status).toBe(409);
  expect(late.html).toContain('後改');
  expect((await world.postForm(officer, `${path}/remove`, stale)).status).toBe(409);
  expect((await officer.open(path)).html).toContain('先改');
});

describe('what is typed', () => {
  test.each<[string, string, Field[], string]>([
    ['an id that is taken', 'roles', role({ id: 'csm_user' }), 'id'],
    ['an id in capitals', 'roles', role({ id: 'CSM' }), 'id'],
    ['an id that is the page’s own', 'roles', role({ id: 'new' }), 'id'],
    ['no name', 'roles', role({ id: 'r1', name: ' ' }), 'name'],
    ['a category that is none', 'roles', role({ id: 'r1', category: 'none' }), 'category'],
    [
      'a contradiction',
      'roles',
      [...role({ id: 'r1', requires: 'certificate' }), ['withoutCertificate', 'yes']],
      'requires',
    ],
    ['plain http', 'systems', system({ id: 's1', url: 'http://x.example/' }), 'url'],
  ])('is refused beside its field: %s', async (_, kind, fields, field) => {
    const answer = await send(`${base}/${kind}/new`, fields);
    expect(answer.status).toBe(422);
    expect(answer.html).toMatch(new RegExp(`data-field="${field}"[^]*?aria-invalid="true"`));
  });

  test('cannot move or rename what it changes', async () => {
    const fields = role({ id: 'other', category: 'bms', name: '仍是原來的' });
    expect((await send(`${base}/roles/fms_user`, fields)).status).toBe(303);
    const { html } = await officer.open(`${base}/roles/fms_user`);
    expect(html).toContain('仍是原來的');
    expect(html).toContain('name="category" value="fms"');
  });

  test('is text and nothing else', async () => {
    await send(`${base}/categories/new`, [
      ['id', 'evil'],
      ['name', '<script>alert(1)</script>"{{x}}'],
    ]);
    for (const path of [base, `${base}/categories/evil`, `${base}/categories/evil/remove`]) {
      const { html } = await officer.open(path);
      expect(html).not.toContain('<script>alert');
      expect(html).toContain('&lt;script&gt;alert(1)');
    }
  });
});

test('a foreign token and a field too many change nothing', async () => {
  const path = `${base}/categories/new`;
  const fields: Field[] = [
    ['seen', ''],
    ['id', 'guarded'],
    ['name', 'x'],
  ];
  expect((await world.postForm(officer, path, [['csrf', 'foreign'], ...fields])).status).toBe(400);
  expect((await send(path, [...fields.slice(1), ['roles', 'x']])).status).toBe(400);
  expect((await officer.open(`${base}/categories/guarded`)).status).toBe(404);
});

test('for managers and general users none of it exists', async () => {
  const paths = [base, `${base}/roles/new`, `${base}/roles/csm_user`, `${base}/roles/csm_user/remove`];
  for (const who of [world.at.manager, world.at.general]) {
    expect(new Set(await statusesFor(world, who, paths))).toEqual(new Set([404]));
  }
});
