import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createStoredSessions } from '#provider/stored-sessions.ts';
import { type ProviderWorld } from '#test/support/provider/provider-world.ts';
import { claimsOf, createSampleClient } from '#test/support/provider/sample-client.ts';
import {
  account,
  colleague,
  hour,
  second,
  openBackChannelWorld,
  type BackChannelWorld,
} from '#test/support/provider/back-channel-world.ts';
const command = { actor: 'system:command' };

let opened: BackChannelWorld;
let records: BackChannelWorld['records'];
let clock: BackChannelWorld['clock'];
let world: BackChannelWorld['world'];
let receiver: BackChannelWorld['receiver'];
let csm: BackChannelWorld['csm'];
let fms: BackChannelWorld['fms'];
let accountSessions: BackChannelWorld['accountSessions'];
let sweep: BackChannelWorld['sweep'];
let claimed: BackChannelWorld['claimed'];
let work: BackChannelWorld['work'];
let carriedOut: BackChannelWorld['carriedOut'];
let outboxIs: BackChannelWorld['outboxIs'];
let verified: BackChannelWorld['verified'];

beforeEach(async () => {
  opened = await openBackChannelWorld();
  ({
    records,
    clock,
    world,
    receiver,
    csm,
    fms,
    accountSessions,
    sweep,
    claimed,
    work,
    carriedOut,
    outboxIs,
    verified,
  } = opened);
});
afterEach(() => opened.close());

const uidOf = async (browser: { fetch(path: string): Promise<Response> }) =>
  ((await (await browser.fetch('/home')).json()) as { uid: string } | null)?.uid;

async function logOutByRelyingParty(browser: ProviderWorld['newBrowser'] extends () => infer B ? B : never) {
  const page = await (await browser.fetch('/oidc/session/end?client_id=csm')).text();
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  return browser.fetch('/oidc/session/end/confirm', {
    method: 'POST',
    body: new URLSearchParams({ xsrf, logout: 'yes' }),
  });
}

describe('who is told', () => {
  test('each relying party that the session reached and that listens, with a token of its own', async () => {
    const tokens = await csm.logIn();
    const other = await fms.logIn(tokens.browser);
    await createSampleClient(world, 'quiet').logIn(tokens.browser);
    // A second authorization of the same relying party is the same session to it.
    await csm.logIn(tokens.browser);
    expect((await logOutByRelyingParty(tokens.browser)).status).toBe(303);
    expect(receiver.received).toEqual([]);
    work();
    await carriedOut(2);
    receiver.received.forEach(({ type }) =>
      expect(type).toBe('POST application/x-www-form-urlencoded;charset=UTF-8'),
    );
    const order = receiver.received.map(({ path: to }) => to);
    expect(order.toSorted()).toEqual(['/csm', '/fms']);
    const toCsm = await verified(order.indexOf('/csm'));
    const toFms = await verified(order.indexOf('/fms'));
    expect(toCsm.header).toMatchObject({ typ: 'logout+jwt', alg: 'RS256' });
    expect(toCsm.claims).toMatchObject({
      iss: world.origin,
      aud: 'csm',
      sub: account.id,
      sid: claimsOf(tokens.id_token)['sid'],
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    });
    expect(toCsm.claims).not.toHaveProperty('nonce');
    expect(toFms.header).toMatchObject({ alg: 'ES256' });
    expect(toFms.claims).toMatchObject({
      aud: 'fms',
      sub: `fms knows ${account.id}`,
      sid: claimsOf(other.id_token)['sid'],
    });
    expect(toFms.claims['jti']).not.toBe(toCsm.claims['jti']);
    await outboxIs({ waiting: 0, failed: 0 });
    await clock.advance(20 * second);
    await outboxIs({ waiting: 0, failed: 0 });
    expect(receiver.received).toHaveLength(2);
  });

  test('log-out does not wait for a relying party that does not answer', async () => {
    const { browser } = await csm.logIn();
    receiver.answers.push(() => {});
    work();
    expect((await logOutByRelyingParty(browser)).status).toBe(303);
    expect(await uidOf(browser)).toBeUndefined();
  });

  test('the portal log-out tells them too', async () => {
    const { browser } = await csm.logIn();
    await browser.fetch('/log-out');
    work();
    await carriedOut(1);
    expect((await verified(0)).claims).toMatchObject({ aud: 'csm', sub: account.id });
  });

  test('another person logging in ends the session there was', async () => {
    const first = await csm.logIn();
    world.nextLogin = { accountId: colleague.id, level: 2 };
    await csm.logIn(first.browser, { prompt: 'login' });
    work();
    await carriedOut(1);
    expect((await verified(0)).claims).toMatchObject({
      sub: account.id,
      sid: claimsOf(first.id_token)['sid'],
    });
  });
});

