import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { openProviderWorld, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import { createSampleClient, type SampleClient, type Tokens } from '#test/support/provider/sample-client.ts';
import { sampleRelyingParty, secretOf } from '#test/support/provider/sample-relying-party.ts';

const account = sampleAccount({ grants: [{ role: 'csm_user_nocert' }, { role: 'fms_nocert' }] });

let world: ProviderWorld;
let csm: SampleClient;
let fms: SampleClient;

beforeAll(async () => {
  world = await openProviderWorld({
    accounts: [account],
    relyingParties: [
      sampleRelyingParty(
        'csm',
        { countsAsActivity: true },
        { token_endpoint_auth_method: 'client_secret_post' },
      ),
      sampleRelyingParty('fms'),
      sampleRelyingParty('third', {
        systems: ['csm'],
        firstParty: false,
        scopes: ['openid', 'offline_access'],
      }),
    ],
    session: { idleSeconds: 600, absoluteSeconds: 1500 },
  });
  csm = createSampleClient(world, 'csm');
  fms = createSampleClient(world, 'fms');
});
afterAll(() => world.close());
beforeEach(() => {
  world.nextLogin = { accountId: account.id, level: 2 };
});

async function tokensOf(response: Response): Promise<Tokens> {
  expect(response.status).toBe(200);
  return (await response.json()) as Tokens;
}

describe('refresh', () => {
  test('rotates, and reuse of a rotated token revokes everything', async () => {
    const first = await csm.logIn();
    const second = await tokensOf(await csm.refresh(first.refresh_token ?? ''));
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await csm.userinfo(second.access_token)).status).toBe(200);
    expect((await csm.refresh(first.refresh_token ?? '')).status).toBe(400);
    expect((await csm.refresh(second.refresh_token ?? '')).status).toBe(400);
    expect((await csm.userinfo(second.access_token)).status).toBe(401);
  });

  test('of 20 at once exactly one gets tokens', async () => {
    const { refresh_token: token = '' } = await csm.logIn();
    const responses = await Promise.all(Array.from({ length: 20 }, () => csm.refresh(token)));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(responses.filter(({ status }) => status === 400)).toHaveLength(19);
  });

  test('another client cannot use the token, and does not harm it', async () => {
    const { refresh_token: token = '' } = await csm.logIn();
    expect((await fms.refresh(token)).status).toBe(400);
    expect((await csm.refresh(token)).status).toBe(200);
  });

  test('gives no scope that was not granted', async () => {
    const { refresh_token: token = '' } = await csm.logIn(undefined, { scope: 'openid' });
    const response = await csm.post('/oidc/token', {
      grant_type: 'refresh_token',
      refresh_token: token,
      scope: 'openid roles',
    });
    expect(await response.json()).toMatchObject({ error: 'invalid_scope' });
  });

  test('ends with the session', async () => {
    const { browser, refresh_token: token = '' } = await csm.logIn();
    await browser.fetch('/log-out');
    expect((await csm.refresh(token)).status).toBe(400);
  });
});

describe('introspection', () => {
  test('answers the client of the token by Basic and by post alike', async () => {
    const { access_token: token } = await csm.logIn();
    const byPost = await fetch(new URL('/oidc/introspection', world.origin), {
      method: 'POST',
      body: new URLSearchParams({ token, client_id: 'csm', client_secret: secretOf('csm') }),
    });
    const answer: unknown = await byPost.json();
    expect(answer).toMatchObject({
      active: true,
      client_id: 'csm',
      sub: account.id,
      roles: ['csm_user_nocert'],
    });
    expect(await csm.introspect(token)).toEqual(answer);
  });

  test('tells another client nothing', async () => {
    const { access_token: token } = await csm.logIn();
    expect(await fms.introspect(token)).toEqual({ active: false });
    expect(await csm.introspect('unknown')).toEqual({ active: false });
  });

  test('asks for the secret', async () => {
    const response = await fetch(new URL('/oidc/introspection', world.origin), {
      method: 'POST',
      body: new URLSearchParams({ token: 'any', client_id: 'csm' }),
    });
    expect(response.status).toBe(401);
  });
});

describe('revocation', () => {
  test.each(['access_token', 'refresh_token'] as const)('of the %s kills both', async (kind) => {
    const tokens = await csm.logIn();
    expect((await csm.post('/oidc/revocation', { token: tokens[kind] })).status).toBe(200);
    expect((await csm.userinfo(tokens.access_token)).status).toBe(401);
    expect((await csm.refresh(tokens.refresh_token ?? '')).status).toBe(400);
    expect(await csm.introspect(tokens.access_token)).toEqual({ active: false });
    const again = await csm.logIn(tokens.browser);
    expect((await csm.userinfo(again.access_token)).status).toBe(200);
  });

  test('by another client does nothing', async () => {
    const tokens = await csm.logIn();
    expect((await fms.post('/oidc/revocation', { token: tokens.access_token })).status).toBe(400);
    expect((await csm.userinfo(tokens.access_token)).status).toBe(200);
  });
});

test('a third-party client is asked for consent, and gets no refresh token without offline_access', async () => {
  const third = createSampleClient(world, 'third');
  const { response } = await third.authorize(undefined, { scope: 'openid' });
  expect(await response.json()).toMatchObject({ prompt: { name: 'consent' } });
});

describe('the clock of a session', () => {
  test('idle and absolute limits end it, activity extends it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const at = (seconds: number) => vi.setSystemTime(start + seconds * 1000);
      const start = Date.now();
      const polling = await csm.logIn();
      const silent = await fms.logIn();
      at(400);
      expect((await csm.userinfo(polling.access_token)).status).toBe(200);
      expect((await fms.userinfo(silent.access_token)).status).toBe(200);
      at(700);
      // Only csm's calls count as activity.
      expect(await (await silent.browser.fetch('/home')).json()).toBeNull();
      expect(await (await polling.browser.fetch('/home')).json()).not.toBeNull();
      at(900);
      await polling.browser.fetch('/home', { headers: { 'x-extend': 'yes' } });
      at(1490);
      const session = (await (await polling.browser.fetch('/home')).json()) as { endsAt: string };
      expect(Date.parse(session.endsAt) - start).toBeLessThanOrEqual(1_500_000);
      await polling.browser.fetch('/home', { headers: { 'x-extend': 'yes' } });
      at(1501);
      expect(await (await polling.browser.fetch('/home')).json()).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('store round trips', () => {
  test('of a login, a second system, refresh and introspection', async () => {
    const count = async (act: () => Promise<unknown>): Promise<number> => {
      const before = world.store.operations.length;
      await act();
      return world.store.operations.length - before;
    };
    let tokens: Awaited<ReturnType<SampleClient['logIn']>> | undefined;
    const login = await count(async () => {
      tokens = await csm.logIn();
    });
    const models = world.store.operations.slice(-login).map((operation) => operation.replace(/:.*/, ''));
    // The index first: a crash between leaves one that leads nowhere.
    expect(models.indexOf('put SessionUid')).toBe(models.indexOf('put Session') - 1);
    const sso = await count(() => fms.logIn(tokens?.browser));
    const again = await count(() => fms.logIn(tokens?.browser));
    const refresh = await count(() => csm.refresh(tokens?.refresh_token ?? ''));
    const introspection = await count(() => csm.introspect(tokens?.access_token ?? ''));
    // csm counts as activity, which costs refresh and introspection two reads of the session each.
    expect({ login, sso, again, refresh, introspection }).toEqual({
      login: 17,
      sso: 13,
      again: 11,
      refresh: 9,
      introspection: 7,
    });
  });
});
