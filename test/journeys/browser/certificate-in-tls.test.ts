/** Somebody logs in with a certificate that the browser itself shows; one without is told what to do, and goes back to another door. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test, vi } from 'vitest';
import type { Issued } from '#demo/pki/authority.ts';
import { startBrowser } from '../../support/gallery/browser.ts';
import { openCardDesk, type CardDesk } from '../../support/hub/card-desk.ts';
import { startHubWorld, type HubWorld } from '../../support/hub/hub-world.ts';
import { tlsDoor, type TlsDoor } from '../../support/hub/tls-door.ts';

// Chromium shares the machine with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
let desk: CardDesk;
let tls: TlsDoor;
let world: HubWorld;
let browser: Browser;
let card: Issued;

beforeAll(async () => {
  mkdirSync('screenshots/journey', { recursive: true });
  folder = mkdtempSync(path.join(tmpdir(), 'hufu-tls-browser-'));
  [desk, tls] = await Promise.all([openCardDesk(), tlsDoor(folder)]);
  world = await startHubWorld((of) => ({
    ...desk.config(of),
    login: { answerMilliseconds: 0, captcha: { cost: 1 }, certificate: { mutualTls: tls.setting } },
  }));
  const sample = { n: 1, name: '王示範', roles: ['csm_user'] };
  const person = await world.activePerson(sample, 'Correct-horse-7-battery');
  card = desk.issue(person);
  await desk.bind(world, person, card);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.close();
  await desk.close();
  rmSync(folder, { recursive: true });
});

/** A browser whose own store of certificates holds `shown`, at the door. */
async function atDoor(shown?: Issued): Promise<Page> {
  const key = shown && Buffer.from(shown.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const context = await browser.newContext({
    locale: 'zh-TW',
    ignoreHTTPSErrors: true,
    ...(shown && key && { clientCertificates: [{ origin: tls.origin, cert: Buffer.from(shown.pem), key }] }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  onTestFailed(async () => void (await page.screenshot({ path: 'screenshots/journey/failed-tls.png' })));
  await page.goto(world.origin);
  await page.getByRole('link', { name: /瀏覽器憑證登入/ }).click();
  await page.getByRole('heading', { name: '瀏覽器憑證登入' }).waitFor();
  return page;
}

const press = (page: Page) => page.getByRole('button', { name: '選擇憑證並登入' }).click();

test('one press: there with the certificate, back, and at home; the device remembers the door', async () => {
  const page = await atDoor(card);
  await page.screenshot({ path: 'screenshots/journey/40-tls-door.png', fullPage: true });
  await press(page);
  await page.getByRole('heading', { name: '王示範，您好' }).waitFor();
  expect(new URL(page.url()).origin).toBe(world.origin);
  await page.getByRole('button', { name: /登出/ }).first().click();
  await page.goto(world.origin);
  await page.waitForURL('**/certificate-tls');
  await page.context().close();
});

test('a browser without one: said on the page, with the way to another door', async () => {
  const page = await atDoor();
  await press(page);
  await page.getByRole('alert').getByText('瀏覽器沒有出示任何憑證').waitFor();
  await page.screenshot({ path: 'screenshots/journey/41-tls-none.png', fullPage: true });
  // The page is whole: the door opens again, the others are there.
  await press(page);
  await page.getByRole('alert').getByText('瀏覽器沒有出示任何憑證').waitFor();
  await page.getByRole('link', { name: /一日密碼登入/ }).click();
  await page.getByRole('heading', { name: /一日密碼登入/ }).waitFor();
  await page.context().close();
});
