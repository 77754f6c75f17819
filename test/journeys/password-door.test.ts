import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHubWorld, type HubWorld, type Person } from '../support/hub/hub-world.ts';
import {
  authorizationRequest,
  logInByPassword,
  redeemCode,
  requestCode,
  signingIn,
  solveCaptcha,
  submitPassword,
  type Shown,
  type SigningIn,
} from '../support/hub/signing-in.ts';

let world: HubWorld;
let next = 100;

const password = 'Correct-horse-7-battery';
const minute = 60_000;
const day = 24 * 60 * minute;
const command = { kind: 'system', purpose: 'command' } as const;
const warrant = { form: 'D-06-11', reason: 'card left at home' };

beforeAll(async () => {
  world = await startHubWorld();
});
afterAll(() => world.close());

const someone = () => world.activePerson({ n: next++, roles: ['csm_user_nocert'] }, password);
const newcomer = () => world.openPerson({ n: next++, roles: ['csm_user_nocert'] });

async function atDoor(): Promise<{
  at: SigningIn;
  form: Shown;
  request: ReturnType<typeof authorizationRequest>;
}> {
  const at = signingIn(world);
  const request = authorizationRequest(world, 'csm');
  return { at, request, form: await at.open(request.url) };
}

const entered = (shown: Shown) => shown.leads?.searchParams.has('code') === true;

/** What the trail says of the latest attempts on an account, newest last. */
async function attemptsOn(person: Person): Promise<string[]> {
  const entries = await world.hub.services.stores.records.audit.read(0, 100_000);
  return entries
    .filter(({ index }) => index.action === 'login.attempt' && index.onAccount === person.account.id)
    .map(({ entry }) => (JSON.parse(entry) as { reason?: string; outcome: string }).reason ?? 'done');
}

describe('the mailed code', () => {
  test('is used once: the same code does not open a second login', async () => {
    const person = await someone();
    const first = await atDoor();
    const code = await requestCode(world, first.at, first.form, person, password);
    const typed = { account: person.nationalId, password, code };
    expect(entered(await submitPassword(first.at, first.form, typed))).toBe(true);
    const second = await atDoor();
    const refused = await submitPassword(second.at, second.form, typed);
    expect(refused.status).toBe(422);
    expect(await attemptsOn(person)).toEqual(['done', 'no-code']);
  });

  test('asked for on a page is bound to that login', async () => {
    const person = await someone();
    const mine = await atDoor();
    const code = await requestCode(world, mine.at, mine.form, person, password);
    const theirs = await atDoor();
    const typed = { account: person.nationalId, password, code };
    expect((await submitPassword(theirs.at, theirs.form, typed)).status).toBe(422);
    expect(entered(await submitPassword(mine.at, mine.form, typed))).toBe(true);
  });

  test('is dead once another was sent', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    const old = await requestCode(world, at, form, person, password);
    world.clock.advance(11_000);
    const fresh = await requestCode(world, at, form, person, password);
    expect((await submitPassword(at, form, { account: person.nationalId, password, code: old })).status).toBe(
      422,
    );
    expect(
      entered(await submitPassword(at, form, { account: person.nationalId, password, code: fresh })),
    ).toBe(true);
  });

  test('of another person is refused', async () => {
    const [mine, theirs] = [await someone(), await someone()];
    const { at, form } = await atDoor();
    await requestCode(world, at, form, mine, password);
    const foreign = await requestCode(world, at, form, theirs, password);
    expect(
      (await submitPassword(at, form, { account: mine.nationalId, password, code: foreign })).status,
    ).toBe(422);
  });

  test('is given five tries a person and day, over all codes sent', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    const code = await requestCode(world, at, form, person, password);
    const wrong = code.startsWith('0') ? `1${code.slice(1)}` : `0${code.slice(1)}`;
    for (let tries = 0; tries < 5; tries += 1) {
      await submitPassword(at, form, { account: person.nationalId, password, code: wrong });
    }
    expect((await submitPassword(at, form, { account: person.nationalId, password, code })).status).toBe(422);
    world.clock.advance(11_000);
    const fresh = await requestCode(world, at, form, person, password);
    expect(
      (await submitPassword(at, form, { account: person.nationalId, password, code: fresh })).status,
    ).toBe(422);
    expect(await attemptsOn(person)).toEqual([
      ...Array(5).fill('wrong-code'),
      'code-tries-used-up',
      'code-tries-used-up',
    ]);
  });

  test('ends with its time', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    const code = await requestCode(world, at, form, person, password);
    world.clock.advance(31 * minute);
    const later = await atDoor();
    expect(
      (await submitPassword(later.at, later.form, { account: person.nationalId, password, code })).status,
    ).toBe(422);
  });

  test('goes out once in a while, however often it is asked for', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    await requestCode(world, at, form, person, password);
    const before = (await world.mailbox.mailsTo(person.email)).length;
    const altcha = await solveCaptcha(at, form);
    const answer = await at.post(form.url, {
      csrf: form.csrf,
      action: 'send-code',
      altcha,
      code: '',
      account: person.nationalId,
      password,
    });
    expect(answer.status).toBe(200);
    expect(await world.hub.services.stores.records.outbox.counts()).toMatchObject({ waiting: 0 });
    expect(await world.mailbox.mailsTo(person.email)).toHaveLength(before);
  });

  test('is not sent for a wrong password or an unknown account, and the answer is the same', async () => {
    const person = await someone();
    const before = (await world.mailbox.mailsTo(person.email)).length;
    const answers = [];
    for (const [account, typed] of [
      [person.nationalId, password],
      [person.nationalId, 'Wrong-password-1'],
      ['A123456789', password],
    ] as const) {
      const { at, form } = await atDoor();
      const altcha = await solveCaptcha(at, form);
      const shown = await at.post(form.url, {
        csrf: form.csrf,
        action: 'send-code',
        altcha,
        code: '',
        account,
        password: typed,
      });
      answers.push([shown.status, normalised(shown.html, account)]);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(await world.mailbox.nextMailTo(person.email, before)).toBeTruthy();
    expect(await world.mailbox.mailsTo(person.email)).toHaveLength(before + 1);
  });
});