describe('the sweep', () => {
  test('ends what has expired and tells the relying parties, once', async () => {
    const { browser } = await csm.logIn();
    const uid = await uidOf(browser);
    expect(await sweep()).toBe(0);
    await clock.advance(13 * hour);
    const ended = await Promise.all([sweep(), sweep()]);
    expect(ended.toSorted()).toEqual([0, 1]);
    expect(await sweep()).toBe(0);
    work();
    await carriedOut(1);
    const endings = world.audited.filter(({ action }) => action === 'session.end');
    expect(endings).toMatchObject([
      { actor: 'system:login', onAccount: account.id, evidence: { ending: 'expired' } },
    ]);
    expect(uid).toBeDefined();
    expect(await uidOf(browser)).toBeUndefined();
  });

  test('moves the end of one that went on by activity, and ends what the store has lost', async () => {
    const { browser } = await csm.logIn();
    const uid = (await uidOf(browser)) ?? '';
    const open = async () =>
      (await records.sessions.listOpenSessions(account.id)).find(({ sessionUid }) => sessionUid === uid);
    await records.sessions.extendSession(uid, new Date(clock.now().getTime() - second));
    await sweep();
    const kept = await createStoredSessions({ store: world.store, clock }).findSession(uid);
    expect(kept).toBeDefined();
    expect((await open())?.endsAt).toEqual(kept?.endsAt);
    expect(await uidOf(browser)).toBe(uid);

    await world.store.remove(`SessionUid:${uid}`);
    await records.sessions.extendSession(uid, new Date(clock.now().getTime() - second));
    claimed.clear();
    expect(await sweep()).toBe(1);
    expect(await open()).toBeUndefined();
  });
});

describe('an account that may not go on', () => {
  test('loses every session, cookie and token at once, and relying parties are told', async () => {
    const [desk, phone] = [await csm.logIn(), await csm.logIn()];
    world.nextLogin = { accountId: colleague.id, level: 2 };
    const other = await csm.logIn();
    const kept = (await uidOf(phone.browser)) ?? '';
    // 20 s later the register may even think that one of them is over.
    await records.sessions.extendSession(kept, new Date(clock.now().getTime() - 20 * second));
    expect(await accountSessions.endSessionsOf(account.id, 'account-disabled', command)).toBe(2);
    for (const { browser, access_token: token, refresh_token: refresh } of [desk, phone]) {
      expect(await uidOf(browser)).toBeUndefined();
      expect((await csm.userinfo(token)).status).toBe(401);
      expect((await csm.refresh(refresh ?? '')).status).toBe(400);
    }
    expect((await csm.userinfo(other.access_token)).status).toBe(200);
    expect(world.audited.at(-1)).toMatchObject({
      action: 'session.end',
      actor: 'system:command',
      onAccount: account.id,
      evidence: { ending: 'account-disabled' },
    });
    expect(await accountSessions.endSessionsOf(account.id, 'account-disabled', command)).toBe(0);
    work();
    await carriedOut(2);
  });

  test('may keep the one session that asked for it', async () => {
    const [here, there] = [await csm.logIn(), await csm.logIn()];
    const uid = await uidOf(here.browser);
    expect(await accountSessions.endSessionsOf(account.id, 'by-operator', command, uid)).toBe(1);
    expect(await uidOf(here.browser)).toBe(uid);
    expect(await uidOf(there.browser)).toBeUndefined();
    await accountSessions.endSessionsOf(account.id, 'by-operator', command);
  });
});

test('discovery says that log-out is told, with sid', async () => {
  const response = await fetch(new URL('/.well-known/openid-configuration', world.origin));
  expect(await response.json()).toMatchObject({
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
  });
});
