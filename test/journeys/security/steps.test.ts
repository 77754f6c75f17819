/** Steps taken out of their order, in the wrong browser, at the wrong time or by the wrong method. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callbackUri, startHubWorld, type HubWorld, type Person } from '../../support/hub/hub-world.ts';
import {
  authorizationRequest,
  logInByPassword,
  redeemCode,
  requestCode,
  signingIn,
  solveCaptcha,
  submitPassword,
  tokenRequest,
  type Shown,
} from '../../support/hub/signing-in.ts';
import { readTrailFromNow } from '../../support/hub/trail-reader.ts';

let world: HubWorld;
let next = 100;

const password = 'Correct-horse-7-battery';
const hour = 3_600_000;

beforeAll(async () => {
  world = await startHubWorld();
});
afterAll(() => world.close());

const someone = () => world.activePerson({ n: next++, roles: ['csm_user_nocert', 'fms_nocert'] }, password);
const newcomer = () => world.openPerson({ n: next++, roles: ['csm_user_nocert'] });
const hasCode = (shown: Shown) => shown.leads?.searchParams.has('code') === true;
const step = (form: Shown, name: string) => new URL(name, form.url);

async function enter(person: Person, clientId = 'csm') {
  const at = signingIn(world);
  const request = authorizationRequest(world, clientId);
  const form = await at.open(request.url);
  const entered = await logInByPassword(world, at, form, person, password);
  return { at, request, form, entered };
}

describe('a later step', () => {
  test.each(['rules-of-use', 'change-password', 'admission', 'consent', 'finish', ''])(
    '%j opened before the login leads back to the login form',
    async (name) => {
      const at = signingIn(world);
      const form = await at.open(authorizationRequest(world, 'csm').url);
      const early = await at.open(name === '' ? form.url.href.replace(/\/[^/]*$/, '') : step(form, name));
      expect(hasCode(early)).toBe(false);
      expect(early.leads).toBeUndefined();
      if (early.status !== 404) expect(early.url.pathname).toBe(form.url.pathname);
    },
  );

  test.each(['rules-of-use', 'change-password', 'admission', 'consent'])(
    '%s posted before the login changes nothing',
    async (name) => {
      const at = signingIn(world);
      const form = await at.open(authorizationRequest(world, 'csm').url);
      const chosen = {
        new_password: 'Lantern-harbour-52-River',
        new_password_again: 'Lantern-harbour-52-River',
      };
      const early = await at.post(step(form, name), { csrf: form.csrf, agreed: 'yes', ...chosen });
      expect(early.leads).toBeUndefined();
      expect(early.status).toBeLessThan(500);
      expect([...at.browser.cookies.keys()].some((cookie) => cookie.endsWith('session'))).toBe(false);
    },
  );

  test('of an activation is not skipped: no password without the rules of use', async () => {
    const person = await newcomer();
    const at = signingIn(world);
    const form = await at.open(authorizationRequest(world, 'csm').url);
    const code = await requestCode(world, at, form, person, person.openingPassword);
    const fields = { account: person.nationalId, password: person.openingPassword, code };
    const rules = await submitPassword(at, form, fields);
    expect(rules.url.pathname).toMatch(/\/rules-of-use$/);
    const skipped = await at.open(step(form, 'change-password'));
    expect(skipped.url.pathname).toMatch(/\/rules-of-use$/);
    const chosen = 'Lantern-harbour-52-River';
    const posted = await at.post(step(form, 'change-password'), {
      csrf: rules.csrf,
      new_password: chosen,
      new_password_again: chosen,
    });
    expect(posted.url.pathname).toMatch(/\/rules-of-use$/);
    const { accounts } = world.hub.services.directory;
    const account = await accounts.findAccount({ kind: 'system', purpose: 'command' }, person.account.id);
    expect(account?.revision).toBe(person.account.revision);
  });

  test('of a login that is finished is gone: back and posting again give no second code', async () => {
    const person = await someone();
    const { at, form, entered } = await enter(person);
    expect(hasCode(entered)).toBe(true);
    const trail = await readTrailFromNow(world);
    const back = await at.open(form.url);
    expect([back.status, back.leads]).toEqual([400, undefined]);
    const again = await at.post(form.url, { csrf: form.csrf, action: 'login', account: person.nationalId });
    expect([again.status, again.leads]).toEqual([400, undefined]);
    const resumed = await at.open(`/oidc/auth/${form.url.pathname.split('/')[2] ?? ''}`);
    expect(hasCode(resumed)).toBe(false);
    expect(await trail.news()).toEqual([
      { action: 'change.refuse', outcome: 'refused', reason: 'interaction-gone' },
    ]);
  });

  test('that only the provider takes cannot be taken early, nor from another browser', async () => {
    const at = signingIn(world);
    const form = await at.open(authorizationRequest(world, 'csm').url);
    const resume = `/oidc/auth/${form.url.pathname.split('/')[2] ?? ''}`;
    expect(hasCode(await at.open(resume))).toBe(false);
    const elsewhere = await signingIn(world).open(resume);
    expect([elsewhere.status, elsewhere.leads]).toEqual([400, undefined]);
  });
});

describe('two tabs of one browser', () => {
  test('with two people: each code is for whoever logged in there, the first session has ended', async () => {
    const [first, second] = [await someone(), await someone()];
    const at = signingIn(world);
    const [left, right] = [authorizationRequest(world, 'csm'), authorizationRequest(world, 'fms')];
    const [leftForm, rightForm] = [await at.open(left.url), await at.open(right.url)];
    const leftIn = await logInByPassword(world, at, leftForm, first, password);
    const leftTokens = await redeemCode(world, left, leftIn);
    expect(leftTokens.claims['sub']).toBe(first.account.id);

    const rightIn = await logInByPassword(world, at, rightForm, second, password);
    const rightTokens = await redeemCode(world, right, rightIn);
    expect(rightTokens.claims['sub']).toBe(second.account.id);

    const now = authorizationRequest(world, 'csm', { prompt: 'none' });
    const tokens = await redeemCode(world, now, await at.open(now.url));
    expect(tokens.claims['sub']).toBe(second.account.id);
    const stale = await tokenRequest(world, 'csm', {
      grant_type: 'refresh_token',
      refresh_token: leftTokens.refresh_token ?? '',
    });
    expect(stale.status).toBe(400);
  });

  test('with a hint of somebody else: no code for whoever is logged in', async () => {
    const [first, second] = [await someone(), await someone()];
    const mine = await enter(first);
    const theirs = await enter(second);
    const hint = await redeemCode(world, theirs.request, theirs.entered);
    const hinted = { prompt: 'none', id_token_hint: hint.id_token };
    const shown = await mine.at.open(authorizationRequest(world, 'csm', hinted).url);
    expect(shown.leads?.searchParams.get('error')).toBe('login_required');
    expect(hasCode(shown)).toBe(false);
  });
});

describe('reading', () => {
  test('changes nothing: every form asked for by GET, with its fields in the address', async () => {
    const person = await someone();
    const { at } = await enter(person);
    const home = await at.open('/');
    const trail = await readTrailFromNow(world);
    for (const path of [
      '/log-out',
      '/oidc/session/end/confirm',
      '/oidc/token',
      '/oidc/revocation',
      '/oidc/introspection',
      '/oidc/par',
      '/profile',
      '/password',
      '/consents',
    ]) {
      const url = new URL(path, world.origin);
      url.search = new URLSearchParams({
        csrf: home.csrf,
        xsrf: home.csrf,
        logout: 'yes',
        action: 'save',
      }).toString();
      for (const method of ['GET', 'HEAD']) {
        const answer = await at.browser.fetch(url, { method });
        expect([path, answer.status < 500]).toEqual([path, true]);
        await answer.arrayBuffer();
      }
    }
    const other = await at.open(authorizationRequest(world, 'csm').url);
    const form = signingIn(world);
    const login = await form.open(authorizationRequest(world, 'csm').url);
    const altcha = await solveCaptcha(form, login);
    login.url.search = new URLSearchParams({
      csrf: login.csrf,
      action: 'login',
      altcha,
      account: person.nationalId,
      password,
      code: '12345678',
    }).toString();
    expect((await form.open(login.url)).leads).toBeUndefined();
    expect(await trail.news()).toEqual([]);
    expect(hasCode(other)).toBe(true);
    expect((await at.open('/')).status).toBe(200);
  });
});

describe('a clock that jumps between two steps', () => {
  test('forward: the form, its code and the captcha are over, and no session was made', async () => {
    const person = await someone();
    const at = signingIn(world);
    const form = await at.open(authorizationRequest(world, 'csm').url);
    const code = await requestCode(world, at, form, person, password);
    const altcha = await solveCaptcha(at, form);
    world.clock.advance(26 * hour);
    const fields = { csrf: form.csrf, action: 'login', altcha, code, account: person.nationalId, password };
    const late = await at.post(form.url, fields);
    expect(hasCode(late)).toBe(false);
    expect(late.status).toBeGreaterThanOrEqual(400);
    expect(late.status).toBeLessThan(500);
    expect([...at.browser.cookies.keys()].some((cookie) => cookie.endsWith('session'))).toBe(false);
  });

  test('back: what was used stays used', async () => {
    const person = await someone();
    const { request, entered, at, form } = await enter(person);
    const tokens = await redeemCode(world, request, entered);
    const rotated = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' };
    expect((await tokenRequest(world, 'csm', rotated)).status).toBe(200);
    world.clock.advance(-2 * hour);
    try {
      const replayed = await tokenRequest(world, 'csm', {
        grant_type: 'authorization_code',
        code: entered.leads?.searchParams.get('code') ?? '',
        redirect_uri: callbackUri,
        code_verifier: request.verifier,
      });
      expect(replayed.status).toBe(400);
      expect((await tokenRequest(world, 'csm', rotated)).status).toBe(400);
      expect((await at.open(form.url)).leads).toBeUndefined();
    } finally {
      world.clock.advance(2 * hour);
    }
  });
});
