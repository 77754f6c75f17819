/** The form that a card signs, in a browser: the pop-up's protocol, and where the PIN goes. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBrowser } from '#test/support/gallery/browser.ts';
import { startPageServer, type PageServer } from '#test/support/gallery/page-server.ts';
import { scriptComponent } from '#test/support/gallery/scripted-component.ts';

const pin = '48151623';
const signed = JSON.stringify({
  func: 'sign',
  ret_code: 0,
  last_error: 0,
  signature: 'TUlJ',
  certb64: 'TUlJ',
});
const failed = (ret_code: number, last_error = 0) => JSON.stringify({ func: 'sign', ret_code, last_error });

let browser: Browser;
let server: PageServer;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];
const timeout = 30_000;

beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), startPageServer()]);
}, timeout);
afterAll(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  server.received.length = 0;
  complaints.length = 0;
  context = await browser.newContext();
  page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.origin}/certificate`);
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await context.close();
});

async function sign(): Promise<void> {
  await page.fill('#pin', pin);
  await page.getByRole('button', { name: '以憑證登入' }).click();
}

const summary = () => page.getByRole('alert');

describe('a signature', () => {
  it('is made by one request of the pop-up, and alone is posted', { timeout }, async () => {
    const component = await scriptComponent(context, { answers: [signed] });
    const challenge = await page.locator('[data-card-challenge]').textContent();
    await page.fill('#pin', pin);
    await page.getByRole('button', { name: '以憑證登入' }).dblclick();
    expect(await page.inputValue('#pin')).toBe('');
    await page.getByText('received').waitFor();
    expect(component.opened()).toBe(1);
    expect(component.requests.map((request) => JSON.parse(request))).toEqual([
      {
        func: 'MakeSignature',
        signatureType: 'PKCS7',
        tbs: challenge,
        tbsEncoding: 'NONE',
        hashAlgorithm: 'SHA256',
        withCardSN: 'false',
        pin,
        nonce: '',
        slotDescription: '',
      },
    ]);
    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.fields).toEqual({ csrf: 'sample-token', signature: 'TUlJ' });
  });

  it('is asked for by the enter key as well', { timeout }, async () => {
    await scriptComponent(context, { answers: [signed] });
    await page.fill('#pin', pin);
    await page.press('#pin', 'Enter');
    await page.getByText('received').waitFor();
    expect(server.received).toHaveLength(1);
  });

  it('is made over a new challenge the second time', { timeout }, async () => {
    const component = await scriptComponent(context, { answers: [failed(0x76100006, -2147483646)] });
    await sign();
    await summary().getByText('還可以再試 2 次').waitFor();
    await sign();
    await expect.poll(() => component.requests.length).toBe(2);
    const [first = '', second = ''] = component.requests;
    expect(JSON.parse(second).tbs).toMatch(/fresh-\d+$/);
    expect(JSON.parse(second).tbs).not.toBe(JSON.parse(first).tbs);
    expect(server.received).toEqual([]);
  });
});

describe('what is said when it fails', () => {
  it(
    'tries left, beside the field, with the numbers for the help desk and the next step',
    { timeout },
    async () => {
      await scriptComponent(context, { answers: [failed(0x76100006, -2147483647)] });
      await sign();
      await summary().getByText('只剩 1 次機會').waitFor();
      expect(await summary().textContent()).toContain('K25 76100006/80000001');
      expect(await page.locator('#pin').getAttribute('aria-invalid')).toBe('true');
      await page.getByText('再錯一次，卡片就會鎖住').waitFor();
      expect(await page.getByRole('button', { name: '以憑證登入' }).getAttribute('aria-disabled')).toBe(null);
    },
  );

  it('a locked card: where to unlock it', { timeout }, async () => {
    await scriptComponent(context, { answers: [failed(0x76100006, 0xa4)] });
    await sign();
    await summary().getByText('卡片已鎖住').waitFor();
    const link = page.locator('[data-card-next] a');
    expect(await link.getAttribute('href')).toBe('https://cards.example.gov.tw/unlock');
  });

  it('no component: after 3.5 seconds, with where to get it', { timeout }, async () => {
    await scriptComponent(context, { silent: true });
    await sign();
    await summary().getByText('找不到憑證元件').waitFor();
    const link = page.locator('[data-card-next] a');
    expect(await link.getAttribute('href')).toBe('https://cards.example.gov.tw/component');
    await expect.poll(() => context.pages().length).toBe(1);
  });

  it('a pop-up that the browser blocks', { timeout }, async () => {
    await page.evaluate(() => Object.assign(globalThis, { open: () => null }));
    await sign();
    await summary().getByText('瀏覽器擋下了').waitFor();
  });

  it('a pop-up that was closed', { timeout }, async () => {
    await scriptComponent(context, { closes: true });
    await sign();
    await summary().getByText('小視窗在完成前被關閉了').waitFor();
  });

  it('no PIN: nothing is opened', { timeout }, async () => {
    const component = await scriptComponent(context, { answers: [signed] });
    await page.getByRole('button', { name: '以憑證登入' }).click();
    await summary().getByText('請輸入憑證 PIN 碼').waitFor();
    expect(component.opened()).toBe(0);
  });

  it.each([
    ['no JSON', 'not JSON'],
    ['no signature', JSON.stringify({ func: 'sign', ret_code: 0 })],
    ['a signature that is no text', JSON.stringify({ func: 'sign', ret_code: 0, signature: {} })],
    ['a list', '[]'],
  ])('an answer with %s', { timeout }, async (_, answer) => {
    await scriptComponent(context, { answers: [answer] });
    await sign();
    await summary().getByRole('listitem').waitFor();
    expect(await summary().textContent()).toMatch(/無法辨識|元件回報了錯誤/);
    expect(server.received).toEqual([]);
  });

  it('no new challenge to be had', { timeout }, async () => {
    await page.route('**/card/challenge', (route) => route.abort());
    await scriptComponent(context, { answers: [failed(0x76000999)] });
    await sign();
    await summary().getByText('您取消了這次簽署').waitFor();
    await sign();
    await summary().getByText('目前無法取得要簽署的文字').waitFor();
  });
});

