/** A newcomer registers the card in a real browser, with the demo's card component, and logs in with it from then on. */
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createCard } from '#demo/card-component/card.ts';
import { samplePin } from '../../support/demo/sample-cards.ts';
import { startCardComponent, type RunningComponent } from '../../support/demo/start-card-component.ts';
import { startBrowser } from '../../support/gallery/browser.ts';
import { noteCanary } from '../../support/hub/canaries.ts';
import { openCardDesk, type CardDesk } from '../../support/hub/card-desk.ts';
import { startHubWorld, type HubWorld, type Person } from '../../support/hub/hub-world.ts';
import { logInOnPage } from '../../support/hub/page-login.ts';
import { sampleNationalId } from '../../support/hub/sample-people.ts';

// Chromium shares the machine with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const password = 'Correct-horse-7-battery';
const name = '王示範';

let desk: CardDesk;
let component: RunningComponent;
let world: HubWorld;
let browser: Browser;
let person: Person;

beforeAll(async () => {
  mkdirSync('screenshots/journey', { recursive: true });
  noteCanary(samplePin);
  desk = await openCardDesk();
  component = await startCardComponent([mintCard()]);
  world = await startHubWorld((folder) => ({
    ...desk.config(folder),
    login: {
      answerMilliseconds: 0,
      captcha: { cost: 1 },
      mailedCode: { resendSeconds: 10 },
      certificate: { component: { addresses: [`${component.origin}/popupForm`] } },
    },
  }));
  person = await world.activePerson({ n: 1, name, roles: ['csm_user'] }, password);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.close();
  await component.stop();
  await desk.close();
});

function mintCard() {
  const { pki, ledger } = desk;
  const holder = { name, serialNumber: '9999000000000042', lastFour: sampleNationalId(1).slice(-4) };
  const signing = pki.issue(holder, 'sign', { issuer: pki.g3 });
  ledger.recordIssued(pki.g3, signing.serial);
  return createCard({
    id: 'own',
    holder: name,
    holderEn: 'Wang Shih-fan',
    shows: { zh: '有效', en: 'valid' },
    cardNumber: 'CS99000000000042',
    label: 'MOICA-Test',
    pin: samplePin,
    signing,
  });
}

/** What the page sends to the hub, to look for what must not be in it. */
function sentToHub(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin === world.origin) sent.push(`${request.url()} ${request.postData()}`);
  });
  return sent;
}

const picture = (page: Page, file: string) =>
  page.screenshot({ path: `screenshots/journey/${file}.png`, fullPage: true });

async function enterPin(page: Page, pin: string, button: string): Promise<void> {
  await page.getByLabel('憑證 PIN 碼').fill(pin);
  await page.getByRole('button', { name: button }).click();
}

test('from the first password login over a wrong PIN to a login with the card', async () => {
  await component.control({ reset: true, insert: { card: 'own', slot: 0 } });
  const context = await browser.newContext({ locale: 'zh-TW' });
  const page = await context.newPage();
  const sent = sentToHub(page);
  await page.goto(`${world.origin}/`);
  const passwordDoor = page.getByRole('link', { name: /一日密碼登入/ });
  if (await passwordDoor.isVisible()) await passwordDoor.click();
  await logInOnPage(world, page, person, password);

  await page.getByRole('link', { name: '註冊自然人憑證' }).click();
  await page.getByRole('heading', { name: '自然人憑證註冊' }).waitFor();
  await enterPin(page, '135790', '註冊這張憑證');
  await page.getByText('還可以再試 2 次').first().waitFor();
  await picture(page, 'register-card-wrong-pin');
  await enterPin(page, samplePin, '註冊這張憑證');
  await page.getByText('憑證已註冊').waitFor();
  await picture(page, 'register-card-done');

  await page.getByRole('link', { name: '以憑證重新登入' }).click();
  await enterPin(page, samplePin, '以憑證登入');
  await page.waitForURL(`${world.origin}/`);
  await picture(page, 'home-by-card');
  expect(await page.getByText('尚無紀錄').count()).toBe(0);
  await page.getByRole('link', { name: '憑證', exact: true }).click();
  await page.getByText('這是您唯一的登入方式').waitFor();
  await picture(page, 'own-certificates');

  expect(sent.filter((request) => request.includes(samplePin) || request.includes('135790'))).toEqual([]);
  await context.close();
});

test('without script the page says so, and holds nothing that could send a PIN', async () => {
  const other = await world.activePerson({ n: 2 }, password);
  const scripted = await browser.newContext({ locale: 'zh-TW' });
  const page = await scripted.newPage();
  await page.goto(`${world.origin}/`);
  const passwordDoor = page.getByRole('link', { name: /一日密碼登入/ });
  if (await passwordDoor.isVisible()) await passwordDoor.click();
  await logInOnPage(world, page, other, password);
  await page.waitForURL(`${world.origin}/`);

  const plain = await browser.newContext({
    locale: 'zh-TW',
    javaScriptEnabled: false,
    storageState: await scripted.storageState(),
  });
  const still = await plain.newPage();
  const sent = sentToHub(still);
  await still.goto(`${world.origin}/certificates/register`);
  await picture(still, 'register-card-without-script');
  // Texts in <noscript> are none to getByText.
  await still.locator('noscript .notice').waitFor();
  await enterPin(still, samplePin, '註冊這張憑證');
  await still.getByText('沒有收到卡片的簽章').waitFor();
  expect(sent.filter((request) => request.includes(samplePin))).toEqual([]);
  await Promise.all([plain.close(), scripted.close()]);
});
