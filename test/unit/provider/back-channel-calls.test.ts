import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGuardedFetch } from '#adapters/outgoing/guarded-fetch.ts';
import { createBackChannelDelivery } from '#provider/back-channel-delivery.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import { claimsOf } from '#test/support/provider/sample-client.ts';
import { sampleRelyingParty } from '#test/support/provider/sample-relying-party.ts';
import {
  account,
  hour,
  registration,
  second,
  openBackChannelWorld,
  type BackChannelWorld,
} from '#test/support/provider/back-channel-world.ts';

let opened: BackChannelWorld;
let records: BackChannelWorld['records'];
let clock: BackChannelWorld['clock'];
let world: BackChannelWorld['world'];
let receiver: BackChannelWorld['receiver'];
let csm: BackChannelWorld['csm'];
let fms: BackChannelWorld['fms'];
let work: BackChannelWorld['work'];
let carriedOut: BackChannelWorld['carriedOut'];
let failedBy: BackChannelWorld['failedBy'];
let outboxIs: BackChannelWorld['outboxIs'];
let verified: BackChannelWorld['verified'];

beforeEach(async () => {
  opened = await openBackChannelWorld();
  ({ records, clock, world, receiver, csm, fms, work, carriedOut, failedBy, outboxIs, verified } = opened);
});
afterEach(() => opened.close());

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
