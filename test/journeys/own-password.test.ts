import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHubWorld, type HubWorld, type Person } from '../support/hub/hub-world.ts';
import { noteCanary } from '../support/hub/canaries.ts';
import { atPortal, outcomesOf } from '../support/hub/portal-visits.ts';
import { logInByPassword, signingIn, type Shown, type SigningIn } from '../support/hub/signing-in.ts';

let world: HubWorld;
let next = 400;

const password = 'Correct-horse-7-battery';
const another = 'Quiet-river-8-lantern';
const day = 24 * 3_600_000;
const command = { kind: 'system', purpose: 'command' } as const;

beforeAll(async () => {
  world = await startHubWorld({
    login: {
      graceHours: 720,
      answerMilliseconds: 0,
      captcha: { cost: 1 },
      mailedCode: { resendSeconds: 10 },
      perAddress: { attempts: 100_000 },
    },
  });
  for (const secret of [another, `${another}-2`, 'Wrong-horse-7-battery']) noteCanary(secret);
});
afterAll(() => world.close());

async function someone(): Promise<{ person: Person; at: SigningIn; page: Shown }> {
  const person = await world.activePerson({ n: next++ }, password);
  world.clock.advance(day + 60_000);
  const at = await atPortal(world, person, password);
  return { person, at, page: await at.open('/password') };
}

const change = (at: SigningIn, page: Shown, current: string, fresh: string, again = fresh) =>
  at.post('/password', {
    csrf: page.csrf,
    current_password: current,
    new_password: fresh,
    new_password_again: again,
  });

const isPassword = async (person: Person, typed: string): Promise<boolean> => {
  const { accounts, passwords } = world.hub.services.directory;
  const account = await accounts.findAccount(command, person.account.id);
  if (!account) throw new Error('the account is gone');
  return passwords.checkPassword(account, typed);
};

test('somebody who knows the password sets another, is told by mail, and cannot change it again that day', async () => {
  const { person, at, page } = await someone();
  const mails = (await world.mailbox.mailsTo(person.email)).length;
  const done = await change(at, page, password, another);
  expect(done.html).toContain('密碼已修改');
  expect(await world.mailbox.nextMailTo(person.email, mails)).toContain('帳號密碼已於');
  expect(await isPassword(person, another)).toBe(true);
  const again = await at.open('/password');
  expect(again.html).toContain('之後才能再次修改');
  expect((await change(at, page, another, `${another}-2`)).status).toBe(422);
  expect(await isPassword(person, another)).toBe(true);
  expect(await outcomesOf(world, person, 'password.change')).toEqual(['intended', 'done']);
});

test('other sessions are told of, and ended with the change when the person wants it', async () => {
  const { person, at } = await someone();
  const elsewhere = await atPortal(world, person, password);
  const page = await at.open('/password');
  expect(page.html).toContain('結束我的其他 1 個登入');
  const fields = { current_password: password, new_password: another, new_password_again: another };
  const done = await at.post('/password', { csrf: page.csrf, ...fields, end_others: 'yes' });
  expect(done.html).toContain('已結束其他 1 個登入');
  expect((await elsewhere.open('/profile')).url.pathname).toMatch(/^\/interaction\//);
  expect((await at.open('/profile')).url.pathname).toBe('/profile');
});

test('the rules are held: repeated, recent, short, personal', async () => {
  const { person, at, page } = await someone();
  for (const [fresh, again] of [
    [another, `${another}x`],
    ['Short-7', 'Short-7'],
    [password, password],
    [`Xx-${person.nationalId}-abc`, `Xx-${person.nationalId}-abc`],
  ] as const) {
    expect((await change(at, page, password, fresh, again)).status).toBe(422);
  }
  expect(await isPassword(person, password)).toBe(true);
});

test('cannot be used to guess the password: five wrong ones lock it, for logins too', async () => {
  const { person, at, page } = await someone();
  for (let tries = 0; tries < 5; tries += 1) {
    const refused = await change(at, page, 'Wrong-horse-7-battery', another);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('目前的密碼不正確');
    // Whether the new one was used before is not for somebody who does not know the present one.
    expect((await change(at, page, '', password)).html).not.toContain('最近用過');
  }
  const locked = await change(at, page, password, another);
  expect(locked.html).toContain('暫時鎖定');
  expect(await isPassword(person, password)).toBe(true);
  expect(await outcomesOf(world, person, 'password.change')).toEqual([
    ...Array(5).fill('wrong-password'),
    'locked',
  ]);
  await expect(atPortal(world, person, password)).rejects.toThrow();
});

test('twenty at once make one change', async () => {
  const { person, at, page } = await someone();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, nth) => change(at, page, password, `${another}-${nth}`)),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(
    (await outcomesOf(world, person, 'password.change')).filter((outcome) => outcome === 'done'),
  ).toHaveLength(1);
  expect(answers.every(({ status }) => status < 500)).toBe(true);
});