describe('messages from elsewhere', () => {
  it(
    'of another window of the same origin, and of the pop-up at another origin, count for nothing',
    { timeout },
    async () => {
      // The pop-up itself lies at another origin than the configured one: it is never answered.
      const stranger = await scriptComponent(
        context,
        { answers: [signed] },
        'http://localhost:61162/popupForm',
      );
      await context.route('http://localhost:61161/popupForm', (route) =>
        route.fulfill({ status: 302, headers: { location: 'http://localhost:61162/popupForm' } }),
      );
      await sign();
      await page.evaluate(`
        postMessage('{"func":"getTbs"}', '*');
        postMessage('{"func":"sign","ret_code":0,"signature":"TUlJ"}', '*');
      `);
      await summary().getByText('找不到憑證元件').waitFor();
      expect(stranger.requests).toEqual([]);
      expect(server.received).toEqual([]);
    },
  );

  it('of another window at the component’s own origin count for nothing', { timeout }, async () => {
    const component = await scriptComponent(context, { silent: true });
    await context.route('http://localhost:61161/other', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<script>
          addEventListener('message', () => opener.postMessage(${JSON.stringify(signed)}, '*'));
          opener.postMessage('{"func":"getTbs"}', '*');
          opener.postMessage(${JSON.stringify(signed)}, '*');
        </script>`,
      }),
    );
    await sign();
    await expect.poll(() => component.opened()).toBe(1);
    await page.evaluate(`void window.open('http://localhost:61161/other')`);
    await summary().getByText('找不到憑證元件').waitFor();
    expect(server.received).toEqual([]);
  });

  it('an answer before anything was asked counts for nothing', { timeout }, async () => {
    await context.route('http://localhost:61161/popupForm', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<script>opener.postMessage(${JSON.stringify(signed)}, '*')</script>`,
      }),
    );
    await sign();
    await summary().getByText('找不到憑證元件').waitFor();
    expect(server.received).toEqual([]);
  });
});

describe('several components and cards', () => {
  it('a silent address is followed by the next', { timeout }, async () => {
    const both = 'http://localhost:61161/popupForm http://localhost:16888/cht_api/popupForm';
    await page.route('**/certificate', async (route) => {
      const answer = await route.fetch();
      const html = (await answer.text()).replace(
        /data-card-addresses="[^"]*"/,
        `data-card-addresses="${both}"`,
      );
      await route.fulfill({ response: answer, body: html });
    });
    await page.reload();
    await scriptComponent(context, { silent: true });
    const newer = await scriptComponent(
      context,
      { answers: [signed] },
      'http://localhost:16888/cht_api/popupForm',
    );
    await sign();
    await page.getByText('received').waitFor();
    expect(newer.requests).toHaveLength(1);
  });

  it('a card is chosen by its reader, and the choice is kept on this device', { timeout }, async () => {
    const card = (label: string, subjectCN: string) => ({
      label,
      serialNumber: '1',
      certs: [
        { label: 'cert2', subjectCN: 'x' },
        { label: 'cert1', subjectCN },
      ],
    });
    const cards = {
      func: 'pkcs11info',
      ret_code: 0,
      slots: [
        { slotDescription: 'Reader A', token: card('MOICA', '林怡君') },
        { slotDescription: 'Reader B', token: 'unknown token' },
        { slotDescription: 'Reader C', token: card('MOICA', '陳志明') },
        { slotDescription: 'Reader D', token: null },
      ],
    };
    const component = await scriptComponent(context, { answers: [JSON.stringify(cards)] });
    await page.getByRole('button', { name: '選擇讀卡機' }).click();
    const list = page.getByLabel('請選擇要使用的卡片');
    await list.selectOption('陳志明，MOICA，Reader C');
    expect(await list.locator('option').allTextContents()).toEqual([
      '林怡君，MOICA，Reader A',
      '陳志明，MOICA，Reader C',
    ]);
    expect(component.requests.map((request) => JSON.parse(request))).toEqual([
      { func: 'GetUserCert', slotDescription: '' },
    ]);
    await context.unroute('http://localhost:61161/popupForm');
    await context.unroute('http://localhost:61161/asked');
    await page.reload();
    await page.getByText('使用的讀卡機：Reader C').waitFor();
    const signing = await scriptComponent(context, { answers: [signed] });
    await sign();
    await page.getByText('received').waitFor();
    expect(JSON.parse(signing.requests[0] ?? '').slotDescription).toBe('Reader C');
    expect(Object.keys(server.received[0]?.fields ?? {})).toEqual(['csrf', 'signature']);
  });
});
