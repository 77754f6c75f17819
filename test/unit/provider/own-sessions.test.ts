import { expect, test } from 'vitest';
import type { AccountId } from '#domain/account.ts';
import { createAcrTable } from '#provider/acr.ts';
import { createOwnSessions, handleOf } from '#provider/own-sessions.ts';
import type { StoredSession } from '#provider/stored-sessions.ts';
import { sampleId } from '#test/support/memory/accounts.ts';
import { createMemorySessionRegister } from '#test/support/memory/session-register.ts';
import { createSetClock } from '#test/support/set-clock.ts';

const me = sampleId('a');
const other = sampleId('b');
const minute = 60_000;
const context = { actor: `person:${me}` };

async function world() {
  const clock = createSetClock();
  const register = createMemorySessionRegister();
  const records = new Map<string, StoredSession>();
  const ended: string[] = [];
  const at = (minutes: number) => new Date(clock.now().getTime() + minutes * minute);
  const open = async (sessionUid: string, accountId: AccountId, started: number, ends: number) => {
    const session = { sessionUid, accountId, startedAt: at(started), endsAt: at(ends) };
    await register.recordReached(session, { clientId: 'csm', sid: `sid-${sessionUid}` });
    records.set(sessionUid, { accountId, endsAt: at(ends), acr: 'two' });
  };
  const own = createOwnSessions({
    sessions: register,
    stored: { findSession: async (uid) => records.get(uid) },
    accountSessions: {
      end: async ({ sessionUid }) => void ended.push(sessionUid),
      endSessionsOf: async (_id, _ending, _context, except) => ended.push(`all but ${except}`),
    },
    acr: createAcrTable({ 1: 'one', 2: 'two', 3: 'three' }),
    limits: { idleSeconds: 30 * 60, absoluteSeconds: 600 * 60 },
    clock,
  });
  await open('mine', me, -60, 20);
  await open('newer', me, -5, 30);
  await open('theirs', other, -5, 30);
  return { own, records, ended, open, at };
}

test('lists one’s own alone, the one that asks first, with strength, activity and what it reached', async () => {
  const { own, at } = await world();
  const [first, second, ...rest] = await own.list(me, 'mine', 10);
  expect(rest).toEqual([]);
  expect(first).toEqual({
    handle: handleOf('mine'),
    startedAt: at(-60),
    endsAt: at(20),
    lastActivityAt: at(-10),
    level: 2,
    clientIds: ['csm'],
    isCurrent: true,
  });
  expect(second).toMatchObject({ handle: handleOf('newer'), isCurrent: false });
  expect(await own.list(me, 'mine', 1)).toHaveLength(1);
});

test('leaves out what has run out, was lost, or carries somebody else by now', async () => {
  const { own, records, at } = await world();
  records.set('newer', { accountId: me, endsAt: at(0), acr: 'two' });
  expect(await own.list(me, 'mine', 10)).toHaveLength(1);
  records.set('newer', { accountId: other, endsAt: at(9), acr: 'two' });
  expect(await own.list(me, 'mine', 10)).toHaveLength(1);
  records.delete('newer');
  expect(await own.list(me, 'mine', 10)).toHaveLength(1);
});

test('says nothing of the last activity once the absolute end is near, nor of a strength out of use', async () => {
  const { own, open, records, at } = await world();
  await open('old', me, -590, 10);
  records.set('old', { accountId: me, endsAt: at(10), acr: 'retired' });
  const old = (await own.list(me, 'mine', 10)).find(({ handle }) => handle === handleOf('old'));
  expect(old).not.toHaveProperty('lastActivityAt');
  expect(old).not.toHaveProperty('level');
});

test('ends one of one’s own by its handle, never the one that asks, never somebody else’s', async () => {
  const { own, ended } = await world();
  for (const handle of [handleOf('theirs'), handleOf('mine'), 'newer', ''])
    expect(await own.end(me, 'mine', handle, context)).toBe(false);
  expect(ended).toEqual([]);
  expect(await own.end(me, 'mine', handleOf('newer'), context)).toBe(true);
  await own.endOthers(me, 'mine', context);
  expect(ended).toEqual(['newer', 'all but mine']);
});
