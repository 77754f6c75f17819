import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { demoPerson } from '../../support/demo/demo-person.ts';
import { startDemo, type Demo } from '../../support/demo/start-demo.ts';
import { startBrowser } from '../../support/gallery/browser.ts';
import { clientConfig, freePort } from '../../support/hub/hub-world.ts';
import { logInOnPage } from '../../support/hub/page-login.ts';
import { startFrontEnd } from '../../support/relying-parties/front-end-server.ts';

// Chromium and a whole demo share the machine with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const newPassword = 'Correct-horse-7-battery';

/** What the page's library keeps of a login. */
interface User {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly profile: Readonly<Record<string, unknown>>;
}

type FrontEnd = Awaited<ReturnType<typeof startFrontEnd>>;

let demo: Demo;
let browser: Browser;
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
  demo = await startDemo({
    clients: [
      frontEndClient('rotating', `http://127.0.0.1:${here}`, both),
      frontEndClient('framed', `http://localhost:${there}`, ['authorization_code']),
      frontEndClient('unlisted', `http://127.0.0.1:${elsewhere}`, both, []),
    ],
  });
  const settings = (id: string) => ({
    authority: demo.origin,
    client_id: id,
    scope: 'openid profile organization roles',
    loadUserInfo: true,
    automaticSilentRenew: false,
  });
  rotating = await startFrontEnd('127.0.0.1', here, settings('rotating'));
  framed = await startFrontEnd('localhost', there, settings('framed'));
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await Promise.all([rotating.close(), framed.close()]);
  await demo.stop();
});

const call = <Result>(page: Page, expression: string) => page.evaluate(expression) as Promise<Result>;

/** Each of the tests takes another of the people, since nobody is mailed two codes at once. */
async function enter(page: Page, at: FrontEnd, name: string): Promise<User> {
  const { password = '', ...person } = demoPerson(name);
  page.setDefaultTimeout(30_000);
  await page.goto(at.origin);
  await call(page, 'void manager.signinRedirect()');
  await page.waitForURL(`${demo.origin}/interaction/**`);
  await logInOnPage(demo, page, person, password);
  if (person.plan === 'one-day') await setNewPassword(page);
  await page.waitForURL(`${at.origin}/callback?**`);
  return call<User>(page, 'manager.signinCallback()');
}

/** The first login of the day with a one-day password asks for another password. */
async function setNewPassword(page: Page): Promise<void> {
  await page.waitForURL('**/change-password');
  await page.getByLabel('新密碼', { exact: true }).fill(newPassword);
  await page.getByLabel('再輸入一次新密碼').fill(newPassword);
  await page.keyboard.press('Enter');
}

async function leave(page: Page, at: FrontEnd): Promise<void> {
  await call(page, 'void manager.signoutRedirect()');
  await page.waitForURL(`${demo.origin}/oidc/session/end**`);
  await page.getByRole('button', { name: /登出/ }).first().click();
  await page.waitForURL(`${at.origin}/logged-out**`);
}

describe('a front end with oidc-client-ts', () => {
  test('logs in, reads userinfo, renews by rotation, and logs out', async () => {
    const context = await browser.newContext({ locale: 'zh-TW' });
    const page = await context.newPage();
    const user = await enter(page, rotating, '施期間');
    expect(user.profile).toMatchObject({ name: '施期間', roles: ['csm_user_nocert'] });
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
    const user = await enter(page, framed, '林日安');
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
    const answer = await fetch(new URL('/oidc/token', demo.origin), {
      method: 'POST',
      headers: { Origin: rotating.origin },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x', client_id: clientId }),
    });
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(allowed ? rotating.origin : null);
    expect(answer.headers.get('Access-Control-Allow-Credentials')).toBeNull();
    expect(answer.status).toBe(400);
  });
});
