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
    clients: [
      clientConfig('csm', ['csm']),
      clientConfig('strange', ['csm'], { firstParty: false }),
      clientConfig('outside', ['csm'], {
        firstParty: false,
        scopes: ['openid', 'profile', 'email', 'organization', 'roles'],
      }),
    ],
  });
  person = await world.activePerson({ n: 1, roles: ['csm_user_nocert'] }, password);
  at = signingIn(world);
  const request = authorizationRequest(world, 'csm');
  await logInByPassword(world, at, await at.open(request.url), person, password);
});
afterAll(() => world.close());

/** Another browser in which the person is logged in. */
async function loggedIn(who = person): Promise<SigningIn> {
  const elsewhere = signingIn(world);
  world.clock.advance(11_000);
  const page = await elsewhere.open(authorizationRequest(world, 'csm').url);
  await logInByPassword(world, elsewhere, page, who, password);
  return elsewhere;
}

async function lastEvents() {
  const { audit } = world.hub.services.stores.records;
  const { sequence } = await audit.head();
  const entries = await audit.read(Math.max(0, sequence - 20), 20);
  return { entries: entries.map(({ entry }) => JSON.parse(entry) as Record<string, unknown>) };
}

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
  // Asked on purpose, the page says all of it again.
  const more = await at.open(authorizationRequest(world, 'outside', { prompt: 'consent' }).url);
  expect(more.url.pathname).toMatch(/\/consent$/);
  expect(more.html).toContain('所屬機關與職稱');
});

test('what was agreed to is remembered after log-out, and only what was agreed to', async () => {
  const elsewhere = await loggedIn();
  const same = authorizationRequest(world, 'outside', { prompt: 'none' });
  await redeemCode(world, same, await elsewhere.open(same.url));
  const wider = authorizationRequest(world, 'outside', { scope: 'openid profile email' });
  const page = await elsewhere.open(wider.url);
  expect(page.url.pathname).toMatch(/\/consent$/);
  expect(page.html).toContain('電子信箱</dt>');
  expect(page.html).not.toContain('所屬機關與職稱');
  const single = authorizationRequest(world, 'outside', {
    scope: 'openid',
    prompt: 'none',
    claims: JSON.stringify({ userinfo: { email: null } }),
  });
  expect((await elsewhere.open(single.url)).leads?.searchParams.get('error')).toBe('consent_required');
});

test('withdrawing asks first, revokes what was issued, and the system must ask again', async () => {
  const elsewhere = await loggedIn();
  const request = authorizationRequest(world, 'outside');
  const tokens = await redeemCode(world, request, await elsewhere.open(request.url));
  const csm = authorizationRequest(world, 'csm');
  const kept = await redeemCode(world, csm, await elsewhere.open(csm.url));
  const userinfo = (token: string) =>
    fetch(new URL('/oidc/userinfo', world.origin), { headers: { Authorization: `Bearer ${token}` } });
  expect((await userinfo(tokens.access_token)).status).toBe(200);

  const list = await elsewhere.open('/consents');
  expect(list.html).toContain('系統 outside');
  expect(list.html).not.toContain('系統 csm');
  const link = '/consents/withdraw?client_id=outside';
  expect(list.html.replaceAll('&#x3D;', '=')).toContain(`href="${link}"`);
  const question = await elsewhere.open(link);
  expect(question.html).toContain('撤回對「系統 outside」的同意？');
  expect((await userinfo(tokens.access_token)).status).toBe(200);

  for (const csrf of ['', 'another'])
    expect((await elsewhere.post('/consents/withdraw', { csrf, client_id: 'outside' })).status).toBe(400);
  const done = await elsewhere.post('/consents/withdraw', { csrf: question.csrf, client_id: 'outside' });
  expect(done.html).toContain('已撤回對「系統 outside」的同意');
  expect(done.html).toContain('目前沒有需要您同意的系統');
  expect((await userinfo(tokens.access_token)).status).toBe(401);
  expect((await userinfo(kept.access_token)).status).toBe(200);
  const silent = await elsewhere.open(authorizationRequest(world, 'outside', { prompt: 'none' }).url);
  expect(silent.leads?.searchParams.get('error')).toBe('consent_required');
  expect((await elsewhere.open(link)).status).toBe(404);

  const { entries } = await lastEvents();
  expect(entries).toContainEqual(
    expect.objectContaining({
      action: 'consent.withdraw',
      actor: `person:${person.account.id}`,
      clientId: 'outside',
    }),
  );
});

test('nobody sees or withdraws what another person agreed to', async () => {
  const request = authorizationRequest(world, 'outside');
  const page = await at.open(request.url);
  await redeemCode(world, request, await at.post(page.url, { csrf: page.csrf }));
  const colleague = await world.activePerson({ n: 2, roles: ['csm_user_nocert'] }, password);
  const elsewhere = await loggedIn(colleague);
  expect((await elsewhere.open('/consents')).html).toContain('目前沒有需要您同意的系統');
  expect((await elsewhere.open('/consents/withdraw?client_id=outside')).status).toBe(404);
  const again = authorizationRequest(world, 'outside', { prompt: 'none' });
  await redeemCode(world, again, await at.open(again.url));
});

test('declining gives access_denied, and nothing is remembered', async () => {
  const elsewhere = await loggedIn();
  const page = await elsewhere.open(authorizationRequest(world, 'strange').url);
  const declined = await elsewhere.post(page.url.href.replace(/consent$/, 'cancel'), { csrf: page.csrf });
  expect(declined.leads?.searchParams.get('error')).toBe('access_denied');
  expect((await elsewhere.open(authorizationRequest(world, 'strange').url)).url.pathname).toMatch(
    /\/consent$/,
  );
});

test('the answer needs the form of this very page', async () => {
  const elsewhere = await loggedIn();
  const page = await elsewhere.open(authorizationRequest(world, 'strange').url);
  expect(page.url.pathname).toMatch(/\/consent$/);
  expect((await elsewhere.post(page.url, { csrf: '' })).status).toBe(400);
  expect((await elsewhere.post(page.url, { csrf: page.csrf, scope: 'national_id' })).status).toBe(400);
});
