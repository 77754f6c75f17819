/** The demo's pages are whole: what is opened is closed, in order. */
import { expect, test } from 'vitest';
import { insidePage, outsidePage, type Look } from '#demo/business-system/pages.ts';
import { deskState, type DeskState } from '#demo/card-component/control.ts';
import { createDesk } from '#demo/card-component/desk.ts';
import { controlPage, popupPage } from '#demo/card-component/pages.ts';
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

const places = { origin: 'http://localhost:61161', hub: 'http://localhost:3000' };
const emptyDesk = deskState(createDesk([]));
const cardOf = (id: string, revoked: boolean | null): DeskState['cards'][number] => ({
  id,
  holder: '王小明',
  holderEn: 'Wang',
  shows: { zh: '憑證登入', en: 'Logs in' },
  pin: '123456',
  cardNumber: 'CS00000000000001',
  triesLeft: 2,
  revoked,
});
const fullDesk: DeskState = {
  ...emptyDesk,
  slots: [
    { description: 'Reader 0', card: 'a' },
    { description: 'Reader 1', card: null },
  ],
  cards: [cardOf('a', false), cardOf('b', true), cardOf('c', null)],
};

test.each<[string, () => string]>([
  ['mailbox', () => mailboxPage([mail], undefined)],
  ['mailbox of one address', () => mailboxPage([], mail.to)],
  ['people', () => peoplePage([way, without], 'http://localhost:3000')],
  ['outside a business system', () => outsidePage(look, { tone: 'bad', zh: '錯', en: 'Bad', code: 'x' })],
  ['inside a business system', () => insidePage(look, session, undefined)],
  ['pop-up of the card component', popupPage],
  ['card reader with nothing in it', () => controlPage({ ...emptyDesk, slots: [] }, places)],
  ['card reader with cards in each state', () => controlPage(fullDesk, places)],
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
