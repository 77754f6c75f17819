import { afterAll, beforeAll, expect, test } from 'vitest';
import { noteCanary } from '../support/hub/canaries.ts';
import { startHubWorld, type HubWorld, type Person } from '../support/hub/hub-world.ts';
import { atPortal, outcomesOf } from '../support/hub/portal-visits.ts';
import { signingIn, type Shown, type SigningIn } from '../support/hub/signing-in.ts';

let world: HubWorld;
let next = 900;

const password = 'Correct-horse-7-battery';
const command = { kind: 'system', purpose: 'command' } as const;

beforeAll(async () => {
  world = await startHubWorld({
    login: {
      graceHours: 720,
      answerMilliseconds: 0,
      captcha: { cost: 1 },
      mailedCode: { resendSeconds: 10 },
      perAddress: { attempts: 100_000 },
      misuse: { perDay: 3 },
    },
    brand: { helpDesk: { email: 'desk@example.test' } },
  });
  noteCanary('Wrong-horse-7-battery');
});
afterAll(() => world.close());

async function someone(): Promise<{ person: Person; at: SigningIn }> {
  const person = await world.activePerson({ n: next++ }, password);
  return { person, at: await atPortal(world, person, password) };
}

/** Addresses of the question about each entry that can be reported, newest first. */
const reportLinks = ({ html }: Shown): string[] =>
  [...html.matchAll(/href="(\/activity\/report\?entry(?:=|&#x3D;)[\w-]{22})"/g)].map(([, href = '']) =>
    href.replace('&#x3D;', '='),
  );
const entryOf = (href: string): string => new URL(href, world.origin).searchParams.get('entry') ?? '';
const handlesIn = ({ html }: Shown): string[] =>
  [...html.matchAll(/name="session" value="([^"]+)"/g)].map(([, handle = '']) => handle);

/** The newest entry of the log that can be reported: the login of this session, or an attempt after it. */
async function newest(at: SigningIn): Promise<string> {
  const [href] = reportLinks(await at.open('/activity?kind=logins'));
  if (href === undefined) throw new Error('nothing to report in the log');
  return href;
}
const report = (at: SigningIn, href: string, csrf: string, more: Record<string, string> = {}) =>
  at.post('/activity/report', { csrf, entry: entryOf(href), ...more });

const isLoggedIn = async (at: SigningIn) => (await at.open('/profile')).url.pathname === '/profile';
const accountNow = (person: Person) =>
  world.hub.services.directory.accounts.findAccount(command, person.account.id);

test('the log tells what was done with the account, narrowed by kind and a page at a time', async () => {
  const { at } = await someone();
  const page = await at.open('/activity');
  for (const words of ['登入', '開通帳號', '開立帳號', '密碼加檢查碼', '主機維運人員', '127.0.0.1'])
    expect(page.html).toContain(words);
  const managers = await at.open('/activity?kind=managers');
  expect(managers.html).toContain('開立帳號');
  expect(managers.html).not.toContain('開通帳號');
  expect((await at.open('/activity?kind=data')).html).toContain('目前沒有紀錄');
  expect((await at.open('/activity?before=1')).html).toContain('沒有更早的紀錄');
  expect((await at.open('/activity?before=nonsense&kind=constructor')).html).toContain('開立帳號');
});

test('what a manager did is told by name and office, and not from where', async () => {
  const { person, at } = await someone();
  const manager = await world.activePerson({ n: next++, name: '陳建宏' }, password);
  const { directory, stores } = world.hub.services;
  const { revision } = (await accountNow(manager)) ?? { revision: 0 };
  await directory.accounts.modifyAccount(command, manager.account.id, revision, { office: 'manager' });
  await stores.audit.record({
    action: 'account.set-status',
    outcome: 'done',
    actor: `person:${manager.account.id}`,
    onAccount: person.account.id,
    form: '商一字第 7 號',
    evidence: { 'before.status': 'disabled', 'after.status': 'enabled' },
    personal: { address: '198.51.100.77' },
  });
  const { html } = await at.open('/activity?kind=managers');
  for (const words of ['陳建宏（註冊管理者）', '停用 → 啟用', '商一字第 7 號']) expect(html).toContain(words);
  expect(html).not.toContain('198.51.100.77');
});

