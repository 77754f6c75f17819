/** A programme officer’s day in a real browser, by keys but for choosing a file, and what others see of it. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startBrowser } from '../../support/gallery/browser.ts';
import { putOrganizations, root } from '../../support/hub/account-forms.ts';
import { noteCanary } from '../../support/hub/canaries.ts';
import { logInOnPage } from '../../support/hub/page-login.ts';
import { startRegistryWorld, type RegistryWorld } from '../../support/hub/registry-visits.ts';
import { sampleNationalId } from '../../support/hub/sample-people.ts';

// Chromium shares the machine with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const pictures = path.resolve(import.meta.dirname, '../../../screenshots/journeys');
let world: RegistryWorld;
let browser: Browser;
let page: Page;
/** Before the login page, on a telephone. */
let visitor: Page;

beforeAll(async () => {
  world = await startRegistryWorld();
  await putOrganizations(world);
  mkdirSync(pictures, { recursive: true });
  browser = await startBrowser();
  page = await newPage(1280, 900);
  visitor = await newPage(390, 844);
  await page.goto(world.origin);
  world.clock.advance(61_000);
  await logInOnPage(world, page, world.people['programme-officer'], 'Correct-horse-7-battery');
  await page.getByRole('heading', { name: '計畫承辦，您好' }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

async function newPage(width: number, height: number): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-TW', viewport: { width, height } });
  const opened = await context.newPage();
  opened.setDefaultTimeout(30_000);
  return opened;
}

const picture = (name: string, of = page) =>
  of.screenshot({ path: path.join(pictures, `officer-${name}.png`), fullPage: true });

const open = (place: string) => page.goto(`${world.origin}/registry/${place}`);

/** Presses Tab until `wanted` has the focus. */
async function tabTo(wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let stops = 0; stops < 120; stops += 1) {
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no stop at ${String(wanted)} on ${page.url()}`);
}

async function press(role: 'link' | 'button', name: string): Promise<void> {
  await tabTo(page.getByRole(role, { name, exact: true }));
  await page.keyboard.press('Enter');
}

async function write(label: string, text: string): Promise<void> {
  await tabTo(page.getByRole('textbox', { name: label, exact: true }));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

async function tick(name: RegExp): Promise<void> {
  await tabTo(page.getByRole('checkbox', { name }));
  await page.keyboard.press('Space');
}

/** Types the beginning of an organisation's name and takes the first that is suggested. */
async function choose(label: string, typed: string, name: RegExp): Promise<void> {
  await tabTo(page.getByRole('combobox', { name: label, exact: true }));
  await page.keyboard.insertText(typed);
  await page.getByRole('option', { name }).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

const heading = (name: string) => page.getByRole('heading', { name }).waitFor();
const told = (words: string) => page.getByRole('status').filter({ hasText: words }).waitFor();

const chooseFile = (name: string, mimeType: string, content: string) =>
  page.getByLabel('檔案', { exact: true }).setInputFiles({ name, mimeType, buffer: Buffer.from(content) });

test('a manager is opened with a subtree chosen while typing, and categories', async () => {
  await open('');
  await picture('overview');
  await open('managers');
  await press('link', '系統註冊管理者新增作業');
  await choose('機關', '測試縣', /測試縣政府/);
  await choose('管轄範圍起始OID', '工商', /工商課/);
  await tick(/csm$/);
  await write('姓名', '林管理');
  await write('身分證字號／統一證號', sampleNationalId(770));
  await write('出生月日', '0215');
  await write('電子郵件信箱', 'person770@example.test');
  await write('表單或公文文號', 'D-06-09-1150312-007');
  await write('事由', '新任管理者');
  await picture('manager-form');
  await press('button', '開立帳號');
  await heading('帳號已開立');
  await open('managers');
  await page
    .getByRole('row', { name: /林管理/ })
    .getByText(`${root}.20011`, { exact: true })
    .waitFor();
  await picture('managers');
  await press('link', '更改 林管理 的管轄設定');
  await heading('管轄設定');
  expect(await page.getByRole('checkbox', { name: /csm$/ }).isChecked()).toBe(true);
});

test('a category, a role and a system are added, one is changed, and one removed after its question', async () => {
  await open('catalogue');
  await press('link', '新增類別');
  await write('類別代碼', 'parks');
  await write('名稱', '公園管理');
  await press('button', '新增類別');
  await told('已新增');
  await press('link', '新增角色 公園管理');
  await write('角色代碼', 'parks_user');
  await write('名稱', '公園承辦');
  await press('button', '新增角色');
  await told('已新增');
  await press('link', '新增系統');
  await write('系統代碼', 'parks-desk');
  await write('名稱', '公園服務台');
  await tick(/公園管理 parks$/);
  await picture('system-form');
  await press('button', '新增系統');
  await told('已新增');
  await press('link', '公園服務台');
  await write('名稱', '公園與綠地服務台');
  await press('button', '儲存');
  await told('已儲存');
  await picture('catalogue');
  await press('link', '公園承辦');
  await press('link', '刪除');
  await heading('刪除這個角色？');
  await page.getByText('公園與綠地服務台').waitFor();
  await picture('role-removal');
  await press('button', '刪除');
  await told('已刪除');
  const category = page.getByRole('region', { name: '公園管理 parks' });
  await category.getByText('這個類別還沒有角色').waitFor();
});

test('an organisation is added and renamed', async () => {
  await open('organizations');
  await press('link', '新增機關');
  await write('OID', `${root}.20013`);
  await write('名稱', '觀光課');
  await press('button', '新增機關');
  await told('機關已新增');
  await open(`organizations/${root}.20013`);
  await write('名稱', '觀光旅遊課');
  await press('button', '儲存');
  await told('已儲存');
  await open(`organizations?q=${encodeURIComponent('觀光')}`);
  await page.getByRole('link', { name: '觀光旅遊課', exact: true }).waitFor();
  await picture('organizations');
});

test('the list of OIDs is uploaded, compared and brought in', async () => {
  const lines = [
    'OrgName,OID,OrgCode',
    `地方稅務課,${root}.20012,`,
    `公園課,${root}.20014,`,
    '打錯的機關,2.16.x,',
  ];
  await open('organizations');
  await press('link', '匯入公開 OID 清冊');
  await chooseFile('清冊.csv', 'text/csv', lines.join('\r\n'));
  await press('button', '上傳並比對');
  await told('比對完成');
  for (const words of ['公園課', '稅務課', 'OID 格式不正確']) {
    await page.getByRole('cell', { name: words, exact: true }).waitFor();
  }
  await picture('import-compared');
  await press('button', '匯入');
  await told('已匯入');
  await open(`organizations/${root}.20012`);
  expect(await page.getByRole('textbox', { name: '名稱', exact: true }).inputValue()).toBe('地方稅務課');
});

/** The secret that the page shows this once. */
async function shownSecret(): Promise<string> {
  const secret = await page.locator('#secret-value').innerText();
  noteCanary(secret);
  return secret;
}

test('a relying party is judged while typed, gets a secret shown once, another one, and is disabled', async () => {
  await open('relying-parties');
  await press('link', '新增依賴方');
  await write('用戶端代號（client_id）', 'parks-desk');
  await write('名稱', '公園服務台');
  await tick(/公司登記與管理資訊系統 csm$/);
  await write('登入回傳網址', 'http://parks.example.test/callback');
  await page.keyboard.press('Tab');
  const fault = page.getByText('每行須為完整的 https 網址');
  await fault.waitFor();
  await picture('relying-party-fault');
  await page.keyboard.press('Shift+Tab');
  await write('登入回傳網址', 'https://parks.example.test/callback');
  await page.keyboard.press('Tab');
  await fault.waitFor({ state: 'hidden' });
  await press('button', '新增依賴方');
  await told('依賴方已新增');
  const first = await shownSecret();
  await open('relying-parties/parks-desk');
  expect(await page.content()).not.toContain(first);
  await press('link', '更換密碼');
  await heading('更換用戶端密碼？');
  await press('button', '更換密碼');
  await told('新密碼已產生');
  expect(await shownSecret()).not.toBe(first);
  await press('link', '停用');
  await heading('停用這個依賴方？');
  await press('button', '停用');
  await told('已停用');
  await picture('relying-party-disabled');
});

test('an announcement is looked at first, stands on the login page, and is taken away', async () => {
  await open('notices');
  await press('link', '新增公告');
  await tabTo(page.getByRole('combobox', { name: '重要程度' }));
  await page.keyboard.press('ArrowDown');
  await write('中文標題', '週六停機公告');
  await write('中文內容', '週六 22 時起暫停服務。\n\n- 登入\n- 註冊管理');
  await write('英文標題', 'Maintenance on Saturday');
  await write('英文內容', 'No service from 10 p.m.');
  await press('button', '預覽');
  await page.getByRole('article').getByText('週六停機公告').waitFor();
  await picture('notice-preview');
  await press('button', '儲存');
  await told('公告已儲存');
  await visitor.goto(world.origin);
  await visitor.getByRole('heading', { name: '週六停機公告' }).waitFor();
  await picture('phone-login-notice', visitor);
  await press('link', '週六停機公告');
  await press('link', '刪除');
  await heading('刪除這則公告？');
  await press('button', '刪除');
  await told('公告已刪除');
  await visitor.goto(world.origin);
  expect(await visitor.getByText('週六停機公告').count()).toBe(0);
});

test('a file is offered on the login page, and taken away', async () => {
  await open('downloads');
  await press('link', '新增檔案');
  await write('中文名稱', '登入操作手冊');
  await write('英文名稱', 'Manual for logging in');
  await chooseFile('手冊.pdf', 'application/pdf', '%PDF-1.7 of a manual');
  await picture('download-form');
  await press('button', '儲存');
  await told('檔案已儲存');
  await visitor.goto(world.origin);
  await visitor.getByRole('link', { name: '登入操作手冊' }).waitFor();
  await picture('phone-login-download', visitor);
  await press('link', '登入操作手冊');
  await press('link', '刪除');
  await heading('刪除這個檔案？');
  await press('button', '刪除');
  await told('檔案已刪除');
  await visitor.goto(world.origin);
  expect(await visitor.getByText('登入操作手冊').count()).toBe(0);
});

test('on a telephone nothing is wider than the screen', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  const places = ['managers', 'managers/new', 'catalogue', 'catalogue/roles/new', 'organizations'];
  const more = ['organizations/import', 'relying-parties', 'relying-parties/parks-desk', 'notices/new'];
  for (const place of [...places, ...more, 'downloads/new']) {
    await open(place);
    await picture(`phone-${place.replaceAll('/', '-')}`);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect([place, width]).toEqual([place, 390]);
  }
});
