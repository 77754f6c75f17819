import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HufuError } from '#domain/errors.ts';
import type { HttpBrowser } from '#test/support/http-browser.ts';
import { sampleAccount, sampleId } from '#test/support/memory/accounts.ts';
import { openProviderWorld, pagePolicy, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import { claimsOf, createSampleClient, type SampleClient } from '#test/support/provider/sample-client.ts';
import { sampleRelyingParty } from '#test/support/provider/sample-relying-party.ts';

const account = sampleAccount({ grants: [{ role: 'csm_user_nocert' }, { role: 'fms_nocert' }] });
const colleague = sampleAccount({ id: sampleId('b'), grants: account.grants });
const loggedOutUri = 'https://csm.example/logged-out';

let world: ProviderWorld;
let csm: SampleClient;
let fms: SampleClient;

beforeAll(async () => {
  world = await openProviderWorld({
    accounts: [account, colleague],
    relyingParties: [sampleRelyingParty('csm'), sampleRelyingParty('fms')],
  });
  csm = createSampleClient(world, 'csm');
  fms = createSampleClient(world, 'fms');
});
afterAll(() => world.close());
beforeEach(() => {
  world.nextLogin = { accountId: account.id, level: 2 };
  world.register.fail(undefined);
  world.failAudit = undefined;
});

function endSessionUrl(parameters: Record<string, string>): string {
  return `/oidc/session/end?${new URLSearchParams(parameters).toString()}`;
}

async function askToLogOut(browser: HttpBrowser, parameters: Record<string, string>) {
  const page = await browser.fetch(endSessionUrl(parameters));
  const html = await page.text();
  return { page, html, xsrf: /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '' };
}

function confirm(browser: HttpBrowser, fields: Record<string, string>): Promise<Response> {
  return browser.fetch('/oidc/session/end/confirm', { method: 'POST', body: new URLSearchParams(fields) });
}

async function sessionOf(browser: HttpBrowser): Promise<{ uid: string; accountId: string } | null> {
  return (await (await browser.fetch('/home')).json()) as { uid: string; accountId: string } | null;
}

describe('log-out asked for by a relying party', () => {
  test('asks, ends the session everywhere and returns with the state', async () => {
    const tokens = await csm.logIn();
    const { browser } = tokens;
    const other = await fms.logIn(browser);
    const session = await sessionOf(browser);
    const { page, html, xsrf } = await askToLogOut(browser, {
      id_token_hint: tokens.id_token,
      post_logout_redirect_uri: loggedOutUri,
      state: 'their state',
    });
    expect(page.status).toBe(200);
    expect(html).not.toContain('<script');
    // Chrome applies form-action to the redirect that follows the form.
    expect(page.headers.get('Content-Security-Policy')).toBe(`${pagePolicy} https://csm.example`);
    const done = await confirm(browser, { xsrf, logout: 'yes' });
    expect([done.status, done.headers.get('Location')]).toEqual([303, `${loggedOutUri}?state=their+state`]);
    expect(await sessionOf(browser)).toBeNull();
    expect((await csm.userinfo(tokens.access_token)).status).toBe(401);
    expect((await fms.refresh(other.refresh_token ?? '')).status).toBe(400);
    expect(world.register.sessions.get(session?.uid ?? '')?.ending).toBe('log-out');
    expect(
      world.register.outbox.slice(-2).map(({ body }) => (JSON.parse(body) as { clientId: string }).clientId),
    ).toEqual(['csm', 'fms']);
    expect(world.audited.at(-1)).toMatchObject({
      action: 'session.log-out',
      actor: `person:${account.id}`,
      onAccount: account.id,
    });
    world.nextLogin = undefined;
    const silent = await csm.authorize(browser, { prompt: 'none' });
    expect(silent.answer?.get('error')).toBe('login_required');
  });

  test('without confirmation the session stays', async () => {
    const { browser } = await csm.logIn();
    const { xsrf } = await askToLogOut(browser, { client_id: 'csm' });
    const stay = await confirm(browser, { xsrf });
    expect(stay.status).toBe(303);
    expect(await sessionOf(browser)).toMatchObject({ accountId: account.id });
  });

  test('a missing or foreign xsrf value is refused', async () => {
    const { browser } = await csm.logIn();
    await askToLogOut(browser, { client_id: 'csm' });
    for (const fields of [{ logout: 'yes' }, { logout: 'yes', xsrf: 'another' }]) {
      expect((await confirm(browser, fields)).status).toBe(400);
    }
    expect(await sessionOf(browser)).toMatchObject({ accountId: account.id });
  });

  test('a foreign post_logout_redirect_uri is refused on our page', async () => {
    const { browser, id_token: hint } = await csm.logIn();
    const foreign = await browser.fetch(
      endSessionUrl({ id_token_hint: hint, post_logout_redirect_uri: 'https://evil.test/' }),
    );
    expect([foreign.status, foreign.headers.get('Location')]).toEqual([400, null]);
    const nobodys = await askToLogOut(browser, { post_logout_redirect_uri: 'https://evil.test/' });
    const done = await confirm(browser, { xsrf: nobodys.xsrf, logout: 'yes' });
    expect(done.headers.get('Location')).toBe(`${world.origin}/oidc/session/end/success`);
    expect(await (await browser.visit('/oidc/session/end/success')).text()).toContain('logged out');
  });

  test('a forged id_token_hint is refused', async () => {
    const { browser, id_token: hint } = await csm.logIn();
    const [, payload] = hint.split('.');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    expect((await browser.fetch(endSessionUrl({ id_token_hint: none }))).status).toBe(400);
  });

  test('with nobody logged in goes on at once, without a script', async () => {
    const browser = world.newBrowser();
    const toParty = await browser.fetch(
      endSessionUrl({ client_id: 'csm', post_logout_redirect_uri: loggedOutUri, state: 's' }),
    );
    expect([toParty.status, toParty.headers.get('Location')]).toEqual([303, `${loggedOutUri}?state=s`]);
    expect(toParty.headers.get('Content-Security-Policy')).toBe(pagePolicy);
    const own = await browser.fetch(endSessionUrl({}));
    expect(own.headers.get('Location')).toBe('/oidc/session/end/success');
  });
});

describe('log-out at the hub', () => {
  test('ends session, grants and register, and is audited', async () => {
    const tokens = await csm.logIn();
    const session = await sessionOf(tokens.browser);
    expect(await (await tokens.browser.fetch('/log-out')).json()).toMatchObject({ uid: session?.uid });
    expect(await sessionOf(tokens.browser)).toBeNull();
    expect(tokens.browser.cookies.has('hufu_session')).toBe(false);
    expect((await csm.userinfo(tokens.access_token)).status).toBe(401);
    expect(world.register.sessions.get(session?.uid ?? '')?.ending).toBe('log-out');
    expect(world.audited.at(-1)).toMatchObject({ action: 'session.log-out' });
    expect(await (await tokens.browser.fetch('/log-out')).json()).toBeNull();
  });
});

describe('somebody else logging in', () => {
  test('ends the session there was, without a script in between', async () => {
    const first = await csm.logIn();
    const before = await sessionOf(first.browser);
    world.nextLogin = { accountId: colleague.id, level: 2 };
    const second = await csm.logIn(first.browser, { prompt: 'login' });
    expect(claimsOf(second.id_token)['sub']).toBe(colleague.id);
    const after = await sessionOf(first.browser);
    expect(after?.accountId).toBe(colleague.id);
    expect(after?.uid).not.toBe(before?.uid);
    expect(world.register.sessions.get(before?.uid ?? '')?.ending).toBe('replaced');
    expect((await csm.userinfo(first.access_token)).status).toBe(401);
    expect((await csm.userinfo(second.access_token)).status).toBe(200);
  });
});

describe('when the records fail', () => {
  test('no code leaves without its entry in the session register', async () => {
    const codes = () => world.store.keys().filter((key) => key.startsWith('AuthorizationCode:'));
    const before = codes();
    const browser = world.newBrowser();
    world.register.fail(new HufuError('store-unavailable'));
    const { response, answer } = await csm.authorize(browser);
    expect([response.status, answer]).toEqual([503, undefined]);
    expect(await response.text()).toContain('503 server_error');
    expect(codes()).toEqual(before);
  });

  test('log-out at the hub fails while it cannot be audited', async () => {
    const { browser } = await csm.logIn();
    world.failAudit = new HufuError('store-unavailable');
    expect((await browser.fetch('/log-out')).status).toBe(503);
    world.failAudit = undefined;
    expect(await sessionOf(browser)).toMatchObject({ accountId: account.id });
  });
});
