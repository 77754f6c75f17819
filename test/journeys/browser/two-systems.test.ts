import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test, vi } from 'vitest';
import { demoPerson } from '../../support/demo/demo-person.ts';
import { startDemo, type Demo } from '../../support/demo/start-demo.ts';
import { startBrowser } from '../../support/gallery/browser.ts';
import { codeIn, hasCode } from '../../support/hub/mailbox.ts';

// Chromium and a whole demo share the machine with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  mkdirSync('screenshots/journey', { recursive: true });
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

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

async function fillPassword(
  page: Page,
  person: { nationalId: string; email: string },
  password: string,
): Promise<void> {
  const before = (await demo.mailbox.mailsTo(person.email)).length;
  await page.getByLabel('帳號', { exact: true }).fill(person.nationalId);
  await page.getByLabel('密碼', { exact: true }).fill(password);
  await page.getByRole('button', { name: '寄送檢查碼' }).click();
  const code = codeIn(await demo.mailbox.nextMailTo(person.email, before, hasCode));
  await page.getByText('檢查碼已寄往您留存的電子信箱').first().waitFor();
  // Nothing typed was lost while the code was asked for.
  expect(await page.getByLabel('密碼', { exact: true }).inputValue()).toBe(password);
  await page.getByLabel('Email 檢查碼').fill(code);
}

async function logIn(
  page: Page,
  person: { nationalId: string; email: string },
  password: string,
): Promise<void> {
  await fillPassword(page, person, password);
  await page.getByRole('button', { name: '登入', exact: true }).click();
}

test('an official enters csm, then fms without a second login; log-out ends the session at the hub', async () => {
  const context = await browser.newContext({ locale: 'zh-TW' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  onTestFailed(() => picture(page, 'failed'));
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text());
  });
  const person = demoPerson('施期間');

  await page.goto(demo.systems.csm);
  await page.getByRole('link', { name: /以入口網帳號登入/ }).click();
  await page.waitForURL(`${demo.origin}/interaction/**`);
  expect(await page.getByText('公司登記與管理資訊系統').count()).toBeGreaterThan(0);
  await picture(page, '01-login');
  await logIn(page, person, person.password ?? '');
  await page.waitForURL(`${demo.systems.csm}/**`);
  expect(await page.locator('strong.role').allTextContents()).toEqual(['csm_user_nocert']);
  await picture(page, '02-csm');

  await page.goto(demo.systems.fms);
  await page.getByRole('link', { name: /以入口網帳號登入/ }).click();
  await page.waitForURL(`${demo.systems.fms}/**`);
  expect(await page.locator('strong.role').allTextContents()).toEqual(['fms_nocert']);

  await page.goto(demo.origin);
  await page.getByRole('heading', { name: '施期間，您好' }).waitFor();
  await picture(page, '03-home');

  await page.goto(`${demo.systems.pre}/login`);
  await page.waitForURL(`${demo.origin}/interaction/**`);
  await page.getByText('必須以自然人憑證登入').first().waitFor();
  await picture(page, '04-asked-for-the-card');
  await page.getByRole('button', { name: '取消登入' }).click();
  await page.waitForURL(`${demo.systems.pre}/**`);

  await page.goto(demo.systems.csm);
  await page.getByRole('button', { name: /^登出/ }).click();
  await page.waitForURL(`${demo.origin}/**`);
  await picture(page, '05-log-out');
  await page.getByRole('button', { name: /登出/ }).first().click();
  await page.waitForURL(`${demo.systems.csm}/**`);

  await page.goto(`${demo.systems.fms}/login/silent`);
  await page.waitForURL(`${demo.systems.fms}/**`);
  expect(await page.content()).toContain('login_required');
  await page.goto(demo.origin);
  await page.waitForURL(`${demo.origin}/interaction/**`);
  expect(faults).toEqual([]);
  await context.close();
});

test('a newcomer opens the account by keyboard alone and logs in with the new password', async () => {
  const context = await browser.newContext({ locale: 'zh-TW' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  onTestFailed(() => picture(page, 'failed'));
  const person = demoPerson('溫新來');
  const password = 'Lantern-harbour-52-River';
  await page.goto(`${demo.systems.fms}/login`);
  await page.waitForURL(`${demo.origin}/interaction/**`);
  await fillPassword(page, person, `MmDd${person.birthday}${person.nationalId.slice(-4)}`);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/rules-of-use');
  await picture(page, '06-rules-of-use');
  await page.getByRole('checkbox').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/change-password');
  await page.getByLabel('新密碼', { exact: true }).focus();
  await page.keyboard.type('short');
  await picture(page, '07-change-password');
  await page.getByLabel('新密碼', { exact: true }).fill(password);
  await page.getByLabel('再輸入一次新密碼').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/one-day-password');
  await page.getByText('帳號已開通').waitFor();
  await picture(page, '08-activated');
  await logIn(page, person, password);
  await page.waitForURL(`${demo.systems.fms}/**`);
  expect(await page.locator('strong.role').allTextContents()).toEqual(['fms_nocert']);
  await context.close();
});
