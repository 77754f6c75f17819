import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HttpBrowser } from '#test/support/http-browser.ts';
import { sampleAccount, sampleId } from '#test/support/memory/accounts.ts';
import { openProviderWorld, pagePolicy, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import {
  claimsOf,
  createSampleClient,
  type SampleClient,
  type Tokens,
} from '#test/support/provider/sample-client.ts';
import { sampleRelyingParty } from '#test/support/provider/sample-relying-party.ts';

const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
const account = sampleAccount({ grants: [{ role: 'csm_user_nocert' }] });
const colleague = sampleAccount({ id: sampleId('b'), grants: account.grants });
const parties = ['csm', 'fms'].map((id) =>
  sampleRelyingParty(id, {}, { grant_types: ['authorization_code', 'refresh_token', grantType] }),
);

interface Codes {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri_complete: string;
  readonly expires_in: number;
  readonly interval: number;
}

let world: ProviderWorld;
let csm: SampleClient;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  world = await openProviderWorld({
    accounts: [account, colleague],
    relyingParties: parties,
    provider: { deviceFlow: true },
  });
  world.nextLogin = { accountId: account.id, level: 2 };
  csm = createSampleClient(world, 'csm');
});
afterEach(async () => {
  vi.useRealTimers();
  await world.close();
});

const wait = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

async function askForCodes(client = csm, more: Record<string, string> = {}): Promise<Codes> {
  const response = await client.post('/oidc/device/auth', { scope: 'openid profile roles', ...more });
  expect(response.status).toBe(200);
  return (await response.json()) as Codes;
}

const poll = (code: string, client = csm) =>
  client.post('/oidc/token', { grant_type: grantType, device_code: code });

async function pollError(code: string, client = csm): Promise<unknown> {
  const response = await poll(code, client);
  return [response.status, ((await response.json()) as { error?: string }).error];
}

async function submit(browser: HttpBrowser, fields: Record<string, string>, page = '/oidc/device') {
  const html = await (await browser.fetch(page)).text();
  return post(browser, { xsrf: xsrfIn(html), ...fields });
}

const xsrfIn = (html: string) => /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';

const post = (browser: HttpBrowser, fields: Record<string, string>) =>
  browser.fetch('/oidc/device', { method: 'POST', body: new URLSearchParams(fields) });

/** Types the code, confirms, logs in; gives the last page. */
async function approve(browser: HttpBrowser, userCode: string): Promise<Response> {
  const confirmation = await (await submit(browser, { user_code: userCode })).text();
  const confirmed = await post(browser, { xsrf: xsrfIn(confirmation), user_code: userCode, confirm: 'yes' });
  const location = confirmed.headers.get('Location');
  return location ? browser.visit(location) : confirmed;
}

describe('a device', () => {
  test('gets tokens with roles and the assurance of the login', async () => {
    const codes = await askForCodes();
    expect(codes).toMatchObject({ expires_in: 600, interval: 5 });
    expect(codes.user_code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    expect(await pollError(codes.device_code)).toEqual([400, 'authorization_pending']);
    const done = await approve(world.newBrowser(), codes.user_code);
    expect([done.status, await done.text()]).toEqual([200, '<h1>device approved</h1>']);
    wait(5);
    const response = await poll(codes.device_code);
    expect(response.status).toBe(200);
    const tokens = (await response.json()) as Tokens;
    expect(claimsOf(tokens.id_token)).toMatchObject({ sub: account.id, acr: 'urn:hufu:loa:2' });
    const userinfo = (await (await csm.userinfo(tokens.access_token)).json()) as object;
    expect(userinfo).toMatchObject({ sub: account.id, roles: ['csm_user_nocert'] });
    expect(world.audited).toContainEqual(
      expect.objectContaining({
        action: 'device.approve',
        actor: `person:${account.id}`,
        onAccount: account.id,
        clientId: 'csm',
      }),
    );
    expect((await csm.refresh(tokens.refresh_token ?? '')).status).toBe(200);
  });

  test('is told to slow down', async () => {
    const { device_code: code } = await askForCodes();
    expect(await pollError(code)).toEqual([400, 'authorization_pending']);
    expect(await pollError(code)).toEqual([400, 'slow_down']);
    wait(5);
    expect(await pollError(code)).toEqual([400, 'authorization_pending']);
  });

  test('among twenty polls at once after the approval one gets tokens, and they are good', async () => {
    const codes = await askForCodes();
    await approve(world.newBrowser(), codes.user_code);
    const answers = await Promise.all(Array.from({ length: 20 }, () => poll(codes.device_code)));
    const good = answers.filter(({ status }) => status === 200);
    expect(good).toHaveLength(1);
    const tokens = (await good[0]?.json()) as Tokens;
    expect((await csm.userinfo(tokens.access_token)).status).toBe(200);
  });

  test('a replayed device code gets nothing and takes back what it gave', async () => {
    const codes = await askForCodes();
    await approve(world.newBrowser(), codes.user_code);
    const tokens = (await (await poll(codes.device_code)).json()) as Tokens;
    wait(5);
    expect(await pollError(codes.device_code)).toEqual([400, 'invalid_grant']);
    expect((await csm.userinfo(tokens.access_token)).status).toBe(401);
  });

  test("another client's device code is refused", async () => {
    const codes = await askForCodes();
    await approve(world.newBrowser(), codes.user_code);
    const fms = createSampleClient(world, 'fms');
    expect(await pollError(codes.device_code, fms)).toEqual([400, 'invalid_grant']);
    wait(5);
    expect((await poll(codes.device_code)).status).toBe(200);
  });

  test('codes end after ten minutes', async () => {
    const codes = await askForCodes();
    wait(601);
    expect(await pollError(codes.device_code)).toEqual([400, 'invalid_grant']);
    const answer = await submit(world.newBrowser(), { user_code: codes.user_code });
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('unknown')]);
  });

  test('nobody who may not enter the system lets it in', async () => {
    const fms = createSampleClient(world, 'fms');
    const codes = await askForCodes(fms);
    const browser = world.newBrowser();
    const page = await approve(browser, codes.user_code);
    expect(await page.text()).toContain('admission');
    const refused = await browser.visit(`${page.url}?go-on=1`);
    expect(await refused.text()).toBe('<h1>device declined</h1>');
    expect(await pollError(codes.device_code, fms)).toEqual([400, 'access_denied']);
    expect(world.audited.at(-1)).toMatchObject({ action: 'device.refuse', reason: 'access_denied' });
  });
});

