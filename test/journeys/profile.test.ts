import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '#domain/account.ts';
import { startHubWorld, type HubWorld, type Person } from '../support/hub/hub-world.ts';
import { codeIn, hasCode } from '../support/hub/mailbox.ts';
import { atPortal, outcomesOf } from '../support/hub/portal-visits.ts';
import { signingIn, type Shown, type SigningIn } from '../support/hub/signing-in.ts';

let world: HubWorld;
let next = 300;

const password = 'Correct-horse-7-battery';
const command = { kind: 'system', purpose: 'command' } as const;

beforeAll(async () => {
  world = await startHubWorld();
});
afterAll(() => world.close());

async function someone(): Promise<{ person: Person; at: SigningIn; page: Shown }> {
  const person = await world.activePerson({ n: next++ }, password);
  const at = await atPortal(world, person, password);
  return { person, at, page: await at.open('/profile') };
}

const accountOf = async (person: Person): Promise<Account> => {
  const account = await world.hub.services.directory.accounts.findAccount(command, person.account.id);
  if (!account) throw new Error('the account is gone');
  return account;
};

const empty = {
  title: '',
  staffNumber: '',
  phone: '',
  extension: '',
  mobile: '',
  fax: '',
  postalCode: '',
  address: '',
};
const revisionOn = ({ html }: Shown) => /name="revision" value="(\d+)"/.exec(html)?.[1] ?? '';
const formOn = (page: Shown, fields: Partial<typeof empty> = {}) => ({
  csrf: page.csrf,
  revision: revisionOn(page),
  ...empty,
  ...fields,
});

describe('the profile', () => {
  test('shows what the agency keeps, masked and locked, and keeps what the person changes', async () => {
    const { person, at, page } = await someone();
    expect(page.html).toContain(`${person.nationalId.slice(0, 3)}****${person.nationalId.slice(-3)}`);
    expect(page.html).not.toContain(person.nationalId);
    for (const words of ['2.16.886.101.90027.20002.20011', '387000000A', '註冊管理者申請更正'])
      expect(page.html).toContain(words);
    const saved = await at.post(
      '/profile',
      formOn(page, { title: '科員', phone: '０２-２３２１２２００', postalCode: '100' }),
    );
    expect(saved.html).toContain('個人資料已更新');
    expect((await accountOf(person)).contact).toMatchObject({
      title: '科員',
      phone: '02-23212200',
      postalCode: '100',
    });
    const cleared = await at.post('/profile', formOn(saved, { phone: '02-23212200' }));
    expect(cleared.html).toContain('個人資料已更新');
    expect((await accountOf(person)).contact.title).toBeUndefined();
    expect(await outcomesOf(world, person, 'profile.change')).toEqual([
      'intended',
      'done',
      'intended',
      'done',
    ]);
    const [intent] = await world.hub.services.stores.records.audit.search(
      { onAccount: person.account.id, action: 'profile.change', outcome: 'intended' },
      undefined,
      1,
    );
    expect(intent?.personal['before.title']?.value).toBe('科員');
    expect(intent?.entry).not.toContain('科員');
  });

  test('says beside the field what is wrong and keeps what was typed', async () => {
    const { person, at, page } = await someone();
    const before = await accountOf(person);
    const refused = await at.post(
      '/profile',
      formOn(page, { title: '甲\u202E乙', phone: 'abc', mobile: '0212', extension: 'x' }),
    );
    expect(refused.status).toBe(422);
    for (const words of ['value="abc"', '控制字元', '區碼與號碼', '09 開頭', '分機只能是數字'])
      expect(refused.html).toContain(words);
    expect(await accountOf(person)).toEqual(before);
  });

  test('changed meanwhile, it shows the difference and overwrites nothing', async () => {
    const { person, at, page } = await someone();
    const elsewhere = formOn(page, { phone: '02-11112222' });
    await at.post('/profile', elsewhere);
    const late = await at.post('/profile', formOn(page, { phone: '02-33334444' }));
    expect(late.status).toBe(409);
    expect(late.html).toContain('目前資料：02-11112222');
    expect(late.html).toContain('value="02-33334444"');
    expect((await accountOf(person)).contact.phone).toBe('02-11112222');
    await at.post('/profile', formOn(late, { phone: '02-33334444' }));
    expect((await accountOf(person)).contact.phone).toBe('02-33334444');
  });

  test('takes no added field, no foreign token and nothing by GET', async () => {
    const { person, at, page } = await someone();
    const other = await someone();
    const before = await accountOf(person);
    for (const added of [
      { name: '別人' },
      { status: 'enabled' },
      { nationalId: 'A1' },
      { __proto__x: '1' },
      { email: 'x@example.test' },
    ]) {
      expect((await at.post('/profile', { ...formOn(page), ...added })).status).toBe(400);
    }
    expect(
      (await at.post('/profile', { ...formOn(page, { title: '甲' }), csrf: other.page.csrf })).status,
    ).toBe(400);
    expect((await at.post('/profile', { ...formOn(page, { title: '甲' }), csrf: '' })).status).toBe(400);
    const query = new URLSearchParams(formOn(page, { title: '甲' }));
    await at.open(`/profile?${query}`);
    expect((await at.open('/profile/email/cancel')).status).not.toBe(200);
    expect(await accountOf(person)).toEqual(before);
    const outside = signingIn(world);
    expect((await outside.post('/profile', formOn(page, { title: '甲' }))).html).toContain('登入');
    expect(await accountOf(person)).toEqual(before);
  });
});

