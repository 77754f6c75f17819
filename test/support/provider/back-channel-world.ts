/**
 * The provider over real records, with relying parties that listen for log-out tokens, and the delivery that calls them.
 * Of the relying parties csm and fms listen; quiet does not.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
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
import { createKeptLog } from '#test/support/kept-log.ts';
import { sampleAccount, sampleId } from '#test/support/memory/accounts.ts';
import { startLogOutReceiver, type LogOutReceiver } from '#test/support/provider/log-out-receiver.ts';
import { openProviderWorld, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import { createSampleClient, type SampleClient } from '#test/support/provider/sample-client.ts';
import { sampleRelyingParty } from '#test/support/provider/sample-relying-party.ts';
import { sampleSigningKeys } from '#test/support/provider/sample-signing-keys.ts';
import { verifyJwt } from '#test/support/provider/verify-jwt.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock, type SetClock } from '#test/support/set-clock.ts';
import { testSealing } from '#test/support/test-sealing.ts';

export const second = 1000;
export const hour = 3600 * second;
export const account = sampleAccount({ grants: [{ role: 'csm_user_nocert' }, { role: 'fms_nocert' }] });
export const colleague = sampleAccount({ id: sampleId('b'), grants: account.grants });
export const registration = {
  initialAccessToken: 'an-initial-access-token',
  systems: ['csm'],
  scopes: ['profile'],
};

export interface BackChannelWorld {
  readonly records: SqliteRecords;
  readonly clock: SetClock;
  readonly world: ProviderWorld;
  readonly receiver: LogOutReceiver;
  readonly csm: SampleClient;
  readonly fms: SampleClient;
  readonly accountSessions: AccountSessions;
  sweep(): Promise<number>;
  /** Sessions that a sweep has claimed, by their uids. */
  readonly claimed: Set<string>;
  /** Starts a worker on the outbox. */
  work(carry?: (body: string) => Promise<void>): OutboxWorker;
  /** Until so many calls have arrived. Network answers are waited for, time stands still. */
  carriedOut(expected: number): Promise<void>;
  /** Until the one waiting message has been put off with this code. */
  failedBy(error: string): Promise<void>;
  outboxIs(counts: { waiting: number; failed?: number }): Promise<void>;
  /** The nth token that arrived, its signature checked. */
  verified(index: number): Promise<ReturnType<typeof verifyJwt>>;
  close(): Promise<void>;
}

export async function openBackChannelWorld(): Promise<BackChannelWorld> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-back-channel-'));
  const clock = createSetClock(new Date());
  const records = await openSqliteRecords({
    file: path.join(folder, 'records.db'),
    clock,
    random: realRandom,
    sealing: testSealing,
    log: createKeptLog(),
  });
  const receiver = await startLogOutReceiver();
  const claimed = new Set<string>();
  const workers: OutboxWorker[] = [];
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
  const world = await openProviderWorld({
    accounts: [account, colleague],
    relyingParties: parties,
    provider: { registration },
    deps: { sessions: records.sessions, logOutMessages },
  });
  world.nextLogin = { accountId: account.id, level: 2 };
  const csm = createSampleClient(world, 'csm');
  const fms = createSampleClient(world, 'fms');
  const deliver = createBackChannelDelivery({
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
  const accountSessions = createAccountSessions(shared);
  const sweep = createSessionSweep({
    ...shared,
    accountSessions,
    log: createKeptLog(),
    claim: async (uid) => !claimed.has(uid) && Boolean(claimed.add(uid)),
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

  async function carriedOut(expected: number): Promise<void> {
    await expect.poll(() => receiver.received.length, { interval: 5, timeout: 5000 }).toBe(expected);
  }
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

  return {
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
    failedBy,
    outboxIs,
    verified,
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()));
      await world.close();
      await receiver.close();
      await records.close();
      rmSync(folder, { recursive: true });
    },
  };
}