describe('the person', () => {
  test('reads who asks, from where and for what; the case of the code does not matter', async () => {
    const codes = await askForCodes();
    const typed = codes.user_code.toLowerCase().replace('-', ' ');
    const page = await submit(world.newBrowser(), { user_code: typed });
    const html = await page.text();
    expect(html).toContain('<h1>CSM?</h1><p>openid profile roles from 192.0.2.1</p>');
    expect(html).toContain(codes.user_code);
  });

  test('finds the code of the link filled in, not posted by a script', async () => {
    const codes = await askForCodes();
    const page = await world.newBrowser().fetch(codes.verification_uri_complete);
    const html = await page.text();
    expect(html).toContain(`name="user_code" value="${codes.user_code}"`);
    expect(html).not.toContain('<script');
    expect(page.headers.get('Content-Security-Policy')).toBe(pagePolicy);
  });

  test('can refuse, and that is final', async () => {
    const codes = await askForCodes();
    const browser = world.newBrowser();
    const refused = await submit(browser, { user_code: codes.user_code, abort: 'yes' });
    expect(await refused.text()).toBe('<h1>device declined</h1>');
    expect(world.audited.at(-1)).toMatchObject({
      action: 'device.refuse',
      clientId: 'csm',
      actor: 'anonymous',
    });
    expect(await pollError(codes.device_code)).toEqual([400, 'access_denied']);
    const again = await submit(browser, { user_code: codes.user_code });
    expect([again.status, await again.text()]).toEqual([422, expect.stringContaining('used')]);
  });

  test('cannot use a code twice', async () => {
    const codes = await askForCodes();
    await approve(world.newBrowser(), codes.user_code);
    const again = await submit(world.newBrowser(), { user_code: codes.user_code });
    expect(await again.text()).toContain('used');
  });

  test('a form of another browser is refused', async () => {
    const codes = await askForCodes();
    const answer = await submit(world.newBrowser(), {
      user_code: codes.user_code,
      confirm: 'yes',
      xsrf: 'foreign',
    });
    expect(answer.status).toBe(400);
    expect(await pollError(codes.device_code)).toEqual([400, 'authorization_pending']);
  });

  test('nothing is approved while it cannot be audited', async () => {
    const codes = await askForCodes();
    world.failAudit = new Error('no disk');
    expect((await approve(world.newBrowser(), codes.user_code)).status).toBe(500);
    world.failAudit = undefined;
    expect((await poll(codes.device_code)).status).toBe(400);
  });

  test('who is logged in already need not log in again', async () => {
    const { browser } = await csm.logIn();
    world.nextLogin = undefined;
    const codes = await askForCodes();
    const done = await approve(browser, codes.user_code);
    expect(await done.text()).toBe('<h1>device approved</h1>');
  });

  test('somebody else logging in ends the session there was, without a script in between', async () => {
    const first = await csm.logIn();
    world.nextLogin = { accountId: colleague.id, level: 2 };
    const codes = await askForCodes(csm, { max_age: '10' });
    wait(60);
    const done = await approve(first.browser, codes.user_code);
    expect(await done.text()).toBe('<h1>device approved</h1>');
    const tokens = (await (await poll(codes.device_code)).json()) as Tokens;
    expect(claimsOf(tokens.id_token)['sub']).toBe(colleague.id);
    expect((await csm.userinfo(first.access_token)).status).toBe(401);
  });
});

describe('guesses', () => {
  test('after twenty wrong codes none is taken for fifteen minutes', async () => {
    const codes = await askForCodes();
    const browser = world.newBrowser();
    for (let count = 0; count < 20; count += 1) {
      expect((await submit(browser, { user_code: 'BBBB-BBBB' })).status).toBe(422);
    }
    const stopped = await submit(browser, { user_code: codes.user_code });
    expect([stopped.status, await stopped.text()]).toEqual([429, '<h1>device too-many</h1>']);
    expect(stopped.headers.get('Retry-After')).toMatch(/^\d+$/);
    wait(15 * 60 + 1);
    const { user_code: fresh } = await askForCodes();
    expect((await submit(browser, { user_code: fresh })).status).toBe(200);
  });

  test('at once cannot exceed the limit', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => submit(world.newBrowser(), { user_code: 'BBBB-BBBB' })),
    );
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
  });

  test('right codes do not count', async () => {
    const browser = world.newBrowser();
    const { user_code: code } = await askForCodes();
    for (let count = 0; count < 25; count += 1) {
      expect((await submit(browser, { user_code: code })).status).toBe(200);
    }
  });
});
