/** The demo's pages are whole: what is opened is closed, in order. */
import { expect, test } from 'vitest';
import { insidePage, outsidePage, type Look } from '#demo/business-system/pages.ts';
import { popupPage } from '#demo/card-component/pages.ts';
import { mailboxPage, peoplePage } from '#demo/mailbox/pages.ts';
import type { WayIn } from '#demo/people/way-in.ts';

const way: WayIn = {
  account: 'A123456789',
  name: '王小明',
  nameEn: 'Wang',
  email: 'ming@example.test',
  agency: '示範市政府',
  roles: ['csm_user'],
  state: 'enabled',
  password: 'secret',
  expect: { zh: '可登入', en: 'Logs in' },
};
const mail = { to: 'ming@example.test', subject: '檢查碼', text: '1 < 2', date: new Date(0) };
const look: Look = { name: '示範', nameEn: 'Demo', theme: 'blue', hub: 'http://localhost:3000' };
const { password: _password, ...without } = way;
const claims = {
  name: '王小明',
  roles: ['csm_user'],
  iat: 1_700_000_000,
  organization: { agency: { name: '市政府' } },
};
const session = {
  tokens: { accessToken: 'a', idToken: 'i', refreshToken: 'r', expiresInSeconds: 300, claims },
  answers: { userinfo: claims, introspection: { active: true } },
};

test.each<[string, () => string]>([
  ['mailbox', () => mailboxPage([mail], undefined)],
  ['mailbox of one address', () => mailboxPage([], mail.to)],
  ['people', () => peoplePage([way, without], 'http://localhost:3000')],
  ['outside a business system', () => outsidePage(look, { tone: 'bad', zh: '錯', en: 'Bad', code: 'x' })],
  ['inside a business system', () => insidePage(look, session, undefined)],
  ['pop-up of the card component', popupPage],
])('%s', (_, page) => {
  expect(faultsIn(page())).toEqual([]);
});

const empty = new Set(['meta', 'link', 'br', 'input', 'hr', 'img']);

function faultsIn(markup: string): string[] {
  const open: string[] = [];
  const faults: string[] = [];
  for (const [tag, closing, name = ''] of markup.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (empty.has(name)) continue;
    if (closing === '') open.push(name);
    else if (open.pop() !== name) faults.push(tag);
  }
  return [...faults, ...open];
}