test('needs the form of this very session, its fields alone, and a post', async () => {
  // A day passes with each: the session under test is the later one.
  const other = await someone();
  const { person, at, page } = await someone();
  expect((await change(at, { ...page, csrf: other.page.csrf }, password, another)).status).toBe(400);
  const fields = {
    csrf: page.csrf,
    current_password: password,
    new_password: another,
    new_password_again: another,
  };
  expect((await at.post('/password', { ...fields, accountId: other.person.account.id })).status).toBe(400);
  await at.open(`/password?${new URLSearchParams(fields)}`);
  expect(await isPassword(person, password)).toBe(true);
});

test('a password is warned of before its term and must be changed at the login after it', async () => {
  const { person, at } = await someone();
  expect((await at.open('/')).html).not.toContain('前修改密碼');
  const account = await world.hub.services.directory.accounts.findAccount(command, person.account.id);
  if (!account) throw new Error('the account is gone');
  const age = async (days: number) => {
    const now = await world.hub.services.directory.accounts.findAccount(command, account.id);
    const passwordChangedAt = new Date(world.clock.now().getTime() - days * day);
    await world.hub.services.directory.accounts.modifyAccount(command, account.id, now?.revision ?? 0, {
      passwordChangedAt,
    });
  };
  await age(77);
  expect((await at.open('/')).html).toContain('前修改密碼');
  await age(91);
  expect((await at.open('/')).html).toContain('密碼已逾使用期限');

  const fresh = signingIn(world);
  world.clock.advance(11_000);
  const asked = await logInByPassword(world, fresh, await fresh.open('/'), person, password);
  expect(asked.url.pathname).toMatch(/\/change-password$/);
  expect(asked.html).toContain('已超過使用期限');
  const home = await fresh.post(asked.url, {
    csrf: asked.csrf,
    new_password: another,
    new_password_again: another,
  });
  expect(home.url.pathname).toBe('/');
  const [settled] = await world.hub.services.stores.records.audit.search(
    { onAccount: account.id, action: 'password.change', outcome: 'intended' },
    undefined,
    1,
  );
  expect(settled?.entry).toContain('"why":"expired"');
});

test('whoever has no password any more is told so and what to do, and is given no form', async () => {
  const { person, at, page } = await someone();
  const { accounts } = world.hub.services.directory;
  const account = await accounts.findAccount(command, person.account.id);
  // As “this was not me” leaves it.
  await accounts.modifyAccount(command, person.account.id, account?.revision ?? 0, { passwordHash: null });
  const closed = await at.open('/password');
  for (const words of ['以密碼登入的方式已關閉', '申請還原密碼', '這不是我'])
    expect(closed.html).toContain(words);
  expect(closed.html).not.toContain('name="new_password"');
  const late = await change(at, page, password, another);
  expect(late.status).toBe(422);
  expect(late.html).toContain('以密碼登入的方式已關閉');
  expect(await isPassword(person, another)).toBe(false);
});
