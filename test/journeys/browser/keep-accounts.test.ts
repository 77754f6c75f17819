/** A manager's day in a real browser, by keys where lists are concerned: open, find, change, give roles, enable, delete. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startBrowser } from '../../support/gallery/browser.ts';
import { openAt, putOrganizations } from '../../support/hub/account-forms.ts';
import { logInOnPage } from '../../support/hub/page-login.ts';
import { startRegistryWorld, type RegistryWorld } from '../../support/hub/registry-visits.ts';
import { sampleNationalId } from '../../support/hub/sample-people.ts';

// Chromium shares the machine with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const pictures = path.resolve(import.meta.dirname, '../../../screenshots/journeys');
let world: RegistryWorld;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  world = await startRegistryWorld();
  await putOrganizations(world);
  await world.activePerson({ n: 763, name: '張雅婷' }, 'Lantern-harbour-52-River');
  for (const [n, name] of [
    [760, '王小明'],
    [761, '陳大同'],
  ] as const)
    await openAt(world, n, { name });
  mkdirSync(pictures, { recursive: true });
  browser = await startBrowser();
  page = await (
    await browser.newContext({ locale: 'zh-TW', viewport: { width: 1280, height: 900 } })
  ).newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(world.origin);
  world.clock.advance(61_000);
  await logInOnPage(world, page, world.people.manager, 'Correct-horse-7-battery');
  await page.getByRole('heading', { name: '註冊管理，您好' }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

const picture = (name: string) =>
  page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });

async function fillWarrant(): Promise<void> {
  await page.getByLabel('表單或公文文號').fill('D-06-09-1150312-004');
  await page.getByLabel('事由').fill('職務異動');
}

async function find(name: string): Promise<void> {
  await page.goto(`${world.origin}/registry/accounts`);
  await page.getByLabel('姓名關鍵字').fill(name);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/registry/accounts?search=*');
}

test('the functions are on the overview, and an account is opened with a unit chosen while typing', async () => {
  await page.goto(`${world.origin}/registry`);
  await picture('registry-overview');
  await page.getByRole('heading', { name: '公務員新增作業' }).getByRole('link').click();
  const unit = page.getByRole('combobox', { name: /^單位/ });
  await unit.pressSequentially('工商');
  await page.getByRole('option', { name: /工商課/ }).waitFor();
  await picture('open-suggestions');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await unit.inputValue()).toContain('20011 工商課');
  await page.getByLabel('姓名', { exact: true }).fill('林新人');
  await page.getByLabel(/^身分證字號/).fill(sampleNationalId(762));
  await page.getByLabel('出生月日').fill('0215');
  await page.getByLabel('電子郵件信箱').fill('person762@example.test');
  await page.getByRole('checkbox', { name: /csm_user$/ }).check();
  await fillWarrant();
  await page.getByRole('button', { name: '開立帳號' }).click();
  await page.getByRole('heading', { name: '帳號已開立' }).waitFor();
  await picture('opened');
});

test('it is found by a part of the name, changed, and given roles with an end', async () => {
  await find('新人');
  await page.getByText('共 1 筆').waitFor();
  await picture('search');
  await page.getByRole('link', { name: '林新人' }).click();
  await page.getByRole('link', { name: '修改作業' }).click();
  await page.getByLabel('職稱').fill('科員');
  await fillWarrant();
  await page.getByRole('button', { name: '儲存' }).click();
  await page.getByText('變更已儲存').waitFor();
  await page.getByRole('link', { name: '角色設定' }).click();
  await page.locator('#until-csm_user').fill('2099-12-31');
  await fillWarrant();
  await picture('roles');
  await page.getByRole('button', { name: '儲存角色' }).click();
  await page.getByText('角色已儲存').waitFor();
  await page.getByText('至 2099-12-31').waitFor();
  await page.getByRole('link', { name: '異動紀錄' }).click();
  await page.getByText('D-06-09-1150312-004').first().waitFor();
  await picture('history');
});

test('a one-day password is enabled from the list and taken back', async () => {
  await find('張雅婷');
  await page.getByRole('link', { name: '為 張雅婷 啟用一日密碼' }).click();
  await fillWarrant();
  await picture('one-day-password');
  await page.getByRole('button', { name: '啟用一日密碼' }).click();
  await page.getByText('由 註冊管理 啟用').waitFor();
  await page.getByRole('link', { name: '取消今日的一日密碼' }).click();
  await fillWarrant();
  await page.getByRole('button', { name: '取消今日的一日密碼' }).click();
  await page.getByText('今日未啟用').waitFor();
});

test('two are chosen with the keys and deleted after typing how many', async () => {
  await page.goto(`${world.origin}/registry/accounts`);
  expect(await page.locator('.selection-bar').isVisible()).toBe(false);
  for (const name of ['王小明', '陳大同']) {
    await page.getByRole('checkbox', { name: `選取 ${name}` }).focus();
    await page.keyboard.press('Space');
  }
  await page.getByText('已選 2 筆').waitFor();
  await picture('selection');
  await page.getByRole('button', { name: '刪除所選帳號' }).click();
  await page.getByRole('heading', { name: '刪除帳號' }).waitFor();
  await fillWarrant();
  await page.getByLabel('請輸入「刪除 2 筆」以確認').fill('刪除 2 筆');
  await picture('removal');
  await page.getByRole('button', { name: '刪除 2 個帳號' }).click();
  await page.getByText('已刪除 2 個帳號').waitFor();
  await find('王小明');
  await page.getByText('沒有符合的帳號').waitFor();
});

test('on a telephone the list is cards, and nothing is wider than the screen', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const place of ['accounts', 'open']) {
    await page.goto(`${world.origin}/registry/${place}`);
    await picture(`phone-${place}`);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect([place, width]).toEqual([place, 390]);
  }
});