test('a login that was not me: others end, code and password go, everybody concerned is told, once', async () => {
  const { person, at } = await someone();
  const manager = await world.activePerson({ n: next++, name: '王管理' }, password);
  const { revision } = (await accountNow(manager)) ?? { revision: 0 };
  await world.hub.services.directory.accounts.modifyAccount(command, manager.account.id, revision, {
    office: 'manager',
  });
  const elsewhere = await atPortal(world, person, password);
  const before = await Promise.all(
    [person.email, manager.email, 'desk@example.test'].map(async (to) => ({
      to,
      count: (await world.mailbox.mailsTo(to)).length,
    })),
  );
  const href = await newest(at);
  const question = await at.open(href);
  for (const words of ['目前 1 個', '密碼停用', '檢查碼作廢']) expect(question.html).toContain(words);
  const done = await report(at, href, question.csrf);
  expect(done.html).toContain('已結束其他 1 個登入');
  expect(await isLoggedIn(elsewhere)).toBe(false);
  expect(await isLoggedIn(at)).toBe(true);
  expect((await accountNow(person))?.password.set).toBe(false);
  for (const { to, count } of before) {
    const mail = await world.mailbox.nextMailTo(to, count);
    expect(mail).toContain(to === person.email ? '您於' : person.account.id);
    expect(mail).not.toContain(person.nationalId);
  }
  // Again, from a form that was open before: told so, and nothing is done twice.
  const again = await report(at, href, question.csrf);
  expect(again.html).toContain('已經通報過了');
  expect((await at.open(href)).html).toContain('已經通報過了');
  expect((await at.open('/activity')).html).toContain('已通報');
  expect(await outcomesOf(world, person, 'account.report-misuse')).toEqual(['intended', 'done']);
  expect(await outcomesOf(world, person, 'password.close')).toEqual(['intended', 'done']);
  await expect(atPortal(world, person, password)).rejects.toThrow();
});

test('this sign-in ends too where that is wished', async () => {
  const { at } = await someone();
  const href = await newest(at);
  const { csrf } = await at.open(href);
  expect((await report(at, href, csrf, { end_this: 'yes' })).url.pathname).toBe('/logged-out');
  expect(await isLoggedIn(at)).toBe(false);
});

test('an attempt without the password closes none', async () => {
  const { person, at } = await someone();
  await expect(atPortal(world, person, 'Wrong-horse-7-battery')).rejects.toThrow();
  expect((await at.open('/activity?kind=logins')).html).toContain('密碼錯誤');
  const href = await newest(at);
  const question = await at.open(href);
  expect(question.html).not.toContain('密碼停用');
  expect((await report(at, href, question.csrf)).html).toContain('已結束其他 0 個登入');
  expect((await accountNow(person))?.password.set).toBe(true);
});

