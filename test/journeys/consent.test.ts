import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientConfig, startHubWorld, type HubWorld, type Person } from '../support/hub/hub-world.ts';
import {
  authorizationRequest,
  logInByPassword,
  redeemCode,
  signingIn,
  type SigningIn,
} from '../support/hub/signing-in.ts';

let world: HubWorld;
let person: Person;
let at: SigningIn;

const password = 'Correct-horse-7-battery';

beforeAll(async () => {
  world = await startHubWorld({
    clients: [clientConfig('csm', ['csm']), clientConfig('outside', ['csm'], { firstParty: false })],
  });
  person = await world.activePerson({ n: 1, roles: ['csm_user_nocert'] }, password);
  at = signingIn(world);
  const request = authorizationRequest(world, 'csm');
  await logInByPassword(world, at, await at.open(request.url), person, password);
});
afterAll(() => world.close());

test('a system that is not one of ours is given data only after the person agreed, and is not asked for again', async () => {
  const silent = await at.open(authorizationRequest(world, 'outside', { prompt: 'none' }).url);
  expect(silent.leads?.searchParams.get('error')).toBe('consent_required');

  const request = authorizationRequest(world, 'outside');
  const page = await at.open(request.url);
  expect(page.url.pathname).toMatch(/\/consent$/);
  for (const words of ['姓名', '所屬機關與職稱', '角色']) expect(page.html).toContain(words);
  expect(page.html).not.toContain('電子信箱</dt>');
  const tokens = await redeemCode(world, request, await at.post(page.url, { csrf: page.csrf }));
  expect(tokens.claims).toMatchObject({ roles: ['csm_user_nocert'] });
  // Lasting access was not asked for.
  expect(tokens.refresh_token).toBeUndefined();

  const again = authorizationRequest(world, 'outside', { prompt: 'none' });
  await redeemCode(world, again, await at.open(again.url));
  const more = await at.open(authorizationRequest(world, 'outside', { prompt: 'consent' }).url);
  expect(more.url.pathname).toMatch(/\/consent$/);
});

test('declining gives access_denied, and nothing is remembered', async () => {
  const elsewhere = signingIn(world);
  world.clock.advance(11_000);
  await logInByPassword(
    world,
    elsewhere,
    await elsewhere.open(authorizationRequest(world, 'csm').url),
    person,
    password,
  );
  const page = await elsewhere.open(authorizationRequest(world, 'outside').url);
  const declined = await elsewhere.post(page.url.href.replace(/consent$/, 'cancel'), { csrf: page.csrf });
  expect(declined.leads?.searchParams.get('error')).toBe('access_denied');
  expect((await elsewhere.open(authorizationRequest(world, 'outside').url)).url.pathname).toMatch(
    /\/consent$/,
  );
});

test('the answer needs the form of this very page', async () => {
  const elsewhere = signingIn(world);
  world.clock.advance(11_000);
  await logInByPassword(
    world,
    elsewhere,
    await elsewhere.open(authorizationRequest(world, 'csm').url),
    person,
    password,
  );
  const page = await elsewhere.open(authorizationRequest(world, 'outside').url);
  expect((await elsewhere.post(page.url, { csrf: '' })).status).toBe(400);
  expect((await elsewhere.post(page.url, { csrf: page.csrf, scope: 'national_id' })).status).toBe(400);
});