/** A page without what differs on every request. */
function normalised(html: string, account: string): string {
  return html
    .replaceAll(account, 'ACCOUNT')
    .replaceAll(/\/interaction\/[\w-]+/g, '/interaction/UID')
    .replaceAll(/name="csrf" value="[^"]+"/g, 'CSRF')
    .replaceAll(/[\w-]{16}(?=<)/g, 'REQUEST-ID');
}

describe('the captcha', () => {
  const wrongPassword = 'Wrong-password-1';

  test.each(['', 'bm90IGpzb24=', Buffer.from('{}').toString('base64')])(
    'left out or made up (%j) is refused',
    async (altcha) => {
      const person = await someone();
      const { at, form } = await atDoor();
      const shown = await at.post(form.url, {
        csrf: form.csrf,
        action: 'login',
        altcha,
        code: '12345678',
        account: person.nationalId,
        password,
      });
      expect(shown.status).toBe(422);
      expect(await attemptsOn(person)).toEqual([]);
    },
  );

  test('counts once, for its own login, and only for its time', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    const altcha = await solveCaptcha(at, form);
    const fields = {
      csrf: form.csrf,
      action: 'login',
      altcha,
      code: '12345678',
      account: person.nationalId,
      password: wrongPassword,
    };
    await at.post(form.url, fields);
    await at.post(form.url, fields);
    const other = await atDoor();
    await other.at.post(other.form.url, {
      ...fields,
      csrf: other.form.csrf,
      altcha: await solveCaptcha(at, form),
    });
    const stale = await solveCaptcha(at, form);
    world.clock.advance(21 * minute);
    await at.post(form.url, { ...fields, altcha: stale });
    expect(await attemptsOn(person)).toEqual(['wrong-password']);
  });
});

