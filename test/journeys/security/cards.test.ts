/** Two people, one browser, one card of each: what somebody at the keyboard, or in the directory meanwhile, cannot bring about. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHubWorld, type HubWorld, type Person } from '../../support/hub/hub-world.ts';
import { openCardDesk, openCardDoor, submitCard, type CardDesk } from '../../support/hub/card-desk.ts';
import {
  authorizationRequest,
  logInByPassword,
  redeemCode,
  signingIn,
  tokenRequest,
  type Shown,
} from '../../support/hub/signing-in.ts';
import { claimsOf } from '../../support/provider/sample-client.ts';

let world: HubWorld;
let desk: CardDesk;
let next = 300;
const password = 'Correct-horse-7-battery';
const roles = ['csm_user', 'csm_user_nocert', 'psm_bob_6k'];
const command = { kind: 'system', purpose: 'command' } as const;

beforeAll(async () => {
  desk = await openCardDesk();
  world = await startHubWorld((folder) => desk.config(folder));
});
afterAll(async () => {
  await world.close();
  await desk.close();
});

const hasCode = ({ leads }: Shown) => leads?.searchParams.has('code') ?? false;

async function someone() {
  const person = await world.activePerson({ n: next++, roles }, password);
  return { person, card: desk.issue(person) };
}

/** Somebody who is logged in at 商管 with the password, and registered the card afterwards. */
async function weakSession() {
  const { person, card } = await someone();
  const at = signingIn(world);
  const request = authorizationRequest(world, 'csm');
  const form = await at.open(request.url);
  const tokens = await redeemCode(world, request, await logInByPassword(world, at, form, person, password));
  await desk.bind(world, person, card);
  return { person, card, at, tokens };
}

async function cardHolder() {
  const { person, card } = await someone();
  await desk.bind(world, person, card);
  return { person, card };
}

async function change({ account: { id } }: Person, what: Parameters<typeof modify>[3]) {
  const account = await world.hub.services.directory.accounts.findAccount(command, id);
  await modify(command, id, account?.revision ?? 0, what);
}

const modify = (
  ...given: Parameters<HubWorld['hub']['services']['directory']['accounts']['modifyAccount']>
) => world.hub.services.directory.accounts.modifyAccount(...given);

test('another’s card at a step-up: nothing of the first person’s lives on', async () => {
  const { at, tokens } = await weakSession();
  const other = await cardHolder();
  const door = await at.open(authorizationRequest(world, 'pre').url);
  expect(hasCode(await submitCard(at, door, other.card))).toBe(true);
  const headers = { authorization: `Bearer ${tokens.access_token}` };
  expect((await fetch(new URL('/oidc/userinfo', world.origin), { headers })).status).toBe(401);
});

test.each([
  ['a hint', (idToken: string) => ({ id_token_hint: idToken })],
  [
    'a claim',
    (idToken: string) => ({
      claims: JSON.stringify({ id_token: { sub: { value: claimsOf(idToken)['sub'] } } }),
    }),
  ],
])('another’s card where the system asks for one person by %s: told so, and no code', async (_, naming) => {
  const { card } = await cardHolder();
  const at = signingIn(world);
  const request = authorizationRequest(world, 'pre');
  const door = await openCardDoor(at, await at.open(request.url));
  const tokens = await redeemCode(world, request, await submitCard(at, door, card));
  const hinted = authorizationRequest(world, 'pre', { ...naming(tokens.id_token), prompt: 'login' });
  const atDoor = async (browser = at) => openCardDoor(browser, await browser.open(hinted.url));
  expect(hasCode(await submitCard(at, await atDoor(), card))).toBe(true);
  const other = await cardHolder();
  for (const browser of [at, signingIn(world)]) {
    const { leads } = await submitCard(browser, await atDoor(browser), other.card);
    expect([leads?.searchParams.get('error'), leads?.searchParams.has('code')]).toEqual([
      'login_required',
      false,
    ]);
  }
});

test('an account disabled while the card is asked for: no code, and the session is over', async () => {
  const { person, card, at } = await weakSession();
  const door = await at.open(authorizationRequest(world, 'pre').url);
  await change(person, { status: 'disabled' });
  const shown = await submitCard(at, door, card);
  expect([shown.status, hasCode(shown)]).toEqual([422, false]);
  const silent = await at.open(authorizationRequest(world, 'csm', { prompt: 'none' }).url);
  expect(silent.leads?.searchParams.get('error')).toBe('login_required');
});

test('a card taken away between the signature and the rules of use: the login is void', async () => {
  const { person, card } = await cardHolder();
  await change(person, { agreement: { version: 'of long ago', at: new Date() } });
  const at = signingIn(world);
  const door = await openCardDoor(at, await at.open(authorizationRequest(world, 'csm').url));
  const rules = await submitCard(at, door, card);
  expect(rules.url.pathname).toMatch(/rules-of-use$/);
  await change(person, { certificates: [] });
  const agreed = await at.post(rules.url, { csrf: rules.csrf, agree: 'yes' });
  expect(hasCode(agreed)).toBe(false);
});

test('a weak session asked for more than it has opens at the card’s door', async () => {
  const { at } = await weakSession();
  const { card } = await cardHolder();
  const strong = authorizationRequest(world, 'csm', { prompt: 'login', acr_values: 'urn:hufu:loa:3' });
  const door = await at.open(strong.url);
  expect(door.url.pathname).toMatch(/certificate$/);
  const tokens = await redeemCode(world, strong, await submitCard(at, door, card));
  expect(claimsOf(tokens.id_token)['acr']).toBe('urn:hufu:loa:3');
});

test('max_age reached: the card proves the person anew, at a new time', async () => {
  const { card } = await cardHolder();
  const at = signingIn(world);
  const first = authorizationRequest(world, 'pre');
  const door = await openCardDoor(at, await at.open(first.url));
  await redeemCode(world, first, await submitCard(at, door, card));
  const again = authorizationRequest(world, 'pre', { max_age: '0' });
  const asked = await at.open(again.url);
  expect(asked.url.pathname).toMatch(/^\/interaction\//);
  const silent = authorizationRequest(world, 'pre', { max_age: '0', prompt: 'none' });
  expect((await at.open(silent.url)).leads?.searchParams.get('error')).toBe('login_required');
});

test('the refresh token of a person whose place another took is dead', async () => {
  const { at, tokens } = await weakSession();
  const other = await cardHolder();
  const door = await at.open(authorizationRequest(world, 'pre').url);
  await submitCard(at, door, other.card);
  if (tokens.refresh_token === undefined) return expect.unreachable('csm is a first-party system');
  const answer = await tokenRequest(world, 'csm', {
    grant_type: 'refresh_token',
    refresh_token: tokens.refresh_token,
  });
  expect(await answer.json()).toMatchObject({ error: 'invalid_grant' });
});
