import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGuardedFetch } from '#adapters/outgoing/guarded-fetch.ts';
import { openSqliteRecords, type SqliteRecords } from '#adapters/records/open-sqlite-records.ts';
import { startOutboxWorker, type OutboxWorker } from '#delivery/outbox-worker.ts';
import { createAccountSessions, type AccountSessions } from '#provider/account-sessions.ts';
import { createBackChannelDelivery } from '#provider/back-channel-delivery.ts';
import { createLogOutMessages } from '#provider/back-channel-messages.ts';
import { createLogOutTokens } from '#provider/back-channel-token.ts';
import { createRelyingPartyLookup } from '#provider/relying-party-lookup.ts';
import { createSessionSweep } from '#provider/session-sweep.ts';
import { createStoredSessions } from '#provider/stored-sessions.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { sampleAccount, sampleId } from '#test/support/memory/accounts.ts';
import { startLogOutReceiver, type LogOutReceiver } from '#test/support/provider/log-out-receiver.ts';
import { openProviderWorld, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import { claimsOf, createSampleClient, type SampleClient } from '#test/support/provider/sample-client.ts';
import { sampleRelyingParty } from '#test/support/provider/sample-relying-party.ts';
import { sampleSigningKeys } from '#test/support/provider/sample-signing-keys.ts';
import { verifyJwt } from '#test/support/provider/verify-jwt.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock, type SetClock } from '#test/support/set-clock.ts';
import { testSealing } from '#test/support/test-sealing.ts';

const second = 1000;
const hour = 3600 * second;
const account = sampleAccount({ grants: [{ role: 'csm_user_nocert' }, { role: 'fms_nocert' }] });
const colleague = sampleAccount({ id: sampleId('b'), grants: account.grants });
const registration = { initialAccessToken: 'an-initial-access-token', systems: ['csm'], scopes: ['profile'] };
const command = { actor: 'system:command' };

let folder: string;
let records: SqliteRecords;
let clock: SetClock;
let world: ProviderWorld;
let receiver: LogOutReceiver;
let csm: SampleClient;
let fms: SampleClient;
let accountSessions: AccountSessions;
let sweep: () => Promise<number>;
let deliver: (body: string) => Promise<void>;
let workers: OutboxWorker[] = [];
let claimed: Set<string>;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hufu-back-channel-'));
  clock = createSetClock(new Date());
  records = await openSqliteRecords({
    file: path.join(folder, 'records.db'),
    clock,
    random: realRandom,
    sealing: testSealing,
    log: createKeptLog(),
  });
  receiver = await startLogOutReceiver();
  claimed = new Set();
  const parties = [
    sampleRelyingParty('csm', {}, { backchannel_logout_uri: `${receiver.origin}/csm` }),
    sampleRelyingParty(
      'fms',
      {},
      { backchannel_logout_uri: `${receiver.origin}/fms`, id_token_signed_response_alg: 'ES256' },
    ),
    sampleRelyingParty('quiet', { systems: ['csm'] }),
  ];
  const findRelyingParty = (clientId: string) => parties.find((party) => party.clientId === clientId);
  const logOutMessages = createLogOutMessages({
    findRelyingParty,
    clock,
  });
  world = await openProviderWorld({
    accounts: [account, colleague],
    relyingParties: parties,
    provider: { registration },
    deps: { sessions: records.sessions, logOutMessages },
  });
  world.nextLogin = { accountId: account.id, level: 2 };
  csm = createSampleClient(world, 'csm');
  fms = createSampleClient(world, 'fms');
  deliver = createBackChannelDelivery({
    lookUpRelyingParty: createRelyingPartyLookup({
      findRelyingParty,
      refresh: async () => {},
      store: world.store,
      registration,
    }),
    subjectOf: (party, id) => (party.clientId === 'fms' ? `fms knows ${id}` : id),
    tokens: createLogOutTokens({
      issuer: world.origin,
      signingKeys: sampleSigningKeys(),
      clock,
      random: realRandom,
    }),
    fetch: createGuardedFetch({ allow: ['127.0.0.1'] }),
  });
  const audit = async (event: (typeof world.audited)[number]) =>
    void (world.audited as unknown[]).push(event);
  const stored = createStoredSessions({ store: world.store, clock });
  const shared = { audit, sessions: records.sessions, clock, logOutMessages, stored };
  accountSessions = createAccountSessions(shared);
  sweep = createSessionSweep({
    ...shared,
    accountSessions,
    log: createKeptLog(),
    claim: async (uid) => !claimed.has(uid) && Boolean(claimed.add(uid)),
  });
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
  await world.close();
  await receiver.close();
  await records.close();
  rmSync(folder, { recursive: true });
});

function work(carry = deliver): OutboxWorker {
  const worker = startOutboxWorker({
    outbox: records.outbox,
    deliver: { mail: async () => {}, 'back-channel-log-out': carry },
    clock,
    random: realRandom,
    log: createKeptLog(),
  });
  workers.push(worker);
  return worker;
}

/** Until the outbox has nothing under way that is due. Network answers are waited for, time stands still. */
async function carriedOut(expected: number): Promise<void> {
  await expect.poll(() => receiver.received.length, { interval: 5, timeout: 5000 }).toBe(expected);
}
/** Until the one waiting message has been put off with this code. */
async function failedBy(error: string): Promise<void> {
  await expect
    .poll(() => records.outboxOperations.list('waiting', undefined, 2), { interval: 5, timeout: 5000 })
    .toMatchObject([{ error }]);
}

