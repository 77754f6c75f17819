import { afterAll, beforeAll, expect, test } from 'vitest';
import { newAccountSchema } from '#accounts/open-account.ts';
import { startHubWorld, type HubWorld } from '../support/hub/hub-world.ts';
import { samplePerson } from '../support/hub/sample-people.ts';
import { logInByPassword, signingIn, type SigningIn } from '../support/hub/signing-in.ts';

const password = 'Correct-horse-7-battery';
let world: HubWorld;
let at: SigningIn;

beforeAll(async () => {
  world = await startHubWorld();
  const { services } = world.hub;
  const actor = { kind: 'system', purpose: 'command' } as const;
  for (let n = 10; n < 65; n += 1) {
    const { grants: _, ...input } = samplePerson({ n, name: `管理者${n}` });
    const account = await services.openAccount(
      actor,
      newAccountSchema.parse({ ...input, grants: [], office: 'manager', categories: ['csm'] }),
      { form: 'T-1', reason: 'test' },
      { actor: 'system:command' },
    );
    await services.directory.accounts.modifyAccount(actor, account.id, account.revision, {
      status: 'enabled',
      contact: { phone: '02-2321-2200', extension: String(n) },
    });
  }
  const person = await world.activePerson({ n: 1 }, password);
  at = signingIn(world);
  await logInByPassword(world, at, await at.open('/'), person, password);
});
afterAll(() => world.close());

test('who is not logged in is led to log in and learns no name', async () => {
  const stranger = await signingIn(world).open('/managers');
  expect(stranger.url.pathname).toMatch(/\/one-day-password$/);
  expect(stranger.html).not.toContain('管理者10');
});

test('an official without rights finds whom to ask, in portions, and sees no ID and no address', async () => {
  const home = await at.open('/');
  expect(home.html).toContain('href="/managers"');
  const page = await at.open('/managers');
  expect(page.status).toBe(200);
  expect(page.html).toContain('共 55 位');
  expect(page.html.match(/<tr>/g)).toHaveLength(51);
  expect(page.html).toContain('02-2321-2200');
  expect(page.html).not.toMatch(/@example\.test|A1\d{8}/);
  expect((await at.open('/managers?page=2')).html.match(/<tr>/g)).toHaveLength(6);
  expect((await at.open('/managers?agency=測試縣&category=csm')).html).toContain('共 55 位');
  expect((await at.open('/managers?agency=別縣')).html).toContain('沒有符合條件的管理者');
});

test('what is searched for is shown as text, nonsense counts for nothing, and the language switch keeps it', async () => {
  const odd = await at.open(
    `/managers?agency=${encodeURIComponent('"><script>*)(uid=*')}&category=x&page=-3`,
  );
  expect(odd.status).toBe(200);
  expect(odd.html).not.toContain('<script>*');
  expect(odd.html).toContain('共 0 位');
  const many = await at.open('/managers?agency=a&agency=b&page=9999');
  expect(many.status).toBe(200);
  const english = await at.open('/managers?agency=測試縣&page=2&lang=en');
  expect(english.url.searchParams.get('agency')).toBe('測試縣');
  expect(english.url.searchParams.get('page')).toBe('2');
  expect(english.html).toContain('55 in all');
});
