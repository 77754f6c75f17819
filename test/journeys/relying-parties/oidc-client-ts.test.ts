import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startBrowser } from '../../support/gallery/browser.ts';
import {
  clientConfig,
  freePort,
  startHubWorld,
  type HubWorld,
  type Person,
} from '../../support/hub/hub-world.ts';
import { logInOnPage } from '../../support/hub/page-login.ts';
import { startFrontEnd } from '../../support/relying-parties/front-end-server.ts';

// Chromium shares the machine with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const password = 'Correct-horse-7-battery';

/** What the page's library keeps of a login. */
interface User {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly profile: Readonly<Record<string, unknown>>;
}

type FrontEnd = Awaited<ReturnType<typeof startFrontEnd>>;

let world: HubWorld;
let browser: Browser;
let person: Person;
let rotating: FrontEnd;
let framed: FrontEnd;

/** A front-end client: public, and its scripts may call from its own origin alone. */
function frontEndClient(id: string, origin: string, grants: readonly string[], origins = [origin]): object {
  const { client_secret: _, ...others } = clientConfig(id, ['csm']) as Record<string, unknown>;
  return {
    ...others,
    token_endpoint_auth_method: 'none',
    grant_types: [...grants],
    redirect_uris: [`${origin}/callback`, `${origin}/silent`],
    post_logout_redirect_uris: [`${origin}/logged-out`],
    allowedOrigins: [...origins],
  };
}

beforeAll(async () => {
  const [here, there, elsewhere] = [await freePort(), await freePort(), await freePort()];
  const both = ['authorization_code', 'refresh_token'];
  world = await startHubWorld({
    clients: [
      frontEndClient('rotating', `http://127.0.0.1:${here}`, both),
      frontEndClient('framed', `http://localhost:${there}`, ['authorization_code']),
      frontEndClient('unlisted', `http://127.0.0.1:${elsewhere}`, both, []),
    ],
  });
  const settings = (id: string) => ({
    authority: world.origin,
    client_id: id,
    scope: 'openid profile organization roles',
    loadUserInfo: true,
    automaticSilentRenew: false,
  });
  rotating = await startFrontEnd('127.0.0.1', here, settings('rotating'));
  framed = await startFrontEnd('localhost', there, settings('framed'));
  person = await world.activePerson({ n: 1, roles: ['csm_user_nocert'] }, password);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await Promise.all([rotating.close(), framed.close()]);
  await world.close();
});

const call = <Result>(page: Page, expression: string) => page.evaluate(expression) as Promise<Result>;

async function enter(page: Page, at: FrontEnd): Promise<User> {
  world.clock.advance(61_000);
  page.setDefaultTimeout(30_000);
  await page.goto(at.origin);
  await call(page, 'void manager.signinRedirect()');
  await page.waitForURL(`${world.origin}/interaction/**`);
  await logInOnPage(world, page, person, password);
  await page.waitForURL(`${at.origin}/callback?**`);
  return call<User>(page, 'manager.signinCallback()');
}

async function leave(page: Page, at: FrontEnd): Promise<void> {
  await call(page, 'void manager.signoutRedirect()');
  await page.waitForURL(`${world.origin}/oidc/session/end**`);
  await page.getByRole('button', { name: /登出/ }).first().click();
  await page.waitForURL(`${at.origin}/logged-out**`);
}

describe('a front end with oidc-client-ts', () => {
  test('logs in, reads userinfo, renews by rotation, and logs out', async () => {
    const context = await browser.newContext({ locale: 'zh-TW' });
    const page = await context.newPage();
    const user = await enter(page, rotating);
    expect(user.profile).toMatchObject({ name: '測試員1', roles: ['csm_user_nocert'] });
    const renewed = await call<User>(page, 'manager.signinSilent()');
    expect(renewed.refresh_token).not.toBe(user.refresh_token);
    expect(renewed.access_token).not.toBe(user.access_token);
    expect(renewed.profile['sub']).toBe(user.profile['sub']);
    await leave(page, rotating);
    const again =
      'manager.signinSilent({ prompt: "none" }).then(() => "renewed", (e) => e.error ?? e.message)';
    expect(await call<string>(page, again)).not.toBe('renewed');
    await context.close();
  });

  test('without refresh tokens renews in a hidden frame as long as the session lives', async () => {
    const context = await browser.newContext({ locale: 'zh-TW' });
    const page = await context.newPage();
    const user = await enter(page, framed);
    expect(user.refresh_token).toBeUndefined();
    const renewed = await call<User>(page, 'manager.signinSilent()');
    expect(renewed.access_token).not.toBe(user.access_token);
    expect(renewed.profile).toMatchObject({ sub: user.profile['sub'], roles: ['csm_user_nocert'] });
    await leave(page, framed);
    const again = 'manager.signinSilent().then(() => "renewed", (e) => e.error ?? e.message)';
    expect(await call<string>(page, again)).toBe('login_required');
    await context.close();
  });

  test.each([
    ['its own origin', 'rotating', true],
    ['no origin of its own', 'unlisted', false],
  ])('scripts may call the token endpoint from %s alone', async (_, clientId, allowed) => {
    const answer = await fetch(new URL('/oidc/token', world.origin), {
      method: 'POST',
      headers: { Origin: rotating.origin },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x', client_id: clientId }),
    });
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(allowed ? rotating.origin : null);
    expect(answer.headers.get('Access-Control-Allow-Credentials')).toBeNull();
    expect(answer.status).toBe(400);
  });
});