describe('the lock', () => {
  test('closes after five wrong passwords, for the right one too, and opens after its time', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    const code = await requestCode(world, at, form, person, password);
    for (let tries = 0; tries < 5; tries += 1) {
      await submitPassword(at, form, { account: person.nationalId, password: 'Wrong-password-1', code });
    }
    const locked = await submitPassword(at, form, { account: person.nationalId, password, code });
    expect(locked.status).toBe(422);
    world.clock.advance(16 * minute);
    const later = await atDoor();
    expect(entered(await logInByPassword(world, later.at, later.form, person, password))).toBe(true);
  });

  test('counts variants of a name together, and unknown names as well', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    const id = person.nationalId;
    const wide = id.replaceAll(/./g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
    for (const account of [id, id.toLowerCase(), ` ${id} `, wide, `${id.slice(0, 5)} ${id.slice(5)}`]) {
      await submitPassword(at, form, { account, password: 'Wrong-password-1', code: '12345678' });
    }
    expect((await logInCodeless(at, form, person)).status).toBe(422);
    const entries = await world.hub.services.stores.records.audit.read(0, 100_000);
    expect(entries.some(({ entry }) => entry.includes('"reason":"locked"'))).toBe(true);
  });

  async function logInCodeless(at: SigningIn, form: Shown, person: Person): Promise<Shown> {
    return submitPassword(at, form, { account: person.nationalId, password, code: '12345678' });
  }

  test('is not set by wrong codes', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    for (let tries = 0; tries < 6; tries += 1) {
      await submitPassword(at, form, { account: person.nationalId, password, code: '12345678' });
    }
    expect(entered(await logInByPassword(world, at, form, person, password))).toBe(true);
  });
});

describe('what the page tells', () => {
  test('known, unknown, locked, disabled and closed accounts read the same to somebody without proof', async () => {
    const [known, locked, disabled, closed] = [
      await someone(),
      await someone(),
      await someone(),
      await newcomer(),
    ];
    const { accounts } = world.hub.services.directory;
    await accounts.modifyAccount(command, disabled.account.id, disabled.account.revision, {
      status: 'disabled',
    });
    const door = await atDoor();
    for (let tries = 0; tries < 5; tries += 1) {
      await submitPassword(door.at, door.form, {
        account: locked.nationalId,
        password: 'Wrong-password-1',
        code: '12345678',
      });
    }
    const pages = [];
    for (const account of [
      known.nationalId,
      locked.nationalId,
      disabled.nationalId,
      closed.nationalId,
      'A800000014',
      '*)(uid=*',
      'x'.repeat(250),
    ]) {
      const { at, form } = await atDoor();
      const shown = await submitPassword(at, form, {
        account,
        password: 'Wrong-password-1',
        code: '12345678',
      });
      pages.push(`${shown.status} ${normalised(shown.html, escapeHtml(account))}`);
    }
    expect(new Set(pages).size).toBe(1);
  });

  test('somebody who proved everything is told that the account is disabled', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    const code = await requestCode(world, at, form, person, password);
    const { accounts } = world.hub.services.directory;
    const account = await accounts.findAccount(command, person.account.id);
    await accounts.modifyAccount(command, person.account.id, account?.revision ?? 0, { status: 'disabled' });
    const shown = await submitPassword(at, form, { account: person.nationalId, password, code });
    expect(shown.html).toContain('您的帳號目前停用');
  });

  test('a day without a one-day password is told by mail, never on the page', async () => {
    const person = await someone();
    world.clock.advance(4 * day);
    const { at, form } = await atDoor();
    const before = (await world.mailbox.mailsTo(person.email)).length;
    const altcha = await solveCaptcha(at, form);
    await at.post(form.url, {
      csrf: form.csrf,
      action: 'send-code',
      altcha,
      code: '',
      account: person.nationalId,
      password,
    });
    expect(await world.mailbox.nextMailTo(person.email, before)).toContain('今日未啟用一日密碼');
  });
});

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('=', '&#x3D;').replaceAll("'", '&#x27;');
}

