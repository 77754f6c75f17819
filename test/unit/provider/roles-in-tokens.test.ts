import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AssuranceLevel } from '#domain/assurance.ts';
import { HufuError } from '#domain/errors.ts';
import { sampleAccount, sampleId } from '#test/support/memory/accounts.ts';
import { openProviderWorld, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import {
  claimsOf,
  createSampleClient,
  type SampleClient,
  type Tokens,
} from '#test/support/provider/sample-client.ts';
import { allScopes, sampleRelyingParty } from '#test/support/provider/sample-relying-party.ts';

const account = sampleAccount({
  grants: ['csm_user', 'csm_user_nocert', 'fms_user', 'fms_nocert'].map((role) => ({ role })),
});

let world: ProviderWorld;
let csm: SampleClient;
let fms: SampleClient;
let pre: SampleClient;
let registered: SampleClient;

beforeAll(async () => {
  world = await openProviderWorld({
    accounts: [account],
    relyingParties: [
      sampleRelyingParty('csm'),
      sampleRelyingParty('fms'),
      sampleRelyingParty('pre'),
      sampleRelyingParty('registered', { systems: ['csm'], scopes: [...allScopes, 'national_id'] }),
    ],
  });
  [csm, fms, pre, registered] = ['csm', 'fms', 'pre', 'registered'].map((id) =>
    createSampleClient(world, id),
  ) as [SampleClient, SampleClient, SampleClient, SampleClient];
});
afterAll(() => world.close());
beforeEach(() => {
  world.accounts.fail(undefined);
  world.accounts.set(account);
  logInAs(2);
});

function logInAs(level: AssuranceLevel): void {
  world.nextLogin = { accountId: account.id, level };
}

async function rolesEverywhere(client: SampleClient, tokens: Tokens) {
  const userinfo = (await (await client.userinfo(tokens.access_token)).json()) as Record<string, unknown>;
  const access = await client.introspect(tokens.access_token);
  const refresh = await client.introspect(tokens.refresh_token ?? '');
  const refreshed = (await (await client.refresh(tokens.refresh_token ?? '')).json()) as Tokens;
  return {
    idToken: claimsOf(tokens.id_token)['roles'],
    userinfo: userinfo['roles'],
    access: access['roles'],
    refresh: refresh['roles'],
    refreshed: claimsOf(refreshed.id_token)['roles'],
  };
}

describe('roles', () => {
  test.each([
    [2, 'csm', ['csm_user_nocert']],
    [2, 'fms', ['fms_nocert']],
    [3, 'csm', ['csm_user', 'csm_user_nocert']],
  ] as const)('at level %i %s gets %j in every place', async (level, id, roles) => {
    logInAs(level);
    const client = id === 'csm' ? csm : fms;
    const tokens = await client.logIn();
    expect(await rolesEverywhere(client, tokens)).toEqual({
      idToken: roles,
      userinfo: roles,
      access: roles,
      refresh: roles,
      refreshed: roles,
    });
  });

  test('are computed with the assurance frozen at issue, not with the session of today', async () => {
    const tokens = await csm.logIn();
    logInAs(3);
    const stronger = await csm.logIn(tokens.browser, { prompt: 'login' });
    expect(claimsOf(stronger.id_token)).toMatchObject({
      acr: 'urn:hufu:loa:3',
      roles: ['csm_user', 'csm_user_nocert'],
    });
    expect(await csm.introspect(tokens.access_token)).toMatchObject({
      active: true,
      acr: 'urn:hufu:loa:2',
      amr: ['pwd', 'otp'],
      roles: ['csm_user_nocert'],
    });
    const refreshed = (await (await csm.refresh(tokens.refresh_token ?? '')).json()) as Tokens;
    expect(claimsOf(refreshed.id_token)).toMatchObject({ acr: 'urn:hufu:loa:2', roles: ['csm_user_nocert'] });
    const userinfo = await csm.userinfo(tokens.access_token);
    expect(await userinfo.json()).toMatchObject({ acr: 'urn:hufu:loa:2', roles: ['csm_user_nocert'] });
  });

  test('follow the grants of today', async () => {
    logInAs(3);
    const tokens = await csm.logIn();
    world.accounts.change(account.id, { grants: [{ role: 'csm_user' }] });
    expect(await rolesEverywhere(csm, tokens)).toMatchObject({
      userinfo: ['csm_user'],
      access: ['csm_user'],
      refreshed: ['csm_user'],
    });
  });

  test('are left out where the scope was not asked for', async () => {
    const tokens = await csm.logIn(undefined, { scope: 'openid' });
    expect(claimsOf(tokens.id_token)).not.toHaveProperty('roles');
    const introspected = await csm.introspect(tokens.access_token);
    expect(introspected).toMatchObject({
      active: true,
      acr: 'urn:hufu:loa:2',
      auth_time: expect.any(Number),
    });
    expect(introspected).not.toHaveProperty('roles');
  });
});

describe('a person who lost', () => {
  test.each([
    [
      'the last admitting role',
      () => world.accounts.change(account.id, { grants: [{ role: 'fms_nocert' }] }),
    ],
    ['the account by disabling', () => world.accounts.change(account.id, { status: 'disabled' })],
    ['the account by removal', () => world.accounts.drop(account.id)],
  ])('%s gets no tokens and no claims', async (_what, lose) => {
    const tokens = await csm.logIn();
    const { answer, pkce } = await csm.authorize(tokens.browser);
    lose();
    const redeemed = await csm.redeem(answer?.get('code') ?? '', pkce.verifier);
    expect([redeemed.status, await redeemed.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
    const refreshed = await csm.refresh(tokens.refresh_token ?? '');
    expect([refreshed.status, await refreshed.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
    const userinfo = await csm.userinfo(tokens.access_token);
    expect([userinfo.status, await userinfo.json()]).toMatchObject([401, { error: 'invalid_token' }]);
    expect(await csm.introspect(tokens.access_token)).toEqual({ active: false });
    expect(await csm.introspect(tokens.refresh_token ?? '')).toEqual({ active: false });
  });

  test('a disabled account loses the session, and the next login makes another', async () => {
    const { browser } = await csm.logIn();
    const { uid } = (await (await browser.fetch('/home')).json()) as { uid: string };
    world.accounts.change(account.id, { status: 'disabled' });
    const silent = await csm.authorize(browser, { prompt: 'none' });
    expect(silent.answer?.get('error')).toBe('login_required');
    expect(world.register.sessions.get(uid)?.ending).toBe('account-disabled');
    expect(world.audited.at(-1)).toMatchObject({ action: 'session.end', onAccount: account.id });
    expect(await (await browser.fetch('/home')).json()).toBeNull();
    const other = sampleAccount({ id: sampleId('c'), grants: account.grants });
    world.accounts.set(other);
    world.nextLogin = { accountId: other.id, level: 2 };
    const tokens = await csm.logIn(browser);
    expect(claimsOf(tokens.id_token)['sub']).toBe(other.id);
    expect(await (await browser.fetch('/home')).json()).toMatchObject({ accountId: other.id });
  });
});

describe('admission', () => {
  test('is refused by our page first, then by access_denied', async () => {
    const { browser, response } = await pre.authorize();
    expect(await response.json()).toMatchObject({
      prompt: { name: 'admission', reasons: ['not_admitted'], details: { reason: 'no-admitting-role' } },
    });
    const end = await browser.visit(`${new URL(response.url).pathname}?go-on`);
    expect(new URL(end.headers.get('Location') ?? '').searchParams.get('error')).toBe('access_denied');
  });

  test('names a stronger login where that would admit', async () => {
    world.accounts.change(account.id, { grants: [{ role: 'psm_bob_6k' }] });
    const { response } = await pre.authorize();
    expect(await response.json()).toMatchObject({ prompt: { details: { reason: 'certificate-required' } } });
    logInAs(3);
    expect(claimsOf((await pre.logIn()).id_token)['roles']).toEqual(['psm_bob_6k']);
  });

  test('prompt=none is answered access_denied at once', async () => {
    const { browser } = await csm.logIn();
    const { answer } = await pre.authorize(browser, { prompt: 'none' });
    expect(answer?.get('error')).toBe('access_denied');
  });
});

describe('the national ID', () => {
  test('is given by userinfo to a client registered for it, and audited each time', async () => {
    const tokens = await registered.logIn(undefined, { scope: 'openid national_id' });
    expect(claimsOf(tokens.id_token)).not.toHaveProperty('national_id');
    const before = world.audited.length;
    const userinfo = await registered.userinfo(tokens.access_token);
    expect(await userinfo.json()).toMatchObject({ national_id: 'A123456789' });
    expect(world.audited.slice(before)).toEqual([
      expect.objectContaining({
        action: 'national-id.release',
        actor: 'client:registered',
        clientId: 'registered',
        onAccount: account.id,
        requestId: 'request-1',
        personal: { address: '192.0.2.1' },
      }),
    ]);
  });

  test('is not given when the audit trail fails', async () => {
    const tokens = await registered.logIn(undefined, { scope: 'openid national_id' });
    world.failAudit = new HufuError('store-unavailable');
    const userinfo = await registered.userinfo(tokens.access_token);
    world.failAudit = undefined;
    expect([userinfo.status, await userinfo.text()]).toEqual([
      503,
      expect.not.stringContaining('A123456789'),
    ]);
  });

  test('cannot be asked for by others', async () => {
    const { answer } = await csm.authorize(undefined, { scope: 'openid national_id' });
    expect(answer?.get('error')).toBe('invalid_scope');
  });
});

test('with the directory down nobody gets anything, and nothing internal is told', async () => {
  const tokens = await csm.logIn();
  world.accounts.fail(new HufuError('directory-unavailable', { cause: new Error('ldap://secret-host') }));
  const answers = await Promise.all([
    csm.userinfo(tokens.access_token),
    csm.refresh(tokens.refresh_token ?? ''),
    csm.post('/oidc/introspection', { token: tokens.access_token }),
    csm.authorize(tokens.browser).then(({ response }) => response),
  ]);
  for (const answer of answers) {
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain('secret-host');
  }
});
