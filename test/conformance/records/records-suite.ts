import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chainEntries, emptyChain, prepareEvent } from '#audit/chain.ts';
import { readTrail } from '#audit/read-trail.ts';
import { createAuditTrail, type AuditTrail } from '#audit/trail.ts';
import { verifyTrail } from '#audit/verify.ts';
import { parseAccountId, type AccountId } from '#domain/account.ts';
import type { AuditEvent, AuditStore } from '#domain/audit-store.ts';
import { parseOid } from '#domain/oid.ts';
import type {
  NewOutboxMessage,
  Outbox,
  OutboxOperations,
  RecordsHealth,
  SessionRegister,
} from '#domain/records.ts';
import type { RelyingPartyRegister } from '#domain/relying-party-register.ts';
import type { Consents } from '#domain/consents.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock, type SetClock } from '#test/support/set-clock.ts';
import { describeRelyingPartyRegister } from './relying-parties-suite.ts';
import type { StoreProcess } from '#test/support/store-process.ts';

export interface OpenedRecords {
  readonly sessions: SessionRegister;
  readonly consents: Consents;
  readonly relyingParties: RelyingPartyRegister;
  readonly outbox: Outbox;
  readonly outboxOperations: OutboxOperations;
  readonly audit: AuditStore;
  readonly health: RecordsHealth;
  /** Another process with the same database open; its clock is the real one. */
  startProcess(): Promise<StoreProcess>;
  /** Closes this connection and opens the same database again. */
  reopen(): Promise<OpenedRecords>;
  close(): Promise<void>;
}

const second = 1000;
const minute = 60 * second;
const event = (fields: Partial<AuditEvent> = {}): AuditEvent => ({
  action: 'test.act',
  outcome: 'done',
  actor: 'system:command',
  ...fields,
});

