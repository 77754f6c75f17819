import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHubWorld, type HubWorld } from '../support/hub/hub-world.ts';
import { authorizationRequest, logInByPassword, redeemCode, signingIn } from '../support/hub/signing-in.ts';

let world: HubWorld;

beforeAll(async () => {
  world = await startHubWorld();
});
afterAll(() => world.close());

const newPassword = 'Correct-horse-7-battery';

test('an official opens the account on the day of opening, logs in anew and enters a system with its roles', async () => {
  const person = await world.openPerson({ n: 1, roles: ['csm_user', 'csm_user_nocert'] });
  const at = signingIn(world);
  const request = authorizationRequest(world, 'csm');
  const form = await at.open(request.url);
  expect(form.status).toBe(200);
  expect(form.url.pathname).toMatch(/^\/interaction\/[^/]+\/one-day-password$/);

  const rules = await logInByPassword(world, at, form, person, person.openingPassword);
  expect(rules.url.pathname).toMatch(/\/rules-of-use$/);
  const change = await at.post(rules.url, { csrf: rules.csrf, version: '2026-1', agree: 'yes' });
  expect(change.url.pathname).toMatch(/\/change-password$/);
  const again = await at.post(change.url, {
    csrf: change.csrf,
    new_password: newPassword,
    new_password_again: newPassword,
  });
  expect(again.url.pathname).toMatch(/\/one-day-password$/);
  expect(again.html).toContain('帳號已開通');

  const entered = await logInByPassword(world, at, again, person, newPassword);
  const tokens = await redeemCode(world, request, entered);
  expect(tokens.claims).toMatchObject({
    sub: person.account.id,
    acr: 'urn:hufu:loa:2',
    amr: ['pwd', 'otp'],
    roles: ['csm_user_nocert'],
  });
});
