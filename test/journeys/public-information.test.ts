import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHubWorld, type HubWorld } from '../support/hub/hub-world.ts';
import { authorizationRequest, logInByPassword, redeemCode, signingIn } from '../support/hub/signing-in.ts';

const password = 'Correct-horse-7-battery';
let world: HubWorld;

const text = (title: string) => ({ title, body: `${title}內文\n\n<b>&</b>` });

beforeAll(async () => {
  world = await startHubWorld((folder) => {
    const manual = path.join(folder, '操作手冊.pdf');
    writeFileSync(manual, '%PDF-0123456789');
    writeFileSync(path.join(folder, 'secret.txt'), 'nobody shall have this');
    return {
      rulesOfUse: { version: '2026-2' },
      notices: [
        { id: 'now', from: '2020-01-01', until: '2099-12-31', zh: text('維護公告'), en: text('Maintenance') },
        { id: 'past', from: '2020-01-01', until: '2020-01-02', zh: text('過期公告'), en: text('Past') },
      ],
      downloads: [{ id: 'manual', zh: '操作手冊', en: 'Manual', file: manual }],
    };
  });
});
afterAll(() => world.close());

test('the login page tells what is announced now, what can be taken and where a card is unlocked', async () => {
  const at = signingIn(world);
  const page = await at.open(authorizationRequest(world, 'csm').url);
  expect(page.html).toContain('維護公告內文');
  expect(page.html).toContain('&lt;b&gt;&amp;&lt;/b&gt;');
  expect(page.html).not.toContain('過期公告');
  expect(page.html).toContain('href="/downloads/manual"');
  expect(page.html).toContain('https://moica.nat.gov.tw/unblockcard.html');
  const english = await at.open(`${page.url}?lang=en`);
  expect(english.url.href).toBe(page.url.href);
  expect(english.html).toContain('Maintenance');
  expect(english.html).not.toContain('維護公告');
});

test('a file is taken by its id alone, whole or in parts', async () => {
  const { browser } = signingIn(world);
  const whole = await browser.fetch('/downloads/manual');
  expect(whole.status).toBe(200);
  expect(whole.headers.get('content-type')).toBe('application/pdf');
  expect(whole.headers.get('content-disposition')).toMatch(
    /^attachment; .*filename\*=UTF-8''%E6%93%8D%E4%BD%9C%E6%89%8B%E5%86%8A\.pdf$/,
  );
  expect(whole.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await whole.text()).toBe('%PDF-0123456789');
  const part = await browser.fetch('/downloads/manual', { headers: { Range: 'bytes=5-7' } });
  expect([part.status, await part.text()]).toEqual([206, '012']);
  expect(whole.headers.get('etag')).toMatch(/^".+"$/);
});

test.each([
  'secret.txt',
  '..%2Fsecret.txt',
  '%2e%2e%2fsecret.txt',
  'manual.pdf',
  'Manual',
  '',
  'constructor',
])('there is no file called %j', async (id) => {
  const { browser } = signingIn(world);
  const answer = await browser.fetch(`/downloads/${id}`);
  expect([400, 404]).toContain(answer.status);
  expect(await answer.text()).not.toContain('nobody shall have this');
});

test('everybody reads the rules of use and the privacy page, in both languages, from the foot of every page', async () => {
  const at = signingIn(world);
  for (const [address, chinese, english] of [
    ['/rules-of-use', '帳號僅供本人', 'The account is yours alone'],
    ['/privacy', '使用登入與語言選擇所必需的', 'Only cookies that signing in'],
  ] as const) {
    const page = await at.open(address);
    expect(page.status).toBe(200);
    expect(page.html).toContain(chinese);
    expect(page.html).toContain('href="/rules-of-use"');
    expect(page.html).toContain('href="/privacy"');
    const switched = await at.open(`${address}?lang=en`);
    expect(switched.url.pathname).toBe(address);
    expect(switched.html).toContain(english);
    await at.open(`${address}?lang=zh-TW`);
  }
  expect((await at.open('/rules-of-use')).html).toContain('2026-2');
});

test('who agreed to an earlier version reads the new one at the next login, agrees once, and goes on', async () => {
  const person = await world.activePerson({ n: 1, roles: ['csm_user', 'csm_user_nocert'] }, password);
  const at = signingIn(world);
  const request = authorizationRequest(world, 'csm');
  const rules = await logInByPassword(world, at, await at.open(request.url), person, password);
  expect(rules.url.pathname).toMatch(/\/rules-of-use$/);
  expect(rules.html).toContain('規範已有新版本');
  // Nobody gets past it by asking for another step, an older version or no agreement.
  expect((await at.open(new URL('change-password', rules.url))).url.pathname).toBe(rules.url.pathname);
  expect((await at.post(rules.url, { csrf: rules.csrf, version: '2026-2' })).status).toBe(422);
  expect((await at.post(rules.url, { csrf: rules.csrf, version: '2026-1', agree: 'yes' })).status).toBe(422);

  const entered = await at.post(rules.url, { csrf: rules.csrf, version: '2026-2', agree: 'yes' });
  expect((await redeemCode(world, request, entered)).claims).toMatchObject({ sub: person.account.id });
  const { directory } = world.hub.services;
  const account = await directory.accounts.findAccount(
    { kind: 'system', purpose: 'command' },
    person.account.id,
  );
  expect(account?.agreement?.version).toBe('2026-2');

  const next = signingIn(world);
  world.clock.advance(60_000);
  const later = authorizationRequest(world, 'csm');
  const again = await logInByPassword(world, next, await next.open(later.url), person, password);
  expect((await redeemCode(world, later, again)).claims).toMatchObject({ sub: person.account.id });
});

test('of several agreements at once the login ends in one, and the audit trail has one', async () => {
  const person = await world.activePerson({ n: 2, roles: ['csm_user_nocert'] }, password);
  const at = signingIn(world);
  const rules = await logInByPassword(
    world,
    at,
    await at.open(authorizationRequest(world, 'csm').url),
    person,
    password,
  );
  const fields = { csrf: rules.csrf, version: '2026-2', agree: 'yes' };
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      at.browser.fetch(rules.url, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { Origin: world.origin },
      }),
    ),
  );
  expect(answers.every(({ status }) => status < 500)).toBe(true);
  const { directory } = world.hub.services;
  const account = await directory.accounts.findAccount(
    { kind: 'system', purpose: 'command' },
    person.account.id,
  );
  expect(account?.agreement?.version).toBe('2026-2');
  // Activation is one change, the login's agreement one more, however often it was sent.
  expect(account?.revision).toBe(person.account.revision + 1);
});
