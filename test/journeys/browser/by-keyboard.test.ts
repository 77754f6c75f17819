/** Each flow with the keys alone: Tab, Shift+Tab, Enter and Space, and what is typed. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startBrowser } from '../../support/gallery/browser.ts';
import { noteCanary } from '../../support/hub/canaries.ts';
import { clientConfig, startHubWorld, type HubWorld, type Person } from '../../support/hub/hub-world.ts';
import { codeIn, hasCode } from '../../support/hub/mailbox.ts';
import { authorizationRequest, basic } from '../../support/hub/signing-in.ts';

// Chromium shares the machine with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let world: HubWorld;
let browser: Browser;
let person: Person;
let officer: Person;
let party: Awaited<ReturnType<typeof startParty>>;

const password = 'Correct-horse-7-battery';
const chosen = 'Lantern-harbour-52-River';
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

beforeAll(async () => {
  party = await startParty();
  const outside = { firstParty: false, redirect_uris: [party.callback] };
  world = await startHubWorld({
    operators: { requirement: 'second-factor' },
    deviceFlow: { enabled: true },
    clients: [
      clientConfig('csm', ['csm']),
      clientConfig('outside', ['fms'], outside),
      clientConfig('screen', ['csm'], { grant_types: [deviceGrant], redirect_uris: [] }),
    ],
  });
  person = await world.activePerson({ n: 1, roles: ['csm_user_nocert', 'fms_nocert'] }, password);
  officer = await world.activePerson({ n: 2 }, password);
  const { accounts } = world.hub.services.directory;
  const { id, revision } = officer.account;
  await accounts.modifyAccount({ kind: 'system', purpose: 'command' }, id, revision, {
    office: 'programme-officer',
  });
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await party.close();
  await world.close();
});

/** Somewhere to come back to. */
async function startParty(): Promise<{ readonly callback: string; close(): Promise<void> }> {
  const server = createServer((_, response) => response.end('the system'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    callback: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Label of what has the focus, and whether the focus can be seen. */
const focused = `(() => {
  const at = document.activeElement;
  const label = at.labels?.[0]?.textContent ?? at.getAttribute('aria-label') ?? at.textContent ?? '';
  const { outlineStyle, boxShadow } = getComputedStyle(at);
  return { text: at === document.body ? '' : label.trim(), seen: at === document.body || outlineStyle !== 'none' || boxShadow !== 'none' };
})()`;

/** Presses Tab until what is named has the focus; every stop on the way must be seen to have it. */
async function tabTo(page: Page, wanted: string | RegExp): Promise<void> {
  for (let stops = 0; stops < 80; stops += 1) {
    const at = (await page.evaluate(focused)) as { text: string; seen: boolean };
    expect(at.seen, `the focus on ${at.text}`).toBe(true);
    if (typeof wanted === 'string' ? at.text === wanted : wanted.test(at.text)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no stop at ${String(wanted)} on ${page.url()}`);
}

async function typeInto(page: Page, label: string | RegExp, text: string): Promise<void> {
  await tabTo(page, label);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

async function press(page: Page, label: string | RegExp): Promise<void> {
  await tabTo(page, label);
  await page.keyboard.press('Enter');
}

async function logIn(page: Page, who = person): Promise<void> {
  world.clock.advance(61_000);
  noteCanary(password);
  const before = (await world.mailbox.mailsTo(who.email)).length;
  await typeInto(page, '帳號', who.nationalId);
  await typeInto(page, '密碼', password);
  await press(page, '寄送檢查碼');
  const code = codeIn(await world.mailbox.nextMailTo(who.email, before, hasCode));
  await page.getByText('檢查碼已寄往您留存的電子信箱').first().waitFor();
  await typeInto(page, /^Email 檢查碼/, code);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.endsWith('/one-day-password'));
}

async function newPage(): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-TW' });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return page;
}

test('past the navigation, into another language and back, in, to every page of the portal, and out', async () => {
  const page = await newPage();
  await page.goto(world.origin);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(new URL(page.url()).hash).not.toBe('');
  await page.goto(world.origin);
  await press(page, 'English');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await press(page, '中文');
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('zh-TW');
  await logIn(page);
  await page.getByRole('heading', { name: '測試員1，您好' }).waitFor();
  const links = await page.locator('.site-nav__link').allTextContents();
  for (const link of links.filter((text) => text.trim() !== '')) {
    await press(page, link.trim());
    await page.locator('.site-nav__link[aria-current=page]', { hasText: link.trim() }).waitFor();
  }
  await page.goto(world.origin);
  await press(page, '登出');
  await page.waitForURL('**/logged-out');
  await page.context().close();
});

test('through consent: agreed, seen on its page, and withdrawn', async () => {
  const page = await newPage();
  await page.goto(authorizationRequest(world, 'outside', { redirect_uri: party.callback }).url.href);
  await logIn(page);
  await page.waitForURL('**/consent');
  await press(page, '同意並繼續');
  await page.waitForURL(`${party.callback}?**`);
  expect(new URL(page.url()).searchParams.has('code')).toBe(true);
  await page.goto(`${world.origin}/consents`);
  await press(page, /撤回/);
  await page.waitForURL('**/consents/withdraw?**');
  await press(page, /撤回/);
  await page.waitForURL('**/consents?**');
  await page.context().close();
});

test('letting another device sign in by the code it shows', async () => {
  const asked = await fetch(new URL('/oidc/device/auth', world.origin), {
    method: 'POST',
    headers: { Authorization: `Basic ${basic('screen')}` },
    body: new URLSearchParams({ scope: 'openid roles' }),
  });
  const { user_code: code } = (await asked.json()) as { user_code: string };
  const page = await newPage();
  await page.goto(`${world.origin}/oidc/device`);
  await typeInto(page, /^裝置代碼/, code);
  await page.keyboard.press('Enter');
  await page.getByText('要讓「系統 screen」在另一台裝置上登入嗎？').first().waitFor();
  await press(page, '允許並登入');
  await page.waitForURL('**/one-day-password');
  await logIn(page);
  await page.getByRole('heading', { name: '裝置已獲准登入' }).waitFor();
  await page.context().close();
});

test('the operators’ pages: a message dropped with a reason, which the audit trail tells of', async () => {
  const { outbox } = world.hub.services.stores.records;
  const expiresAt = new Date(world.clock.now().getTime() + 3_600_000);
  await outbox.markFailed(await outbox.enqueue({ kind: 'mail', body: '{}', expiresAt }), 'X', undefined);
  const page = await newPage();
  await page.goto(world.origin);
  await logIn(page, officer);
  await page.goto(`${world.origin}/operators/outbox?state=failed`);
  await press(page, '捨棄');
  await page.getByRole('heading', { name: '捨棄這則訊息？' }).waitFor();
  await typeInto(page, /^捨棄的理由/, '地址有誤');
  await page.keyboard.press('Enter');
  await page.getByText('訊息已捨棄。').waitFor();
  await page.goto(`${world.origin}/operators/audit`);
  await typeInto(page, /^動作/, 'outbox.drop');
  await page.keyboard.press('Enter');
  await page.locator('.chip').first().waitFor();
  await page.getByText('outbox.drop').last().waitFor();
  await page.context().close();
});

test('changing the password, and the profile', async () => {
  const page = await newPage();
  await page.goto(`${world.origin}/profile`);
  await logIn(page);
  await page.goto(`${world.origin}/profile`);
  await press(page, '儲存');
  await page.locator('[role=status]').first().waitFor();
  world.clock.advance(2 * 24 * 3_600_000);
  await page.goto(`${world.origin}/password`);
  await logIn(page);
  await page.goto(`${world.origin}/password`);
  noteCanary(chosen);
  await typeInto(page, '目前的密碼', password);
  await typeInto(page, '新密碼', chosen);
  await typeInto(page, '再輸入一次新密碼', chosen);
  await page.keyboard.press('Enter');
  await page.locator('[role=status]').first().waitFor();
  await page.context().close();
});
