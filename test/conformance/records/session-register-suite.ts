import { expect, test } from 'vitest';
import type { AccountId } from '#domain/account.ts';
import { accountId, minute, second, type RecordsWorld } from './records-world.ts';

export function describeSessionRegister(world: () => RecordsWorld): void {
  const inMs = (ms: number) => world().inMs(ms);
  const account = accountId('a');
  const session = (
    fields: { sessionUid?: string; accountId?: AccountId; startedAt?: Date; endsAt?: Date } = {},
  ) => ({
    sessionUid: 's1',
    accountId: account,
    startedAt: world().clock.now(),
    endsAt: inMs(10 * minute),
    ...fields,
  });
  const csm = { clientId: 'csm', sid: 'sid-csm' };
  const fms = { clientId: 'fms', sid: 'sid-fms' };

  test('ending gives each client reached once, and only the first time', async () => {
    await world().records.sessions.recordReached(session(), fms);
    await world().records.sessions.recordReached(session(), csm);
    await world().records.sessions.recordReached(session(), csm);
    const end = () => world().records.sessions.endSession('s1', 'log-out', world().clock.now(), () => []);
    expect(await end()).toEqual([csm, fms]);
    expect(await end()).toEqual([]);
    expect(
      await world().records.sessions.endSession('unknown', 'log-out', world().clock.now(), () => []),
    ).toEqual([]);
  });

  test('the messages of an ending are in the outbox with it, or neither is there', async () => {
    await world().records.sessions.recordReached(session(), csm);
    const ending = world().records.sessions.endSession('s1', 'log-out', world().clock.now(), () => {
      throw new Error('no message');
    });
    await expect(ending).rejects.toThrow('no message');
    expect(await world().records.sessions.listOpenSessions(account)).toHaveLength(1);
    await world().records.sessions.endSession('s1', 'log-out', world().clock.now(), (reached) =>
      reached.map(({ sid }) => ({
        kind: 'back-channel-log-out',
        body: `{"sid":"${sid}"}`,
        expiresAt: inMs(minute),
      })),
    );
    expect(await world().records.sessions.listOpenSessions(account)).toEqual([]);
    expect(
      await world().records.outbox.claimDue('back-channel-log-out', world().clock.now(), 5, inMs(minute)),
    ).toMatchObject([{ kind: 'back-channel-log-out', body: '{"sid":"sid-csm"}' }]);
  });

  test('open sessions are those of the account that have not ended, their end passed or not', async () => {
    await world().records.sessions.recordReached(session(), csm);
    await world().records.sessions.recordReached(session({ sessionUid: 's2', endsAt: inMs(minute) }), csm);
    await world().records.sessions.recordReached(
      session({ sessionUid: 's3', accountId: accountId('b') }),
      csm,
    );
    await world().records.sessions.recordReached(session({ sessionUid: 's4' }), csm);
    await world().records.sessions.endSession('s4', 'by-operator', world().clock.now(), () => []);
    await world().clock.advance(2 * minute);
    expect(await world().records.sessions.listOpenSessions(account)).toEqual([
      { sessionUid: 's1', accountId: account, startedAt: inMs(-2 * minute), endsAt: inMs(8 * minute) },
      { sessionUid: 's2', accountId: account, startedAt: inMs(-2 * minute), endsAt: inMs(-minute) },
    ]);
  });

  test('expired sessions come longest expired first, without those that ended or were extended', async () => {
    const uids = async (limit = 10) =>
      (await world().records.sessions.listExpired(world().clock.now(), limit)).map(
        ({ sessionUid }) => sessionUid,
      );
    for (const [sessionUid, minutes] of Object.entries({ s1: 4, s2: 2, s3: 3, s4: 5, s5: 9, s6: 1 }))
      await world().records.sessions.recordReached(
        session({ sessionUid, endsAt: inMs(minutes * minute) }),
        csm,
      );
    await world().clock.advance(5 * minute);
    await world().records.sessions.endSession('s6', 'expired', world().clock.now(), () => []);
    expect(await uids()).toEqual(['s2', 's3', 's1', 's4']);
    expect(await uids(2)).toEqual(['s2', 's3']);
    await world().records.sessions.extendSession('s3', inMs(minute));
    await world().records.sessions.extendSession('s6', inMs(minute));
    expect(await uids()).toEqual(['s2', 's1', 's4']);
    await world().clock.advance(minute);
    expect(await uids()).toEqual(['s2', 's1', 's4', 's3']);
  });

  test('recording again moves the end', async () => {
    const first = session();
    await world().records.sessions.recordReached(first, csm);
    await world().records.sessions.recordReached({ ...first, endsAt: inMs(20 * minute) }, csm);
    await world().clock.advance(15 * minute);
    expect(await world().records.sessions.listOpenSessions(account)).toMatchObject([
      { endsAt: inMs(5 * minute) },
    ]);
  });

  test('a session is open before it has reached anybody, and keeps whom it reached', async () => {
    await world().records.sessions.recordSession(session());
    expect(await world().records.sessions.listOpenSessions(account)).toEqual([session()]);
    await world().records.sessions.recordReached(session(), csm);
    await world().records.sessions.recordSession(session({ endsAt: inMs(20 * minute) }));
    expect(await world().records.sessions.listOpenSessions(account)).toMatchObject([
      { endsAt: inMs(20 * minute) },
    ]);
    await world().clock.advance(5 * second);
    const end = () => world().records.sessions.endSession('s1', 'log-out', world().clock.now(), () => []);
    expect(await end()).toEqual([csm]);
    await expect(
      world().records.sessions.recordSession(session({ startedAt: inMs(-5 * second) })),
    ).rejects.toMatchObject({ code: 'changed-meanwhile' });
  });

  test('nothing is reached by a session that has been logged out', async () => {
    const first = session();
    await world().records.sessions.recordReached(first, csm);
    await world().clock.advance(5 * second);
    await world().records.sessions.endSession('s1', 'log-out', world().clock.now(), () => []);
    await expect(world().records.sessions.recordReached(first, fms)).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    expect(await world().records.sessions.listOpenSessions(account)).toEqual([]);
  });

  test('a later login under the same uid, and one that had only expired, begin with no clients', async () => {
    const first = session();
    await world().records.sessions.recordReached(first, csm);
    await world().clock.advance(5 * second);
    await world().records.sessions.endSession('s1', 'replaced', world().clock.now(), () => []);
    await world().records.sessions.recordReached(session({ accountId: accountId('b') }), fms);
    await world().clock.advance(5 * second);
    expect(await world().records.sessions.endSession('s1', 'expired', world().clock.now(), () => [])).toEqual(
      [fms],
    );
    await world().records.sessions.recordReached(session({ startedAt: first.startedAt }), csm);
    expect(await world().records.sessions.endSession('s1', 'log-out', world().clock.now(), () => [])).toEqual(
      [csm],
    );
  });

  test('lists the open sessions that have reached a client, a page at a time', async () => {
    const { sessions } = world().records;
    for (const sessionUid of ['s3', 's1', 's2', 's4']) {
      await sessions.recordReached(session({ sessionUid }), { clientId: 'csm', sid: `${sessionUid}-a` });
      await sessions.recordReached(session({ sessionUid }), { clientId: 'csm', sid: `${sessionUid}-b` });
      await sessions.recordReached(session({ sessionUid }), fms);
    }
    await sessions.recordReached(session({ sessionUid: 's0' }), fms);
    await sessions.endSession('s2', 'log-out', inMs(0), () => []);
    const uids = async (after?: string) =>
      (await sessions.listReaching('csm', after, 2)).map(({ sessionUid }) => sessionUid);
    expect(await uids()).toEqual(['s1', 's3']);
    expect(await uids('s3')).toEqual(['s4']);
    expect(await uids('s4')).toEqual([]);
  });

  test('leaving a client gives its message once and leaves the session and its others', async () => {
    const { sessions, outbox } = world().records;
    await sessions.recordReached(session(), csm);
    await sessions.recordReached(session(), { ...csm, sid: 'sid-csm-2' });
    await sessions.recordReached(session(), fms);
    const leave = (clientId: string) =>
      sessions.leaveClient('s1', clientId, (left) =>
        left.map(({ sid }) => ({ kind: 'back-channel-log-out', body: sid, expiresAt: inMs(minute) })),
      );
    for (const clientId of ['csm', 'csm', 'unknown']) await leave(clientId);
    expect(await sessions.listReached('s1')).toEqual([fms]);
    expect(await sessions.listOpenSessions(account)).toHaveLength(1);
    const told = await outbox.claimDue('back-channel-log-out', world().clock.now(), 9, inMs(minute));
    expect(told.map(({ body }) => body).toSorted()).toEqual(['sid-csm', 'sid-csm-2']);
    expect(await sessions.endSession('s1', 'log-out', world().clock.now(), () => [])).toEqual([fms]);
    await leave('fms');
    expect(await outbox.claimDue('back-channel-log-out', world().clock.now(), 9, inMs(minute))).toEqual([]);
    expect(await sessions.listReached('unknown')).toEqual([]);
  });

  test('a client is left together with its messages, or not at all', async () => {
    const { sessions } = world().records;
    await sessions.recordReached(session(), csm);
    const leaving = sessions.leaveClient('s1', 'csm', () => {
      throw new Error('no message');
    });
    await expect(leaving).rejects.toThrow('no message');
    expect(await sessions.listReached('s1')).toEqual([csm]);
  });
}