describe('a new e-mail address', () => {
  async function asked(at: SigningIn, page: Shown, address: string): Promise<{ code: string; shown: Shown }> {
    const before = (await world.mailbox.mailsTo(address)).length;
    const shown = await at.post('/profile/email', { csrf: page.csrf, email: address });
    if (shown.status !== 200) throw new Error(`asking answered ${shown.status}`);
    return { code: codeIn(await world.mailbox.nextMailTo(address, before, hasCode)), shown };
  }

  test('counts once its code came back; the old one is in force until then and told after', async () => {
    const { person, at, page } = await someone();
    const { code, shown } = await asked(at, page, 'new1@example.test');
    expect(shown.html).toContain('等待確認：new1@example.test');
    expect((await accountOf(person)).contact.email).toBe(person.email);
    const told = (await world.mailbox.mailsTo(person.email)).length;
    const done = await at.post('/profile/email/confirm', { csrf: page.csrf, code });
    expect(done.html).toContain('新的電子郵件地址已生效');
    expect(await accountOf(person)).toMatchObject({
      contact: { email: 'new1@example.test' },
      emailConfirmed: true,
    });
    expect(await world.mailbox.nextMailTo(person.email, told)).toContain('改用另一個電子郵件地址');
    const again = await at.post('/profile/email/confirm', { csrf: page.csrf, code });
    expect(again.status).toBe(422);
    expect(await outcomesOf(world, person, 'email.change')).toEqual(['intended', 'done', 'no-code']);
  });

  test('twenty confirmations at once make one change', async () => {
    const { person, at, page } = await someone();
    const { code } = await asked(at, page, 'new2@example.test');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => at.post('/profile/email/confirm', { csrf: page.csrf, code })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(
      (await outcomesOf(world, person, 'email.change')).filter((outcome) => outcome === 'done'),
    ).toHaveLength(1);
    expect((await accountOf(person)).revision).toBe(person.account.revision + 1);
  });

  test('is confirmed by nobody else and in no other session', async () => {
    const { person, at, page } = await someone();
    const { code } = await asked(at, page, 'new3@example.test');
    const other = await someone();
    const foreign = await other.at.post('/profile/email/confirm', { csrf: other.page.csrf, code });
    expect(foreign.status).toBe(422);
    const second = await atPortal(world, person, password);
    const there = await second.open('/profile');
    expect(there.html).toContain('在另一個登入中提出');
    expect((await second.post('/profile/email/confirm', { csrf: there.csrf, code })).status).toBe(422);
    expect((await accountOf(person)).contact.email).toBe(person.email);
    expect((await accountOf(other.person)).contact.email).toBe(other.person.email);
    expect((await at.post('/profile/email/confirm', { csrf: page.csrf, code })).status).toBe(200);
  });

  test('ends with its time, its cancelling and its five tries', async () => {
    const late = await someone();
    const expired = await asked(late.at, late.page, 'new4@example.test');
    world.clock.advance(30 * 60_000);
    expect(
      (await late.at.post('/profile/email/confirm', { csrf: late.page.csrf, code: expired.code })).status,
    ).toBe(422);

    const second = await asked(late.at, late.page, 'new5@example.test');
    const cancelled = await late.at.post('/profile/email/cancel', { csrf: late.page.csrf });
    expect(cancelled.html).toContain('已取消變更');
    expect(
      (await late.at.post('/profile/email/confirm', { csrf: late.page.csrf, code: second.code })).status,
    ).toBe(422);

    const { person, at, page } = await someone();
    const { code } = await asked(at, page, 'new6@example.test');
    const wrong = code.startsWith('0') ? `1${code.slice(1)}` : `0${code.slice(1)}`;
    for (let tries = 0; tries < 5; tries += 1)
      await at.post('/profile/email/confirm', { csrf: page.csrf, code: wrong });
    expect((await at.post('/profile/email/confirm', { csrf: page.csrf, code })).status).toBe(422);
    expect((await accountOf(person)).contact.email).toBe(person.email);
    expect(await outcomesOf(world, person, 'email.change')).toEqual([
      ...Array(5).fill('wrong-code'),
      'code-tries-used-up',
    ]);
  });

  test('is not mailed to what is no address, nor again and again', async () => {
    const { at, page } = await someone();
    for (const email of ['nobody', 'a@b.test\r\nBcc: c@d.test', '甲 <a@b.test>', '']) {
      expect((await at.post('/profile/email', { csrf: page.csrf, email })).status).toBe(422);
    }
    await asked(at, page, 'new7@example.test');
    expect((await at.post('/profile/email', { csrf: page.csrf, email: 'new8@example.test' })).status).toBe(
      422,
    );
    expect(await world.mailbox.mailsTo('new8@example.test')).toEqual([]);
  });
});