test('twenty at once report once', async () => {
  const { person, at } = await someone();
  const mails = (await world.mailbox.mailsTo('desk@example.test')).length;
  const href = await newest(at);
  const { csrf } = await at.open(href);
  const answers = await Promise.all(Array.from({ length: 20 }, () => report(at, href, csrf)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(answers.filter(({ html }) => html.includes('已結束其他'))).toHaveLength(1);
  expect(await outcomesOf(world, person, 'account.report-misuse')).toEqual(['intended', 'done']);
  await world.mailbox.nextMailTo('desk@example.test', mails);
  expect((await world.mailbox.mailsTo('desk@example.test')).length).toBe(mails + 1);
});

test('so many a day, and no more', async () => {
  const { person, at } = await someone();
  await atPortal(world, person, password);
  // Two logins, each with the code that was asked for.
  const hrefs = reportLinks(await at.open('/activity?kind=logins'));
  const statuses: number[] = [];
  for (const href of hrefs) statuses.push((await report(at, href, (await at.open(href)).csrf)).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  expect((await outcomesOf(world, person, 'account.report-misuse')).at(-1)).toBe('too-many');
});

test("somebody else's entry is not there, neither to look at nor to report; nor is a manager's act to report", async () => {
  const mine = await someone();
  const other = await someone();
  const href = await newest(other.at);
  const own = await mine.at.open(await newest(mine.at));
  expect((await mine.at.open(href)).status).toBe(404);
  expect((await report(mine.at, href, own.csrf)).status).toBe(404);
  expect(await isLoggedIn(other.at)).toBe(true);
  expect(await outcomesOf(world, other.person, 'account.report-misuse')).toEqual([]);
  const entries = await world.hub.services.stores.records.audit.search(
    { onAccount: mine.person.account.id, action: 'account.open' },
    undefined,
    1,
  );
  const opened = `/activity/report?entry=${entries[0]?.index.id ?? ''}`;
  expect((await mine.at.open(opened)).status).toBe(404);
  for (const odd of ['', 'x', `${entryOf(href)}'`, 'constructor'])
    expect((await mine.at.open(`/activity/report?entry=${odd}`)).status).toBe(404);
});

test('a report needs the form of this very session, its fields alone, and a post', async () => {
  const other = await someone();
  const { person, at } = await someone();
  const href = await newest(at);
  const foreign = await other.at.open(await newest(other.at));
  expect((await report(at, href, foreign.csrf)).status).toBe(400);
  const { csrf } = await at.open(href);
  expect((await report(at, href, csrf, { account: other.person.account.id })).status).toBe(400);
  await at.open(`/activity/report?csrf=${csrf}&entry=${entryOf(href)}&confirm=yes`);
  expect(await outcomesOf(world, person, 'account.report-misuse')).toEqual([]);
});

test('open sign-ins are listed; one of them, all others, or all are ended', async () => {
  const { person, at } = await someone();
  const [second, third, fourth] = [
    await atPortal(world, person, password),
    await atPortal(world, person, password),
    await atPortal(world, person, password),
  ];
  const page = await at.open('/sessions');
  expect(page.html).toContain('您現在使用的');
  expect(page.html).toContain('2（雙因子）');
  const handles = handlesIn(page);
  expect(handles).toHaveLength(3);
  // Newest first: the first handle is the fourth login's.
  const ended = await at.post('/sessions/end', { csrf: page.csrf, session: handles[0] ?? '' });
  expect(ended.html).toContain('已結束該登入');
  expect(await isLoggedIn(fourth)).toBe(false);
  expect(await isLoggedIn(second)).toBe(true);
  expect((await at.post('/sessions/end', { csrf: page.csrf, session: handles[0] ?? '' })).status).toBe(404);
  await at.post('/sessions/end-others', { csrf: page.csrf });
  expect([await isLoggedIn(second), await isLoggedIn(third), await isLoggedIn(at)]).toEqual([
    false,
    false,
    true,
  ]);
  const again = await atPortal(world, person, password);
  const all = await at.post('/sessions/end-all', { csrf: page.csrf });
  expect(all.url.pathname).toBe('/logged-out');
  expect([await isLoggedIn(again), await isLoggedIn(at)]).toEqual([false, false]);
});

test("somebody else's session cannot be ended, nor any without this session's form", async () => {
  const mine = await someone();
  const other = await someone();
  const otherAgain = await atPortal(world, other.person, password);
  const [handle = ''] = handlesIn(await other.at.open('/sessions'));
  const page = await mine.at.open('/sessions');
  expect((await mine.at.post('/sessions/end', { csrf: page.csrf, session: handle })).status).toBe(404);
  const theirs = await other.at.open('/sessions');
  for (const path of ['/sessions/end-others', '/sessions/end-all'])
    expect((await mine.at.post(path, { csrf: theirs.csrf })).status).toBe(400);
  expect((await mine.at.post('/sessions/end', { csrf: theirs.csrf, session: handle })).status).toBe(400);
  expect([await isLoggedIn(other.at), await isLoggedIn(otherAgain), await isLoggedIn(mine.at)]).toEqual([
    true,
    true,
    true,
  ]);
});

test('nobody who is not logged in sees any of it', async () => {
  for (const path of ['/activity', '/activity/report?entry=x', '/sessions'])
    expect((await signingIn(world).open(path)).url.pathname).toMatch(/^\/interaction\//);
});