describe('a one-day password', () => {
  test('is good on its day alone, with the code mailed at enabling in any browser, after a change of password', async () => {
    const person = await someone();
    world.clock.advance(4 * day);
    const { services } = world.hub;
    const account = await services.directory.accounts.findAccount(command, person.account.id);
    if (!account) throw new Error('no account');
    const before = (await world.mailbox.mailsTo(person.email)).length;
    await services.enableOneDayPassword(command, account, warrant, { actor: 'system:command' });
    const code = /^ {4}(\d{8})/m.exec(await world.mailbox.nextMailTo(person.email, before))?.[1] ?? '';
    const { at, form, request } = await atDoor();
    const change = await submitPassword(at, form, { account: person.nationalId, password, code });
    expect(change.url.pathname).toMatch(/\/change-password$/);
    // Going on without the change leads back to it.
    expect((await at.open(request.url)).leads).toBeUndefined();
    const fresh = 'Another-staple-8-battery';
    const weak = await at.post(change.url, {
      csrf: change.csrf,
      new_password: password,
      new_password_again: password,
    });
    expect(weak.status).toBe(422);
    expect(weak.html).toContain('最近用過的密碼');
    const done = await at.post(change.url, {
      csrf: change.csrf,
      new_password: fresh,
      new_password_again: fresh,
    });
    await redeemCode(world, request, done);

    // A second login of the same day asks for no change; the next day it is closed.
    const again = await atDoor();
    expect(entered(await logInByPassword(world, again.at, again.form, person, fresh))).toBe(true);
    world.clock.advance(day);
    const tomorrow = await atDoor();
    const altcha = await solveCaptcha(tomorrow.at, tomorrow.form);
    const mails = (await world.mailbox.mailsTo(person.email)).length;
    await tomorrow.at.post(tomorrow.form.url, {
      csrf: tomorrow.form.csrf,
      action: 'send-code',
      altcha,
      code: '',
      account: person.nationalId,
      password: fresh,
    });
    expect(await world.mailbox.nextMailTo(person.email, mails)).toContain('今日未啟用一日密碼');
  });
});

describe('an opening login', () => {
  test('makes no session and opens nothing but the activation', async () => {
    const person = await newcomer();
    const { at, form } = await atDoor();
    const rules = await logInByPassword(world, at, form, person, person.openingPassword);
    expect(rules.url.pathname).toMatch(/\/rules-of-use$/);
    const early = await at.open(rules.url.href.replace('rules-of-use', 'change-password'));
    expect(early.url.pathname).toMatch(/\/rules-of-use$/);
    expect((await at.open('/')).url.pathname).toMatch(/^\/interaction\//);
    const silent = await at.open(authorizationRequest(world, 'csm', { prompt: 'none' }).url);
    expect(silent.leads?.searchParams.get('error')).toBe('login_required');
    const unagreed = await at.post(rules.url, { csrf: rules.csrf, version: '2026-1' });
    expect(unagreed.status).toBe(422);
  });

  test('is closed on the day after the opening', async () => {
    const person = await newcomer();
    world.clock.advance(day);
    const { at, form } = await atDoor();
    const altcha = await solveCaptcha(at, form);
    await at.post(form.url, {
      csrf: form.csrf,
      action: 'send-code',
      altcha,
      code: '',
      account: person.nationalId,
      password: person.openingPassword,
    });
    expect(await world.mailbox.nextMailTo(person.email, 0)).toContain('開帳密碼只在開立');
  });

  test('is void once the account was changed in the meantime', async () => {
    const person = await newcomer();
    const { at, form } = await atDoor();
    const rules = await logInByPassword(world, at, form, person, person.openingPassword);
    const change = await at.post(rules.url, { csrf: rules.csrf, version: '2026-1', agree: 'yes' });
    const { accounts } = world.hub.services.directory;
    await accounts.modifyAccount(command, person.account.id, person.account.revision, { status: 'disabled' });
    const shown = await at.post(change.url, {
      csrf: change.csrf,
      new_password: password,
      new_password_again: password,
    });
    expect(shown.url.pathname).toMatch(/\/one-day-password$/);
    expect((await accounts.findAccount(command, person.account.id))?.status).toBe('disabled');
  });
});
