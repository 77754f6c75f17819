/** The login form in a browser, under the policy the product sends: captcha widget, code by mail, no double send. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBrowser } from '#test/support/gallery/browser.ts';
import { startPageServer, type PageServer } from '#test/support/gallery/page-server.ts';

let browser: Browser;
let server: PageServer;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), startPageServer()]);
}, 30_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  server.received.length = 0;
  complaints.length = 0;
  page = await browser.newPage();
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.origin}/login`);
});
afterEach(() => page.close());

async function fill(): Promise<void> {
  await page.fill('#account', 'A123456789');
  await page.fill('#password', 'not a real password');
}

describe('the login form', () => {
  it('solves the captcha by itself and sends the form once', { timeout: 20_000 }, async () => {
    await fill();
    await page.fill('#code', '01234567');
    await page.getByRole('button', { name: '登入', exact: true }).dblclick();
    await page.getByText('received').waitFor();
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({
      captcha: true,
      fields: { csrf: 'sample-token', account: 'A123456789', code: '01234567', action: 'login' },
    });
    expect(complaints).toEqual([]);
  });

  it(
    'asks for a code without losing what was typed, and for a fresh captcha after',
    { timeout: 20_000 },
    async () => {
      await fill();
      await page.getByRole('button', { name: '寄送檢查碼' }).click();
      await page.getByRole('status').getByText('檢查碼已寄往').waitFor();
      expect(server.received[0]).toMatchObject({
        accept: 'application/json',
        captcha: true,
        fields: { action: 'send-code', account: 'A123456789', password: 'not a real password' },
      });
      expect(await page.inputValue('#account')).toBe('A123456789');
      expect(await page.inputValue('#password')).toBe('not a real password');
      expect(
        await page.locator('#code').evaluate((input) => input === input.ownerDocument.activeElement),
      ).toBe(true);
      expect(await page.locator('[data-send-code]').getAttribute('aria-disabled')).toBe('true');
      expect(await page.locator('[data-send-code]').textContent()).toMatch(/^\d+ 秒後可再寄送$/);

      await page.fill('#code', '01234567');
      await page.getByRole('button', { name: '登入', exact: true }).click();
      await page.getByText('received').waitFor();
      expect(server.received[1]).toMatchObject({ captcha: true, fields: { action: 'login' } });
      expect(server.received[1]?.fields['altcha']).not.toBe(server.received[0]?.fields['altcha']);
      expect(complaints).toEqual([]);
    },
  );

  it('says so when no answer comes, and keeps what was typed', { timeout: 20_000 }, async () => {
    await page.route('**/form', (route) => route.abort());
    await fill();
    await page.getByRole('button', { name: '寄送檢查碼' }).click();
    await page.getByRole('alert').getByText('目前無法寄送檢查碼').waitFor();
    expect(await page.inputValue('#password')).toBe('not a real password');
    expect(await page.locator('[data-send-code]').getAttribute('aria-disabled')).toBe(null);
  });

  it('sends by the enter key, and shows a password only when asked to', { timeout: 20_000 }, async () => {
    await fill();
    await page.getByRole('button', { name: '顯示密碼' }).click();
    expect(await page.getAttribute('#password', 'type')).toBe('text');
    await page.press('#password', 'Enter');
    await page.getByText('received').waitFor();
    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.captcha).toBe(true);
  });
});

describe('the change of password', () => {
  it('ticks each rule as it is met', async () => {
    await page.goto(`${server.origin}/change-password-first-login`);
    const met = () =>
      page.locator('[data-met=true]').evaluateAll((rules) => rules.map((rule) => rule.dataset['rule']));
    await page.fill('#new_password', 'tall');
    expect(await met()).toEqual(['lower']);
    await page.fill('#new_password', 'Tall-Bamboo-26');
    expect(await met()).toEqual(['length', 'upper', 'lower', 'digit', 'special']);
    await page.fill('#new_password_again', 'Tall-Bamboo-26');
    await page.getByText('兩次輸入相同').waitFor();
    expect(complaints).toEqual([]);
  });
});
