import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHubWorld, type HubWorld } from '../support/hub/hub-world.ts';
import { createLoginDoor, entered, normalised } from '../support/hub/login-door.ts';
import {
  authorizationRequest,
  logInByPassword,
  redeemCode,
  requestCode,
  solveCaptcha,
  submitPassword,
} from '../support/hub/signing-in.ts';

let world: HubWorld;

const password = 'Correct-horse-7-battery';
const minute = 60_000;
const day = 24 * 60 * minute;
const command = { kind: 'system', purpose: 'command' } as const;
const warrant = { form: 'D-06-11', reason: 'card left at home' };
const { someone, newcomer, atDoor } = createLoginDoor(() => world, password);

beforeAll(async () => {
  world = await startHubWorld();
});
afterAll(() => world.close());

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
