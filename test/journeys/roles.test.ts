import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHubWorld, type HubWorld, type Person } from '../support/hub/hub-world.ts';
import {
  authorizationRequest,
  basic,
  logInByPassword,
  readTokens,
  redeemCode,
  signingIn,
  tokenRequest,
  type SigningIn,
  type Tokens,
} from '../support/hub/signing-in.ts';

let world: HubWorld;
let person: Person;
let at: SigningIn;

const password = 'Correct-horse-7-battery';
const roles = ['csm_user', 'csm_user_nocert', 'fms_user', 'fms_nocert', 'psr_user', 'bms_nocert'];

beforeAll(async () => {
  world = await startHubWorld();
  person = await world.activePerson({ n: 1, roles }, password);
  // Past the days given to register a card: only a day enabled by a manager opens the password door.
  world.clock.advance(4 * 24 * 3_600_000);
  const { services } = world.hub;
  const actor = { kind: 'system', purpose: 'command' } as const;
  const warrant = { form: 'D-06-11', reason: 'card left at home' };
  await services.enableOneDayPassword(actor, person.account, warrant, { actor: 'system:command' });
  at = signingIn(world);
  const form = await at.open(authorizationRequest(world, 'csm').url);
  const change = await logInByPassword(world, at, form, person, password);
  expect(change.url.pathname).toMatch(/\/change-password$/);
  const fresh = 'Another-staple-8-battery';
  const done = await at.post(change.url, {
    csrf: change.csrf,
    new_password: fresh,
    new_password_again: fresh,
  });
  expect(done.leads?.searchParams.get('code')).toBeTruthy();
});
afterAll(() => world.close());

async function enter(clientId: string): Promise<Tokens> {
  const request = authorizationRequest(world, clientId);
  return redeemCode(world, request, await at.open(request.url));
}

async function userinfo(tokens: Tokens): Promise<Record<string, unknown>> {
  const headers = { Authorization: `Bearer ${tokens.access_token}` };
  const response = await fetch(new URL('/oidc/userinfo', world.origin), { headers });
  return (await response.json()) as Record<string, unknown>;
}

async function introspection(clientId: string, token: string): Promise<Record<string, unknown>> {
  const response = await fetch(new URL('/oidc/introspection', world.origin), {
    method: 'POST',
    headers: { Authorization: `Basic ${basic(clientId)}` },
    body: new URLSearchParams({ token }),
  });
  return (await response.json()) as Record<string, unknown>;
}

describe('a one-day password gives each system its own roles of that strength', () => {
  test.each([
    ['csm', ['csm_user_nocert']],
    ['fms', ['fms_nocert']],
    ['psr', ['psr_user']],
  ])(
    '%s gets exactly %j in ID token, userinfo, introspection and after refresh',
    async (clientId, expected) => {
      const tokens = await enter(clientId);
      expect(tokens.claims.roles).toEqual(expected);
      expect((await userinfo(tokens)).roles).toEqual(expected);
      expect(await introspection(clientId, tokens.access_token)).toMatchObject({
        active: true,
        roles: expected,
      });
      const refreshed = await readTokens(
        await tokenRequest(world, clientId, {
          grant_type: 'refresh_token',
          refresh_token: tokens.refresh_token ?? '',
        }),
      );
      expect(refreshed.claims.roles).toEqual(expected);
      expect((await userinfo(refreshed)).roles).toEqual(expected);
    },
  );
});

test('the foreign role does not count where it requires a certificate', async () => {
  const holder = await world.activePerson({ n: 2, roles: ['psr_admin'] }, password);
  const elsewhere = signingIn(world);
  const page = await elsewhere.open(authorizationRequest(world, 'psr').url);
  const refused = await logInByPassword(world, elsewhere, page, holder, password);
  expect(refused.status).toBe(403);
  expect(refused.html).toContain('憑證');
});

test('a system that admits certificate logins alone refuses with a clear page', async () => {
  const holder = await world.activePerson({ n: 3, roles: ['psm_bob_6k'] }, password);
  const elsewhere = signingIn(world);
  const page = await elsewhere.open(authorizationRequest(world, 'pre').url);
  const refused = await logInByPassword(world, elsewhere, page, holder, password);
  expect(refused.status).toBe(403);
  expect(refused.url.pathname).toMatch(/\/admission$/);
  expect(refused.html).toContain('憑證');
});

test('without an admitting role our page says so, then the system gets access_denied', async () => {
  const request = authorizationRequest(world, 'pre');
  const refused = await at.open(request.url);
  expect(refused.status).toBe(403);
  expect(refused.html).toContain('沒有這個系統的角色');
  const { leads } = await at.post(refused.url, { csrf: refused.csrf });
  expect(leads?.searchParams.get('error')).toBe('access_denied');
  expect(leads?.searchParams.get('state')).toBe('state');
  expect(leads?.searchParams.has('code')).toBe(false);

  const silent = await at.open(authorizationRequest(world, 'pre', { prompt: 'none' }).url);
  expect(silent.leads?.searchParams.get('error')).toBe('access_denied');
});

test('a role taken away is gone at the next refresh, and with the last one the tokens end', async () => {
  const holder = await world.activePerson({ n: 4, roles: ['csm_user_nocert', 'fms_nocert'] }, password);
  const elsewhere = signingIn(world);
  const request = authorizationRequest(world, 'csm');
  const form = await elsewhere.open(request.url);
  const tokens = await redeemCode(
    world,
    request,
    await logInByPassword(world, elsewhere, form, holder, password),
  );
  const { accounts } = world.hub.services.directory;
  const actor = { kind: 'system', purpose: 'command' } as const;
  const now = await accounts.findAccount(actor, holder.account.id);
  await accounts.modifyAccount(actor, holder.account.id, now?.revision ?? 0, {
    grants: [{ role: 'fms_nocert' }],
  });
  expect(await introspection('csm', tokens.access_token)).toEqual({ active: false });
  const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' };
  const response = await tokenRequest(world, 'csm', refresh);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: 'invalid_grant' });
});
