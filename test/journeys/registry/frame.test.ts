import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHubWorld, type HubWorld, type Person } from '../../support/hub/hub-world.ts';
import { atPortal, outcomesOf } from '../../support/hub/portal-visits.ts';
import { signingIn, type SigningIn } from '../../support/hub/signing-in.ts';

let world: HubWorld;
let general: Person;
let at: Record<'officer' | 'manager' | 'general', SigningIn>;

const password = 'Correct-horse-7-battery';
const command = { kind: 'system', purpose: 'command' } as const;

beforeAll(async () => {
  world = await startHubWorld({ registry: { requirement: 'second-factor' } });
  const officer = await world.activePerson({ n: 600, name: '計畫承辦' }, password);
  const manager = await world.activePerson({ n: 601, name: '註冊管理' }, password);
  general = await world.activePerson({ n: 602 }, password);
  const { accounts } = world.hub.services.directory;
  const appoint = ({ account }: Person, office: 'manager' | 'programme-officer') =>
    accounts.modifyAccount(command, account.id, account.revision, { office, categories: ['csm', 'old'] });
  await appoint(officer, 'programme-officer');
  await appoint(manager, 'manager');
  at = {
    officer: await atPortal(world, officer, password),
    manager: await atPortal(world, manager, password),
    general: await atPortal(world, general, password),
  };
});
afterAll(() => world.close());

test('a manager is led there and sees what may be managed', async () => {
  expect((await at.manager.open('/')).html).toContain('href="/registry"');
  const { status, html } = await at.manager.open('/registry');
  expect(status).toBe(200);
  for (const words of [
    '業務帳號註冊管理者',
    '測試縣政府',
    '2.16.886.101.90027.20002',
    '公司登記與管理',
    'old',
  ])
    expect(html).toContain(words);
});

test('a programme officer sees that everything may be managed', async () => {
  const { status, html } = await at.officer.open('/registry');
  expect(status).toBe(200);
  expect(html).toContain('全部機關與類別');
});

test('for everybody else it does not exist, and whoever is logged in is recorded', async () => {
  expect((await at.general.open('/')).html).not.toContain('/registry');
  expect((await at.general.open('/registry')).status).toBe(404);
  expect((await signingIn(world).open('/registry')).status).toBe(404);
  expect(await outcomesOf(world, general, 'registry.enter')).toEqual(['not-permitted']);
});