/** What every database of records must do, whatever it is made of. `open` gives an empty one under `clock`. */
export function describeRecords(name: string, open: (clock: SetClock) => Promise<OpenedRecords>): void {
  describe(name, () => {
    let clock: SetClock;
    let records: OpenedRecords;
    const inMs = (ms: number) => new Date(clock.now().getTime() + ms);

    beforeEach(async () => {
      clock = createSetClock(new Date());
      records = await open(clock);
    });
    afterEach(() => records.close());

    const trailOn = (store: AuditStore): AuditTrail =>
      createAuditTrail({ store, clock, random: realRandom, log: createKeptLog() });
    const verdictOf = async (store: AuditStore) =>
      verifyTrail(readTrail(store), { head: await store.head() });

    describe('consents', () => {
      const [a, b] = [accountId('a'), accountId('b')];

      test('what was agreed to adds up, and is kept apart by person and relying party', async () => {
        const first = clock.now();
        const { consents } = records;
        await consents.rememberConsent(a, { clientId: 'two', scopes: ['profile', 'openid'], at: first });
        await clock.advance(minute);
        await consents.rememberConsent(a, { clientId: 'one', scopes: ['openid'], at: clock.now() });
        await consents.rememberConsent(a, { clientId: 'two', scopes: ['openid', 'email'], at: clock.now() });
        await consents.rememberConsent(a, { clientId: 'three', scopes: [], at: clock.now() });
        const two = {
          clientId: 'two',
          scopes: ['email', 'openid', 'profile'],
          since: first,
          agreedAt: clock.now(),
        };
        const one = { clientId: 'one', scopes: ['openid'], since: clock.now(), agreedAt: clock.now() };
        expect(await consents.findConsent(a, 'two')).toEqual(two);
        expect(await consents.findConsent(b, 'two')).toBeUndefined();
        expect(await consents.listConsents(a)).toEqual([two, one]);
        records = await records.reopen();
        expect(await records.consents.listConsents(a)).toEqual([two, one]);
      });

      test('what is withdrawn is gone, once, and for this relying party alone', async () => {
        const { consents } = records;
        for (const clientId of ['one', 'two'])
          await consents.rememberConsent(a, { clientId, scopes: ['openid'], at: clock.now() });
        const removals = await Promise.all([1, 2, 3].map(() => consents.removeConsent(a, 'one')));
        expect(removals.filter(Boolean)).toHaveLength(1);
        expect(await consents.removeConsent(b, 'two')).toBe(false);
        expect((await consents.listConsents(a)).map(({ clientId }) => clientId)).toEqual(['two']);
        await clock.advance(minute);
        await consents.rememberConsent(a, { clientId: 'one', scopes: ['profile'], at: clock.now() });
        expect(await consents.findConsent(a, 'one')).toMatchObject({
          scopes: ['profile'],
          since: clock.now(),
        });
      });
    });

    describe('register of relying parties', () =>
      describeRelyingPartyRegister(
        () => records.relyingParties,
        async () => {
          records = await records.reopen();
          return records.relyingParties;
        },
      ));

    describe('session register', () => {
      test('lists the open sessions that have reached a client, a page at a time', async () => {
        const ids = ['s3', 's1', 's2', 's4'];
        for (const sessionUid of ids) {
          const session = { sessionUid, accountId: accountId('a'), startedAt: inMs(0), endsAt: inMs(minute) };
          await records.sessions.recordReached(session, { clientId: 'csm', sid: `${sessionUid}-a` });
          await records.sessions.recordReached(session, { clientId: 'csm', sid: `${sessionUid}-b` });
          await records.sessions.recordReached(session, { clientId: 'fms', sid: 'f' });
        }
        const other = {
          sessionUid: 's0',
          accountId: accountId('a'),
          startedAt: inMs(0),
          endsAt: inMs(minute),
        };
        await records.sessions.recordReached(other, { clientId: 'fms', sid: 'f' });
        await records.sessions.endSession('s2', 'log-out', inMs(0), () => []);
        const uids = async (after?: string) =>
          (await records.sessions.listReaching('csm', after, 2)).map(({ sessionUid }) => sessionUid);
        expect(await uids()).toEqual(['s1', 's3']);
        expect(await uids('s3')).toEqual(['s4']);
        expect(await uids('s4')).toEqual([]);
      });

      const account = accountId('a');
      const session = (
        fields: { sessionUid?: string; accountId?: AccountId; startedAt?: Date; endsAt?: Date } = {},
      ) => ({
        sessionUid: 's1',
        accountId: account,
        startedAt: clock.now(),
        endsAt: inMs(10 * minute),
        ...fields,
      });
      const csm = { clientId: 'csm', sid: 'sid-csm' };
      const fms = { clientId: 'fms', sid: 'sid-fms' };

      test('ending gives each client reached once, and only the first time', async () => {
        await records.sessions.recordReached(session(), fms);
        await records.sessions.recordReached(session(), csm);
        await records.sessions.recordReached(session(), csm);
        const end = () => records.sessions.endSession('s1', 'log-out', clock.now(), () => []);
        expect(await end()).toEqual([csm, fms]);
        expect(await end()).toEqual([]);
        expect(await records.sessions.endSession('unknown', 'log-out', clock.now(), () => [])).toEqual([]);
      });

      test('the messages of an ending are in the outbox with it, or neither is there', async () => {
        await records.sessions.recordReached(session(), csm);
        const ending = records.sessions.endSession('s1', 'log-out', clock.now(), () => {
          throw new Error('no message');
        });
        await expect(ending).rejects.toThrow('no message');
        expect(await records.sessions.listOpenSessions(account)).toHaveLength(1);
        await records.sessions.endSession('s1', 'log-out', clock.now(), (reached) =>
          reached.map(({ sid }) => ({
            kind: 'back-channel-log-out',
            body: `{"sid":"${sid}"}`,
            expiresAt: inMs(minute),
          })),
        );
        expect(await records.sessions.listOpenSessions(account)).toEqual([]);
        expect(
          await records.outbox.claimDue('back-channel-log-out', clock.now(), 5, inMs(minute)),
        ).toMatchObject([{ kind: 'back-channel-log-out', body: '{"sid":"sid-csm"}' }]);
      });

      test('open sessions are those of the account that have not ended, their end passed or not', async () => {
        await records.sessions.recordReached(session(), csm);
        await records.sessions.recordReached(session({ sessionUid: 's2', endsAt: inMs(minute) }), csm);
        await records.sessions.recordReached(session({ sessionUid: 's3', accountId: accountId('b') }), csm);
        await records.sessions.recordReached(session({ sessionUid: 's4' }), csm);
        await records.sessions.endSession('s4', 'by-operator', clock.now(), () => []);
        await clock.advance(2 * minute);
        expect(await records.sessions.listOpenSessions(account)).toEqual([
          { sessionUid: 's1', accountId: account, startedAt: inMs(-2 * minute), endsAt: inMs(8 * minute) },
          { sessionUid: 's2', accountId: account, startedAt: inMs(-2 * minute), endsAt: inMs(-minute) },
        ]);
      });

      test('expired sessions come longest expired first, without those that ended or were extended', async () => {
        const uids = async (limit = 10) =>
          (await records.sessions.listExpired(clock.now(), limit)).map(({ sessionUid }) => sessionUid);
        for (const [sessionUid, minutes] of Object.entries({ s1: 4, s2: 2, s3: 3, s4: 5, s5: 9, s6: 1 }))
          await records.sessions.recordReached(session({ sessionUid, endsAt: inMs(minutes * minute) }), csm);
        await clock.advance(5 * minute);
        await records.sessions.endSession('s6', 'expired', clock.now(), () => []);
        expect(await uids()).toEqual(['s2', 's3', 's1', 's4']);
        expect(await uids(2)).toEqual(['s2', 's3']);
        await records.sessions.extendSession('s3', inMs(minute));
        await records.sessions.extendSession('s6', inMs(minute));
        expect(await uids()).toEqual(['s2', 's1', 's4']);
        await clock.advance(minute);
        expect(await uids()).toEqual(['s2', 's1', 's4', 's3']);
      });

      test('recording again moves the end', async () => {
        const first = session();
        await records.sessions.recordReached(first, csm);
        await records.sessions.recordReached({ ...first, endsAt: inMs(20 * minute) }, csm);
        await clock.advance(15 * minute);
        expect(await records.sessions.listOpenSessions(account)).toMatchObject([
          { endsAt: inMs(5 * minute) },
        ]);
      });

      test('a session is open before it has reached anybody, and keeps whom it reached', async () => {
        await records.sessions.recordSession(session());
        expect(await records.sessions.listOpenSessions(account)).toEqual([session()]);
        await records.sessions.recordReached(session(), csm);
        await records.sessions.recordSession(session({ endsAt: inMs(20 * minute) }));
        expect(await records.sessions.listOpenSessions(account)).toMatchObject([
          { endsAt: inMs(20 * minute) },
        ]);
        await clock.advance(5 * second);
        const end = () => records.sessions.endSession('s1', 'log-out', clock.now(), () => []);
        expect(await end()).toEqual([csm]);
        await expect(
          records.sessions.recordSession(session({ startedAt: inMs(-5 * second) })),
        ).rejects.toMatchObject({ code: 'changed-meanwhile' });
      });

      test('nothing is reached by a session that has been logged out', async () => {
        const first = session();
        await records.sessions.recordReached(first, csm);
        await clock.advance(5 * second);
        await records.sessions.endSession('s1', 'log-out', clock.now(), () => []);
        await expect(records.sessions.recordReached(first, fms)).rejects.toMatchObject({
          code: 'changed-meanwhile',
        });
        expect(await records.sessions.listOpenSessions(account)).toEqual([]);
      });

      test('a later login under the same uid, and one that had only expired, begin with no clients', async () => {
        const first = session();
        await records.sessions.recordReached(first, csm);
        await clock.advance(5 * second);
        await records.sessions.endSession('s1', 'replaced', clock.now(), () => []);
        await records.sessions.recordReached(session({ accountId: accountId('b') }), fms);
        await clock.advance(5 * second);
        expect(await records.sessions.endSession('s1', 'expired', clock.now(), () => [])).toEqual([fms]);
        await records.sessions.recordReached(session({ startedAt: first.startedAt }), csm);
        expect(await records.sessions.endSession('s1', 'log-out', clock.now(), () => [])).toEqual([csm]);
      });
    });

    describe('outbox', () => {
      const mail = (fields: Partial<NewOutboxMessage> = {}): NewOutboxMessage => ({
        kind: 'mail',
        body: '{"to":"甲"}',
        expiresAt: inMs(10 * minute),
        ...fields,
      });
      const claim = (limit = 10) => records.outbox.claimDue('mail', clock.now(), limit, inMs(minute));

      test('a message is claimed with its body, counting attempts, and hidden until its lease ends', async () => {
        const id = await records.outbox.enqueue(mail());
        expect(await claim()).toEqual([{ id, ...mail(), attempts: 1 }]);
        expect(await claim()).toEqual([]);
        await clock.advance(minute);
        expect(await claim()).toMatchObject([{ id, attempts: 2 }]);
      });

      test('the limit holds, and the oldest come first', async () => {
        const ids: string[] = [];
        for (const body of ['1', '2', '3']) {
          ids.push(await records.outbox.enqueue(mail({ body })));
          await clock.advance(1);
        }
        expect((await claim(2)).map(({ id }) => id)).toEqual(ids.slice(0, 2));
        expect((await claim(2)).map(({ id }) => id)).toEqual(ids.slice(2));
      });

      test('delivered is over; a late failure of the same message changes nothing', async () => {
        const id = await records.outbox.enqueue(mail());
        await claim();
        await records.outbox.markDelivered(id, clock.now());
        await records.outbox.markFailed(id, 'ECONNREFUSED', clock.now());
        await clock.advance(minute);
        expect(await claim()).toEqual([]);
        expect(await records.outbox.counts()).toEqual({ waiting: 0, failed: 0 });
      });

      test('a failure with a later try hides the message until then', async () => {
        const id = await records.outbox.enqueue(mail());
        await claim();
        await records.outbox.markFailed(id, 'ECONNREFUSED', inMs(5 * second));
        expect(await claim()).toEqual([]);
        expect(await records.outbox.counts()).toEqual({ waiting: 1, failed: 0 });
        await clock.advance(5 * second);
        expect(await claim()).toMatchObject([{ id, attempts: 2 }]);
      });

      test('given up: never claimed again, and counted', async () => {
        const id = await records.outbox.enqueue(mail());
        await claim();
        await records.outbox.markFailed(id, 'expired', undefined);
        await clock.advance(minute);
        expect(await claim()).toEqual([]);
        expect(await records.outbox.counts()).toEqual({ waiting: 0, failed: 1 });
      });

      describe('seen by operators', () => {
        const operations = () => records.outboxOperations;

        test('what waits and what failed is listed by age, page by page, without its body', async () => {
          const ids: string[] = [];
          for (const to of ['a@one.test', 'b@two.test', 'c@three.test']) {
            ids.push(await records.outbox.enqueue(mail({ body: JSON.stringify({ to, text: 'secret' }) })));
            await clock.advance(1);
          }
          const page = await operations().list('waiting', undefined, 2);
          expect(page).toMatchObject([
            { id: ids[0], kind: 'mail', state: 'waiting', attempts: 0, recipientDomain: 'one.test' },
            { id: ids[1], recipientDomain: 'two.test' },
          ]);
          expect(JSON.stringify(page)).not.toMatch(/secret|a@one/);
          expect((await operations().list('waiting', ids[1], 2)).map(({ id }) => id)).toEqual([ids[2]]);
          expect(await operations().list('failed', undefined, 2)).toEqual([]);
        });

        test('a message given up is due again once it is retried', async () => {
          const id = await records.outbox.enqueue(mail());
          await claim();
          await records.outbox.markFailed(id, 'ECONNREFUSED', undefined);
          expect(await operations().find(id)).toMatchObject({ id, state: 'failed', error: 'ECONNREFUSED' });
          expect(await operations().retry(id)).toBe(true);
          expect(await claim()).toMatchObject([{ id, attempts: 2 }]);
        });

        test('what has expired, was delivered or is unknown is not retried', async () => {
          const delivered = await records.outbox.enqueue(mail());
          await records.outbox.markDelivered(delivered, clock.now());
          const expired = await records.outbox.enqueue(mail({ expiresAt: inMs(second) }));
          await clock.advance(second);
          expect(await operations().retry(expired)).toBe(false);
          expect(await operations().retry(delivered)).toBe(false);
          expect(await operations().retry('unknown')).toBe(false);
        });

        test('dropped is over: not claimed, not counted, not listed, not dropped again', async () => {
          const id = await records.outbox.enqueue(mail());
          const drops = await Promise.all(Array.from({ length: 5 }, () => operations().drop(id)));
          expect(drops.filter(Boolean)).toHaveLength(1);
          expect(await claim()).toEqual([]);
          expect(await records.outbox.counts()).toEqual({ waiting: 0, failed: 0 });
          expect(await operations().find(id)).toBeUndefined();
          expect(await operations().retry(id)).toBe(false);
        });
      });

      test('two processes claim each message once', async () => {
        const ids = await Promise.all(Array.from({ length: 30 }, () => records.outbox.enqueue(mail())));
        const processes = await Promise.all([records.startProcess(), records.startProcess()]);
        const claimed = await Promise.all(
          processes.map((process) => process.run({ method: 'claimDue', key: '', times: 20 })),
        );
        await Promise.all(processes.map((process) => process.stop()));
        expect(claimed.flat(2).toSorted()).toEqual(ids.toSorted());
      });
    });

    describe('audit store', () => {
      test('an empty trail has sequence nought and an empty hash', async () => {
        expect(await records.audit.head()).toEqual(emptyChain);
        expect(await records.audit.read(0, 10)).toEqual([]);
      });

      test('what was appended is read back as it was, in order, from where one asks', async () => {
        const facts = {
          onAccount: 'x',
          unitOid: '1.2',
          settles: 'y',
          personal: { address: '::1', 'after.name': '甲' },
        };
        const prepared = [event(facts), event(), event()].map((one) =>
          prepareEvent(one, clock.now(), realRandom),
        );
        const entries = chainEntries(emptyChain, prepared);
        await records.audit.append(() => entries);
        expect(await records.audit.read(0, 10)).toEqual(entries);
        expect(await records.audit.read(1, 1)).toEqual(entries.slice(1, 2));
        expect(await records.audit.head()).toEqual({ sequence: 3, hash: entries[2]?.hash });
      });

      test('a failing build appends nothing', async () => {
        await trailOn(records.audit).record(event());
        const head = await records.audit.head();
        const failing = records.audit.append(() => {
          throw new Error('no entry');
        });
        await expect(failing).rejects.toThrow('no entry');
        expect(await records.audit.head()).toEqual(head);
      });

      test('a batch with one entry twice is refused whole', async () => {
        const [entry] = chainEntries(emptyChain, [prepareEvent(event(), clock.now(), realRandom)]);
        if (!entry) throw new Error('no entry');
        await expect(records.audit.append(() => [entry, entry])).rejects.toThrow();
        expect(await records.audit.head()).toEqual(emptyChain);
        expect(await records.audit.read(0, 10)).toEqual([]);
      });

      test('more entries than fit into one statement', async () => {
        const trail = trailOn(records.audit);
        await Promise.all(
          Array.from({ length: 300 }, () => trail.record(event({ personal: { address: '::1' } }))),
        );
        expect(await verdictOf(records.audit)).toMatchObject({ ok: true, entries: 300 });
      });

      test('open intents are those old enough that nothing settles', async () => {
        const trail = trailOn(records.audit);
        const settled = await trail.intend(event());
        const open = await trail.intend(event({ onAccount: 'x' }));
        await clock.advance(minute);
        await trail.intend(event());
        await trail.settle(settled, 'done');
        const intents = await records.audit.openIntents(clock.now());
        expect(intents.map(({ index }) => index)).toMatchObject([
          { id: open, onAccount: 'x', outcome: 'intended' },
        ]);
      });

      test('a search gives what meets every criterion, newest first, and counts it', async () => {
        const trail = trailOn(records.audit);
        const actor = 'person:a';
        await trail.record(event({ actor, unitOid: '2.16.1', onAccount: 'x' }));
        await trail.record(event({ actor, unitOid: '2.16.1.5', outcome: 'refused' }));
        await clock.advance(minute);
        await trail.record(event({ actor, unitOid: '2.16.11', action: 'test.other' }));
        await trail.record(event());
        const root = parseOid('2.16.1');
        if (!root) throw new Error('not an OID');
        const found = async (
          ...[criteria, before, limit = 10]: Parameters<AuditStore['search']> | [object]
        ) => (await records.audit.search(criteria, before, limit)).map(({ sequence }) => sequence);
        expect(await found({})).toEqual([4, 3, 2, 1]);
        expect(await found({}, 4, 2)).toEqual([3, 2]);
        expect(await found({ actor })).toEqual([3, 2, 1]);
        expect(await found({ actor, underOid: root })).toEqual([2, 1]);
        expect(await found({ onAccount: 'x' })).toEqual([1]);
        expect(await found({ action: 'test.other' })).toEqual([3]);
        expect(await found({ outcome: 'refused' })).toEqual([2]);
        expect(await found({ from: clock.now() })).toEqual([4, 3]);
        expect(await found({ to: clock.now() })).toEqual([2, 1]);
        expect(await found({ actor: "person:a' or '1'='1" })).toEqual([]);
        expect(await records.audit.count({ actor }, 10)).toBe(3);
        expect(await records.audit.count({ actor }, 2)).toBe(2);
      });

      test('two processes appending 500 each make one chain of 1000', async () => {
        const processes = await Promise.all([records.startProcess(), records.startProcess()]);
        const ids = await Promise.all(
          processes.map(async (process, nth) => {
            const got: unknown[] = [];
            for (let round = 0; round < 25; round += 1) {
              got.push(
                ...(await process.run({ method: 'record', key: `${nth}-${round}`, value: '::1', times: 20 })),
              );
            }
            return got;
          }),
        );
        await Promise.all(processes.map((process) => process.stop()));
        expect(new Set(ids.flat()).size).toBe(1000);
        expect(await verdictOf(records.audit)).toMatchObject({ ok: true, entries: 1000, cutValues: 0 });
      }, 60_000);
    });

    test('calls of every kind at once do not get into each other', async () => {
      const trail = trailOn(records.audit);
      const message = { kind: 'mail', body: '{}', expiresAt: inMs(minute) } as const;
      const session = { accountId: accountId('a'), startedAt: clock.now(), endsAt: inMs(minute) };
      const round = async (nth: number) => {
        for (let turn = 0; turn < 5; turn += 1) {
          const sessionUid = `s${nth}-${turn}`;
          await records.sessions.recordReached(
            { sessionUid, ...session },
            { clientId: 'csm', sid: sessionUid },
          );
          await trail.record(event());
          await records.outbox.enqueue(message);
          await records.sessions.endSession(sessionUid, 'log-out', clock.now(), () => [message]);
          await records.audit.head();
        }
      };
      await Promise.all(Array.from({ length: 20 }, (_, nth) => round(nth)));
      expect(await records.outbox.counts()).toEqual({ waiting: 200, failed: 0 });
      expect(await verdictOf(records.audit)).toMatchObject({ ok: true, entries: 100 });
    });

    test('everything is there after closing and opening again', async () => {
      await trailOn(records.audit).record(event());
      const id = await records.outbox.enqueue({ kind: 'mail', body: '{}', expiresAt: inMs(minute) });
      const head = await records.audit.head();
      records = await records.reopen();
      expect(await records.audit.head()).toEqual(head);
      expect(await records.outbox.claimDue('mail', clock.now(), 5, inMs(minute))).toMatchObject([
        { id, body: '{}' },
      ]);
      await expect(records.health.checkRecords()).resolves.toBeUndefined();
    });
  });
}

function accountId(letter: string): AccountId {
  const id = parseAccountId(letter.repeat(26));
  if (!id) throw new Error('not an account id');
  return id;
}
