/** What only a real browser shows: whether markup runs, and what the back button brings after a log-out. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startBrowser } from '../../support/gallery/browser.ts';
import { clientConfig, startHubWorld, type HubWorld, type Person } from '../../support/hub/hub-world.ts';
import { logInOnPage } from '../../support/hub/page-login.ts';
import { authorizationRequest } from '../../support/hub/signing-in.ts';

// Chromium shares the machine with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let world: HubWorld;
let browser: Browser;
let person: Person;

const password = 'Correct-horse-7-battery';
const markup =
  '"\'><img src=x onerror=window.struck=1><script>window.struck=1</script><svg onload=window.struck=1><a href=javascript:struck=1>{{constructor}}';
// What a name may hold has no control characters; angle brackets and quotes it may.
const name = '<b onmouseover=struck=1>林"\'&';

beforeAll(async () => {
  world = await startHubWorld({
    clients: [
      clientConfig('csm', ['csm'], {
        name: '<script>window.struck=1</script>',
        nameEn: '"><img src=x onerror=struck=1>',
      }),
      clientConfig('outside', ['fms'], { name: '<svg onload=struck=1>', firstParty: false }),
    ],
  });
  person = await world.activePerson({ n: 1, roles: ['csm_user_nocert', 'fms_nocert'], name }, password);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Asserts that nothing ran, nothing was blocked for want of trying, and nothing was asked of another host. */
  expectInert(): Promise<void>;
}

async function watch(): Promise<Watched> {
  const context = await browser.newContext({ locale: 'zh-TW', userAgent: `Mozilla/5.0 ${markup}` });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const foreign: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (origin !== world.origin) foreign.push(request.url());
  });
  page.on('dialog', (dialog) => {
    faults.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (/Content Security Policy|violat/i.test(message.text())) faults.push(message.text());
  });
  return {
    page,
    context,
    async expectInert() {
      expect(await page.evaluate('window.struck')).toBeUndefined();
      const made =
        'document.querySelectorAll("[onerror],[onload],[onmouseover],script:not([src]),a[href^=javascript]").length';
      expect(await page.evaluate(made)).toBe(0);
      expect(foreign).toEqual([]);
      expect(faults).toEqual([]);
    },
  };
}

describe('markup is text', () => {
  test('in every parameter of an authorization request, right and refused', async () => {
    const { page, context, expectInert } = await watch();
    const parameters = [
      'state',
      'nonce',
      'login_hint',
      'ui_locales',
      'acr_values',
      'claims',
      'prompt',
      'display',
      'lang',
    ];
    for (const parameter of [
      ...parameters,
      'client_id',
      'redirect_uri',
      'response_mode',
      'request',
      'registration',
    ]) {
      const { url } = authorizationRequest(world, 'csm');
      // What is refused by redirect would lead off the hub, where nobody listens.
      const answer = await page.request.get(
        `${url.origin}${url.pathname}?${new URLSearchParams({ ...Object.fromEntries(url.searchParams), [parameter]: markup })}`,
        { maxRedirects: 0 },
      );
      expect(answer.status()).toBeLessThan(500);
      const target = new URL(answer.headers()['location'] ?? url.href, url);
      if (target.origin !== world.origin) {
        expect(target.origin).toBe('http://127.0.0.1:9');
        continue;
      }
      url.searchParams.set(parameter, markup);
      await page.goto(url.href);
      await expectInert();
    }
    await context.close();
  });

  test.each([
    '/M',
    '/interaction/M',
    '/oidc/auth/M',
    '/oidc/M',
    '/oidc/session/end?state=M&client_id=M',
    '/oidc/session/end?id_token_hint=M',
    '/signed-in?error=M&error_description=M',
    '/logged-out?x=M',
    '/?M=M',
  ])('in the address %s, for M', async (path) => {
    const { page, context, expectInert } = await watch();
    const answer = await page.goto(`${world.origin}${path.replaceAll('M', encodeURIComponent(markup))}`);
    expect(answer?.status()).toBeLessThan(500);
    await expectInert();
    await context.close();
  });

  test('in what is typed, in names of people and systems, on every page of a login', async () => {
    world.clock.advance(61_000);
    const { page, context, expectInert } = await watch();
    await page.goto(authorizationRequest(world, 'csm').url.href);
    expect(await page.getByText('<script>window.struck=1</script>').count()).toBeGreaterThan(0);
    await page.getByLabel('帳號', { exact: true }).fill(markup);
    await page.getByLabel('密碼', { exact: true }).fill('Wrong-password-1');
    await page.getByLabel('Email 檢查碼').fill('12345678');
    await page.getByRole('button', { name: '登入', exact: true }).click();
    await page.locator('.error-summary, [role=alert]').first().waitFor();
    await expectInert();

    await page.goto(`${world.origin}/?lang=zh-TW`);
    await logInOnPage(world, page, person, password);
    await page.getByRole('heading', { name: `${name}，您好` }).waitFor();
    await expectInert();
    await page.goto(authorizationRequest(world, 'outside').url.href);
    expect(await page.getByText('<svg onload=struck=1>').count()).toBeGreaterThan(0);
    await expectInert();
    for (const path of ['/profile', '/password', '/consents', '/oidc/session/end']) {
      await page.goto(`${world.origin}${path}`);
      await expectInert();
    }
    await context.close();
  });
});

describe('after a log-out', () => {
  test('the back button brings no personal page, nor does its address', async () => {
    world.clock.advance(61_000);
    const { page, context } = await watch();
    await page.goto(world.origin);
    await logInOnPage(world, page, person, password);
    const greeting = page.getByRole('heading', { name: `${name}，您好` });
    await greeting.waitFor();
    await page.goto(`${world.origin}/profile`);
    await page.goto(world.origin);
    await page.getByRole('button', { name: '登出' }).first().click();
    await page.waitForURL('**/logged-out');
    for (let steps = 0; steps < 3; steps += 1) {
      await page.goBack();
      expect(await page.content()).not.toContain('您好');
      expect(await page.content()).not.toContain(person.email);
    }
    await page.goto(`${world.origin}/profile`);
    expect(new URL(page.url()).pathname).toMatch(/^\/interaction\//);
    await context.close();
  });
});
