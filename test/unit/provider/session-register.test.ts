import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { openProviderWorld, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import { createSampleClient } from '#test/support/provider/sample-client.ts';
import { sampleRelyingParty } from '#test/support/provider/sample-relying-party.ts';

const account = sampleAccount();

let world: ProviderWorld;
beforeEach(async () => {
  world = await openProviderWorld({ accounts: [account], relyingParties: [sampleRelyingParty('csm')] });
  world.nextLogin = { accountId: account.id, level: 2 };
});
afterEach(() => world.close());

test('a login that stops at the admission prompt is in the register, with no relying party', async () => {
  const { browser, response } = await createSampleClient(world, 'csm').authorize();
  expect(await response.json()).toMatchObject({ prompt: { name: 'admission' } });
  const home = (await (await browser.fetch('/home')).json()) as { uid: string };
  expect(await world.register.listOpenSessions(account.id)).toMatchObject([{ sessionUid: home.uid }]);
  expect(world.register.sessions.get(home.uid)?.reached.size).toBe(0);
});

test('a login that the register does not take opens no session', async () => {
  world.register.fail(new Error('no records'));
  const { browser, response } = await createSampleClient(world, 'csm').authorize();
  expect(response.status).toBe(500);
  expect(await (await browser.fetch('/home')).json()).toBeNull();
});

test('a session from before the account was activated anew is ended at the next authorization', async () => {
  const csm = createSampleClient(world, 'csm');
  const { browser } = await csm.authorize();
  world.accounts.change(account.id, { activatedAt: new Date(Date.now() + 60_000) });
  world.nextLogin = undefined;
  const { response } = await csm.authorize(browser);
  expect(await response.json()).toMatchObject({ prompt: { name: 'login' } });
  expect(await world.register.listOpenSessions(account.id)).toEqual([]);
  expect(world.audited.map(({ action }) => action)).toContain('session.end');
});