async function outboxIs(counts: { waiting: number; failed?: number }): Promise<void> {
  await expect.poll(() => records.outbox.counts(), { interval: 5, timeout: 5000 }).toMatchObject(counts);
}

async function verified(index: number) {
  const { keys } = (await (await fetch(new URL('/oidc/jwks', world.origin))).json()) as {
    keys: { kid: string }[];
  };
  return verifyJwt(receiver.received[index]?.token ?? '', keys);
}

async function register(metadata: object): Promise<string> {
  const answer = await fetch(new URL('/oidc/register', world.origin), {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${registration.initialAccessToken}`,
    },
    body: JSON.stringify({
      client_name: 'Registered',
      redirect_uris: ['https://new.example/callback'],
      ...metadata,
    }),
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { client_id: string }).client_id;
}

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

describe('delivery', () => {
  const status = (code: number, headers: Record<string, string> = {}) =>
    receiver.answers.push((res) => void res.writeHead(code, headers).end());

  async function endedSession(): Promise<void> {
    const { browser } = await csm.logIn();
    await browser.fetch('/log-out');
  }

  test('is tried again after a failure, with a fresh token, until it is taken', async () => {
    await endedSession();
    status(503);
    status(302, { Location: `${receiver.origin}/elsewhere` });
    status(204);
    work();
    await carriedOut(1);
    await failedBy('status-503');
    await clock.advance(7 * second);
    await carriedOut(2);
    await failedBy('status-302');
    await clock.advance(40 * second);
    await carriedOut(3);
    await outboxIs({ waiting: 0, failed: 0 });
    expect(new Set(receiver.received.map(({ path: to }) => to))).toEqual(new Set(['/csm']));
    const [first, last] = [await verified(0), await verified(2)];
    expect(Number(last.claims['iat']) - Number(first.claims['iat'])).toBe(47);
    expect(last.claims['jti']).not.toBe(first.claims['jti']);
  });

  test('ends with a refusal', async () => {
    await endedSession();
    status(400);
    work();
    await carriedOut(1);
    await outboxIs({ waiting: 0, failed: 1 });
    await clock.advance(hour);
    await outboxIs({ waiting: 0, failed: 1 });
    expect(receiver.received).toHaveLength(1);
  });

  test('is given up after a day', async () => {
    await endedSession();
    const [message] = await records.outbox.claimDue('back-channel-log-out', clock.now(), 1, clock.now());
    expect(message?.expiresAt.getTime()).toBe(clock.now().getTime() + 24 * hour);
    await clock.advance(24 * hour);
    work();
    await outboxIs({ waiting: 0, failed: 1 });
    expect(receiver.received).toEqual([]);
  });

  test('is made once by two workers', async () => {
    const { browser } = await csm.logIn();
    await fms.logIn(browser);
    await browser.fetch('/log-out');
    work();
    work();
    await carriedOut(2);
    await outboxIs({ waiting: 0 });
    await clock.advance(20 * second);
    await outboxIs({ waiting: 0 });
    expect(receiver.received).toHaveLength(2);
  });

  test('does not reach into a private network that is not allowed', async () => {
    const strict = createBackChannelDelivery({
      lookUpRelyingParty: async () =>
        sampleRelyingParty('csm', {}, { backchannel_logout_uri: `${receiver.origin}/csm` }),
      subjectOf: (_party, id) => id,
      tokens: { makeToken: () => 'a.b.c' },
      fetch: createGuardedFetch({ allow: [] }),
    });
    const body = JSON.stringify({ clientId: 'csm', accountId: account.id, sid: 'b' });
    await expect(strict(body)).rejects.toMatchObject({ code: 'address-not-permitted' });
    expect(receiver.received).toEqual([]);
  });

  test('is refused for a relying party that is gone, and done for one that listens no more', async () => {
    const tell = (party: RelyingParty | undefined) =>
      createBackChannelDelivery({
        lookUpRelyingParty: async () => party,
        subjectOf: (_party, id) => id,
        tokens: { makeToken: () => 'a.b.c' },
        fetch: () => Promise.reject(new Error('not to be called')),
      })(JSON.stringify({ clientId: 'csm', accountId: account.id, sid: 'b' }));
    await expect(tell(undefined)).rejects.toMatchObject({
      name: 'DeliveryRefused',
      code: 'no-such-relying-party',
    });
    await expect(tell(sampleRelyingParty('csm'))).resolves.toBeUndefined();
  });

  test('reaches a relying party that registered itself, and is done for one without an address', async () => {
    const { browser, id_token: idToken } = await csm.logIn();
    const listening = await register({ backchannel_logout_uri: `${receiver.origin}/dynamic` });
    const quiet = await register({});
    const [session] = await records.sessions.listOpenSessions(account.id);
    const sid = String(claimsOf(idToken)['sid']);
    for (const clientId of [listening, quiet])
      if (session) await records.sessions.recordReached(session, { clientId, sid });
    await browser.fetch('/log-out');
    work();
    await carriedOut(2);
    await outboxIs({ waiting: 0, failed: 0 });
    const order = receiver.received.map(({ path: to }) => to);
    expect(order.toSorted()).toEqual(['/csm', '/dynamic']);
    expect((await verified(order.indexOf('/dynamic'))).claims).toMatchObject({
      aud: listening,
      sub: account.id,
      sid,
    });
  });
});

test('discovery says that log-out is told, with sid', async () => {
  const response = await fetch(new URL('/.well-known/openid-configuration', world.origin));
  expect(await response.json()).toMatchObject({
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
  });
});
