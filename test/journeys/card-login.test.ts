/** A card in a real browser, over the demo with its card component: registered, used, and everything that goes wrong at a desk. */
import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, onTestFailed, test, vi } from 'vitest';
import type { DemoPerson } from '#demo/people/people.ts';
import { demoPerson } from '../support/demo/demo-person.ts';
import { startDemo, type Demo } from '../support/demo/start-demo.ts';
import { startBrowser } from '../support/gallery/browser.ts';
import { noteCanary } from '../support/hub/canaries.ts';
import { logInOnPage } from '../support/hub/page-login.ts';

// Chromium and a whole demo share the machine with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const pin = '123456';
/** Has had no card, and the password still works for registering one. */
const newcomer = demoPerson('施期間');
/** Has a registered card. */
const holder = demoPerson('江動產');

let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  mkdirSync('screenshots/journey', { recursive: true });
  noteCanary('918273');
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});
beforeEach(() => atDesk({ reset: true }));

async function atDesk(control: object): Promise<void> {
  const response = await fetch(new URL('/control', demo.card), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(control),
  });
  if (!response.ok) throw new Error(`the desk answers ${response.status}`);
}

const insert = ({ nationalId }: DemoPerson) => atDesk({ insert: { card: nationalId } });

/** The page as it is now, at desk and phone width. */
async function picture(page: Page, name: string): Promise<void> {
  for (const [kind, width, height] of [
    ['desk', 1280, 900],
    ['phone', 390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `screenshots/journey/${name}.${kind}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function openBrowser(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ locale: 'zh-TW' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  onTestFailed(() => picture(page, 'failed-card'));
  return { context, page };
}

async function openCardDoor(page: Page, address = demo.origin): Promise<void> {
  await page.goto(address);
  await page.getByRole('link', { name: /憑證登入/ }).click();
  await page.getByRole('heading', { name: '憑證登入' }).waitFor();
}

async function sign(page: Page, typed: string, button = '以憑證登入'): Promise<void> {
  await page.getByLabel('憑證 PIN 碼').fill(typed);
  await page.getByRole('button', { name: button }).click();
}

test('an official registers the card, and from then on it opens 預查 from any session', async () => {
  const { context, page } = await openBrowser();
  await page.goto(demo.origin);
  await logInOnPage(demo, page, newcomer, newcomer.password ?? '');
  await page.getByRole('heading', { name: '施期間，您好' }).waitFor();

  await insert(newcomer);
  await page.goto(`${demo.origin}/certificates/register`);
  await picture(page, '10-register');
  await sign(page, pin, '註冊這張憑證');
  await page.getByText('憑證已註冊').waitFor();
  await picture(page, '11-registered');

  // The password session has the role of 預查, which takes a card: asked for here, and on it goes.
  await page.goto(`${demo.systems.pre}/login`);
  await page.getByText('必須以自然人憑證登入').first().waitFor();
  await picture(page, '12-step-up');
  await sign(page, pin);
  await page.waitForURL(`${demo.systems.pre}/**`);
  expect(await page.locator('strong.role').allTextContents()).toEqual(['psm_bob_6k']);
  await page.goto(`${demo.systems.csm}/login`);
  await page.waitForURL(`${demo.systems.csm}/**`);
  expect(await page.locator('strong.role').allTextContents()).toEqual(['csm_user', 'csm_user_nocert']);
  await context.close();

  const again = await openBrowser();
  await openCardDoor(again.page);
  await picture(again.page, '13-card-door');
  await sign(again.page, pin);
  await again.page.getByRole('heading', { name: '施期間，您好' }).waitFor();
  // The device remembers which door it was.
  await again.page.getByRole('button', { name: /登出/ }).first().click();
  await again.page.goto(demo.origin);
  await again.page.waitForURL('**/certificate');
  await again.context.close();
});

test('a wrong PIN: how many tries are left, then where to unlock the card; the account is not locked', async () => {
  const { context, page } = await openBrowser();
  await insert(holder);
  await openCardDoor(page);
  await sign(page, '918273');
  await page.getByRole('alert').getByText('還可以再試 2 次').waitFor();
  expect(await page.getByLabel('憑證 PIN 碼').inputValue()).toBe('');
  await sign(page, '918273');
  await page.getByRole('alert').getByText('只剩 1 次機會').waitFor();
  await picture(page, '14-one-try-left');
  await sign(page, '918273');
  await page.getByRole('alert').getByText('卡片已鎖住').waitFor();
  expect(await page.locator('[data-card-next] a').getAttribute('href')).toBe(`${demo.card}/`);
  await picture(page, '15-locked');
  await atDesk({ unlock: holder.nationalId });
  await sign(page, pin);
  await page.getByRole('heading', { name: `${holder.name}，您好` }).waitFor();
  await context.close();
});

test('the component is not there: said after a moment, with where to get it', async () => {
  const { context, page } = await openBrowser();
  await atDesk({ switches: { installed: false } });
  await openCardDoor(page);
  await sign(page, pin);
  await page.getByRole('alert').getByText('找不到憑證元件').waitFor();
  await picture(page, '16-component-missing');
  expect(context.pages()).toHaveLength(1);
  await context.close();
});

test('the browser blocks the pop-up: said at once, with what to allow', async () => {
  const { context, page } = await openBrowser();
  await page.addInitScript('window.open = () => null');
  await openCardDoor(page);
  await sign(page, pin);
  await page.getByRole('alert').getByText('瀏覽器擋下了').waitFor();
  await picture(page, '17-pop-up-blocked');
  await context.close();
});

test.each([
  ['no card in the reader', {}, '讀卡機中沒有卡片'],
  ['no reader', { readers: 0 }, '找不到讀卡機'],
  [
    'the person cancels',
    { insert: { card: holder.nationalId }, switches: { cancels: true } },
    '您取消了這次簽署',
  ],
  [
    'the site is not on the component’s list',
    { insert: { card: holder.nationalId }, switches: { domainAllowed: false } },
    '不允許本網站',
  ],
  [
    'the certificate for encryption signs',
    { insert: { card: holder.nationalId }, switches: { encryptionCertificate: true } },
    '不是簽章用的憑證',
  ],
  [
    'the component signs with SHA-1',
    { insert: { card: holder.nationalId }, switches: { sha1: true } },
    '演算法',
  ],
  ['a card of nobody here', { insert: { card: 'stranger' } }, '還沒有註冊到任何帳號'],
] as const)('%s: said in words', async (_, control, words) => {
  const { context, page } = await openBrowser();
  await atDesk(control);
  await openCardDoor(page);
  await sign(page, pin);
  await page.getByRole('alert').getByText(words).first().waitFor();
  await context.close();
});

test('two cards in two readers: the person chooses whose PIN it is', async () => {
  const { context, page } = await openBrowser();
  await atDesk({ readers: 2, insert: { card: 'company', slot: 0 } });
  await atDesk({ insert: { card: holder.nationalId, slot: 1 } });
  await openCardDoor(page);
  await page.getByRole('button', { name: '選擇讀卡機' }).click();
  const list = page.getByLabel('請選擇要使用的卡片');
  await list.waitFor();
  const wanted = (await list.locator('option').allTextContents()).find((text) =>
    text.startsWith(holder.name),
  );
  await list.selectOption(wanted ?? '');
  await picture(page, '18-choice');
  await sign(page, pin);
  await page.getByRole('heading', { name: `${holder.name}，您好` }).waitFor();
  await context.close();
});

test('by keyboard alone', async () => {
  const { context, page } = await openBrowser();
  await insert(holder);
  await page.goto(demo.origin);
  await page.getByRole('link', { name: /憑證登入/ }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/certificate');
  await page.getByLabel('憑證 PIN 碼').focus();
  await page.keyboard.type(pin);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: `${holder.name}，您好` }).waitFor();
  await context.close();
});
