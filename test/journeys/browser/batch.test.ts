/**
 * A manager hands in 5,000 officials in a real browser, watches, leaves, comes back, and sees them brought in to the last; a second file
 * is stopped in the middle.
 */
import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startBrowser } from '../../support/gallery/browser.ts';
import { startRegistryWorld, type RegistryWorld } from '../../support/hub/registry-visits.ts';
import { sampleNationalId } from '../../support/hub/sample-people.ts';

// Chromium shares the machine with other tests, and every account opened waits for the disk.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const people = 5000;

let world: RegistryWorld;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  mkdirSync('screenshots/journey', { recursive: true });
  world = await startRegistryWorld();
  browser = await startBrowser();
  context = await browser.newContext({ locale: 'zh-TW', viewport: { width: 1280, height: 800 } });
  const cookies = [...world.at.manager.browser.cookies];
  await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: world.origin })));
  page = await context.newPage();
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

const picture = (name: string) =>
  page.screenshot({ path: `screenshots/journey/batch-${name}.png`, fullPage: true });

/** `count` people from the `from`th on; each thousandth with a national ID that is none. */
function roster(from: number, count: number): Buffer {
  const head = '姓名,身分證字號,出生月日,電子郵件,角色代碼';
  const line = (n: number) => {
    const id = n % 1000 === 0 ? 'A123456780' : sampleNationalId(n + 10_000);
    return `轉入${n},${id},0215,i${n}@example.test,csm_user`;
  };
  return Buffer.from([head, ...Array.from({ length: count }, (_, nth) => line(from + nth))].join('\r\n'));
}

const done = async () => Number(await page.locator('progress').getAttribute('value'));

async function handIn(name: string, buffer: Buffer): Promise<void> {
  await page.getByRole('link', { name: '公務員註冊檔案上傳' }).click();
  await page.getByLabel('表單或公文文號').fill('D-06-09-1');
  await page.getByLabel('事由').fill('新進人員');
  await page
    .getByLabel('公務員註冊檔案', { exact: true })
    .setInputFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: '上傳並檢核' }).click();
}

test('5,000 officials: handed in, checked with progress, left and come back to, brought in to the last', async () => {
  await page.goto(`${world.origin}/registry/batch`);
  await picture('1-empty');
  await handIn('名冊.csv', roster(1, people));

  await page.getByRole('heading', { name: '檢核中' }).waitFor();
  await picture('2-checking');
  const before = await done();
  // The script brings the numbers up to date without the page being loaded again.
  await page.evaluate("document.body.setAttribute('data-same-page', '')");
  await expect.poll(done, { timeout: 60_000 }).toBeGreaterThan(before);
  expect(await page.locator('body[data-same-page]').count()).toBe(1);

  await page.getByRole('heading', { name: '公務員查詢註冊結果' }).waitFor({ timeout: 200_000 });
  await picture('3-checked');
  expect(await page.getByText('字號或檢查碼不正確').count()).toBe(5);
  await page.getByRole('link', { name: '轉入正確的 4,995 列' }).click();
  await picture('4-question');
  await page.getByRole('button', { name: '轉入' }).click();
  await page.getByRole('heading', { name: '公務員註冊檔案轉入中' }).waitFor();
  await expect.poll(done, { timeout: 60_000 }).toBeGreaterThan(0);

  await page.goto(`${world.origin}/registry`);
  await page.getByRole('link', { name: '批次註冊' }).first().click();
  await page.getByRole('link', { name: '名冊.csv' }).click();
  await expect.poll(done, { timeout: 60_000 }).toBeGreaterThan(90);
  await picture('5-bringing-in');
  await page.getByRole('heading', { name: '公務員註冊檔案結果' }).waitFor({ timeout: 250_000 });
  await picture('6-brought-in');
  const { id = '' } = /\/batch\/(?<id>[^/?#]+)/.exec(page.url())?.groups ?? {};
  const { importLines } = world.hub.services.stores.records;
  expect(await importLines.countLines(id)).toMatchObject({ 'brought-in': 4995, faulty: 5, right: 0 });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下載已開立的帳號（CSV）' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('opened.csv');

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${page.url().split('#')[0]}?show=all&page=2`);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await picture('7-phone');
  await page.setViewportSize({ width: 1280, height: 800 });
});

test('a second file tells who has an account by now, and is stopped in the middle', async () => {
  await page.goto(`${world.origin}/registry/batch`);
  await handIn('增補名冊.csv', roster(people - 9, 1010));
  await page.getByRole('heading', { name: '公務員查詢註冊結果' }).waitFor({ timeout: 200_000 });
  await picture('8-second-checked');
  await page.getByRole('link', { name: '轉入正確的 999 列' }).click();
  await page.getByRole('button', { name: '轉入' }).click();
  await page.getByRole('heading', { name: '公務員註冊檔案轉入中' }).waitFor();
  await expect.poll(done, { timeout: 60_000 }).toBeGreaterThan(0);
  await page.getByRole('link', { name: '取消' }).click();
  await page.getByRole('button', { name: '取消這個檔案' }).click();
  await page.getByRole('heading', { name: '公務員註冊檔案結果' }).waitFor({ timeout: 60_000 });
  await picture('9-stopped');
});
