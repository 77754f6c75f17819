/** A page that knows nothing of the demo's card component but its protocol, in a real browser. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { mintSampleCards, samplePin } from '../support/demo/sample-cards.ts';
import type { LocalServer } from '#demo/serve-locally.ts';
import { startAskingSite } from '../support/demo/start-asking-site.ts';
import { startCardComponent, type RunningComponent } from '../support/demo/start-card-component.ts';
import { startBrowser } from '../support/gallery/browser.ts';

// Chromium shares the machine with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const axe = readFileSync(path.resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');

let component: RunningComponent;
let site: LocalServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  mkdirSync('screenshots/journey', { recursive: true });
  [component, site, browser] = await Promise.all([
    startCardComponent(mintSampleCards().cards),
    startAskingSite(),
    startBrowser(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await site.stop();
  await component.stop();
});

beforeEach(async () => {
  await component.control({ reset: true, insert: { card: 'good', slot: 0 } });
  await context?.close();
  context = await browser.newContext();
  page = await context.newPage();
});

const request = {
  func: 'MakeSignature',
  signatureType: 'PKCS7',
  tbs: 'hufu.login.v1.localhost.c2FtcGxl',
  tbsEncoding: 'NONE',
  hashAlgorithm: 'SHA256',
  withCardSN: 'false',
  pin: samplePin,
  nonce: '',
  slotDescription: '',
};

function pageThatAsks(asked: unknown): string {
  const text = typeof asked === 'string' ? asked : JSON.stringify(asked);
  return `${site.origin}/?${new URLSearchParams({ component: component.origin, text }).toString()}`;
}

/** What the page hears until the pop-up is closed. */
async function ask(asked: unknown): Promise<readonly Record<string, unknown>[]> {
  await page.goto(pageThatAsks(asked));
  const [popup] = await Promise.all([context.waitForEvent('page'), page.click('button')]);
  if (!popup.isClosed()) await popup.waitForEvent('close');
  await page.locator('li').nth(1).waitFor();
  const lines = await page.locator('li').allTextContents();
  return lines.map((line): Record<string, unknown> => JSON.parse(line));
}

test('a page asks for a signature through the pop-up, which answers once and closes', async () => {
  const messages = await ask(request);
  expect(messages).toHaveLength(2);
  expect(messages[0]).toEqual({ func: 'getTbs' });
  expect(messages[1]).toMatchObject({ func: 'sign', ret_code: 0, last_error: 0 });
});

test('a page asks which readers and certificates there are', async () => {
  expect((await ask({ func: 'CheckEnvir' }))[1]).toMatchObject({
    func: 'pkcs11info',
    slots: [{ slotDescription: 'Hufu Demo Smart Card Reader 0', token: { label: 'MOICA-Test' } }],
  });
  const [, info] = await ask({ func: 'GetUserCert', slotDescription: '' });
  expect(info).toMatchObject({ slots: [{ token: { certs: [{ subjectCN: '王示範' }, {}] } }] });
});

test('a page is told what is wrong: JSON, PIN, card', async () => {
  expect((await ask('{'))[1]).toMatchObject({ ret_code: 0x7600000b });
  const [, refused] = await ask({ ...request, pin: '000000' });
  expect(refused).toMatchObject({ ret_code: 0x76100006, last_error: -2147483646 });
  await component.control({ remove: { slot: 0 } });
  expect((await ask(request))[1]).toMatchObject({ ret_code: 0x76000006 });
});

test('no message comes from a component that is not there', async () => {
  await component.control({ switches: { installed: false } });
  await page.goto(pageThatAsks(request));
  const failed = context.waitForEvent('requestfailed');
  await page.click('button');
  expect((await failed).url()).toBe(`${component.origin}/popupForm`);
  expect(await page.locator('li').count()).toBe(0);
});

test('the pop-up listens to nobody but the page that opened it', async () => {
  const posted: string[] = [];
  context.on('request', (sent) => sent.method() === 'POST' && posted.push(sent.url()));
  await page.goto(site.origin);
  const [popup] = await Promise.all([
    context.waitForEvent('page'),
    page.evaluate(`void window.open('${component.origin}/popupForm')`),
  ]);
  await popup.waitForLoadState();
  // A message whose source is the pop-up itself; it has been delivered when the second listener has heard it.
  await popup.evaluate(`new Promise((resolve) => {
    addEventListener('message', resolve);
    postMessage(${JSON.stringify(JSON.stringify(request))}, '*');
  })`);
  expect(posted).toEqual([]);
  expect(popup.isClosed()).toBe(false);
});

test('somebody at the desk inserts, locks and unlocks a card, and sets what goes wrong', async () => {
  await component.control({ reset: true });
  await page.goto(component.origin);
  const row = page.getByRole('row', { name: '王示範' });
  await row.getByRole('button', { name: '插入' }).click();
  await page.getByText('已插入').waitFor();
  for (const _try of [1, 2, 3]) await component.ask('/sign', { ...request, pin: '000000' });
  await page.reload();
  await page.getByText('已鎖卡').waitFor();
  await page.screenshot({ path: 'screenshots/journey/card-reader.desk.png', fullPage: true });
  await row.getByRole('button', { name: '解鎖' }).click();
  await page.getByRole('checkbox', { name: '使用者取消' }).check();
  await page.getByRole('button', { name: '套用' }).click();
  expect(await component.ask('/sign', request)).toMatchObject({ ret_code: 0x76000999 });
  expect(await page.getByRole('checkbox', { name: '使用者取消' }).isChecked()).toBe(true);
  await page.getByRole('button', { name: '取出' }).click();
  await page.getByText('未插卡').waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: 'screenshots/journey/card-reader.phone.png', fullPage: true });
  await page.getByRole('button', { name: '全部還原' }).click();
  expect(await page.getByRole('checkbox', { name: '使用者取消' }).isChecked()).toBe(false);
});

test('axe finds no fault on the desk’s page, in full and on a telephone', async () => {
  await context.addInitScript({ content: axe });
  page = await context.newPage();
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(component.origin);
    const { violations } = (await page.evaluate('axe.run(document)')) as AxeResults;
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    // Nothing sticks out to the side.
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  }
});
