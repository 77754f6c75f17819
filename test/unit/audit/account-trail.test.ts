import { expect, test } from 'vitest';
import { createAccountTrail } from '#audit/account-trail.ts';
import { createAuditTrail } from '#audit/trail.ts';
import type { Actor } from '#domain/actor.ts';
import { parseAccountId, type AccountId } from '#domain/account.ts';
import { parseOid, type Oid } from '#domain/oid.ts';
import { auditEventOf, createMemoryAuditStore } from '#test/support/audit-world.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';

const idOf = (letter: string): AccountId => {
  const id = parseAccountId(letter.repeat(26));
  if (!id) throw new Error('no account id');
  return id;
};
const oidOf = (text: string): Oid => {
  const oid = parseOid(text);
  if (!oid) throw new Error('no OID');
  return oid;
};
const me = idOf('a');
const other = idOf('b');
const person = (id: AccountId, more: Partial<Extract<Actor, { kind: 'person' }>> = {}): Actor => ({
  kind: 'person',
  id,
  office: 'general',
  scopeOid: oidOf('2.16.1'),
  categories: [],
  meets: 'nothing',
  ...more,
});
const own = person(me);

function world() {
  const store = createMemoryAuditStore();
  const trail = createAuditTrail({
    store,
    clock: createSetClock(),
    random: realRandom,
    log: createKeptLog(),
  });
  const event = (action: string, more: object = {}) =>
    auditEventOf({ action, onAccount: me, unitOid: '2.16.1.5', ...more });
  return { store, trail, event, account: createAccountTrail(store) };
}

test('gives the newest first, a page at a time, each act once', async () => {
  const { trail, event, account } = world();
  await trail.record(event('login.attempt'));
  const intent = await trail.intend(event('password.change', { evidence: { why: 'by-person' } }));
  await trail.settle(intent, 'done');
  await trail.record(event('profile.change'));
  const first = await account.list(own, me, { limit: 2 });
  expect(first.entries.map(({ action, outcome }) => [action, outcome])).toEqual([
    ['profile.change', 'done'],
    ['password.change', 'done'],
  ]);
  expect(first.entries[1]?.evidence).toEqual({ why: 'by-person' });
  const second = await account.list(own, me, { limit: 2, before: first.older ?? 0 });
  expect(second.entries.map(({ action }) => action)).toEqual(['login.attempt']);
  expect(second.older).toBeUndefined();
});

test('an intent that nothing has settled stands alone', async () => {
  const { trail, event, account } = world();
  await trail.intend(event('password.change'));
  const { entries } = await account.list(own, me, { limit: 5 });
  expect(entries.map(({ outcome }) => outcome)).toEqual(['intended']);
});

test('gives the address of the act, also where its intent alone has it, and tells when it was cut', async () => {
  const { store, trail, event, account } = world();
  await trail.settle(
    await trail.intend(event('password.change', { personal: { address: '192.0.2.7' } })),
    'done',
  );
  await trail.record(event('login.attempt', { personal: { address: '192.0.2.8' } }));
  await trail.record(event('session.end'));
  const addresses = async () =>
    (await account.list(own, me, { limit: 5 })).entries.map(({ address }) => address);
  expect(await addresses()).toEqual([undefined, { value: '192.0.2.8' }, { value: '192.0.2.7' }]);
  for (const [at, entry] of store.entries.entries()) store.entries[at] = { ...entry, personal: {} };
  expect(await addresses()).toEqual([undefined, {}, {}]);
});

test('narrows to actions', async () => {
  const { trail, event, account } = world();
  await trail.record(event('login.attempt'));
  await trail.record(event('profile.change'));
  const { entries } = await account.list(own, me, { limit: 5, actions: ['login.attempt'] });
  expect(entries.map(({ action }) => action)).toEqual(['login.attempt']);
});

test("nobody's entries but the actor's own, by list or by id; managers see their subtree alone", async () => {
  const { trail, event, account } = world();
  const mine = await trail.record(event('login.attempt'));
  const stranger = person(other);
  const manager = { office: 'manager', meets: 'certificate' } as const;
  const seen = async (actor: Actor) => [
    (await account.list(actor, me, { limit: 5 })).entries.length,
    (await account.findEntry(actor, me, mine))?.id,
  ];
  expect(await seen(own)).toEqual([1, mine]);
  expect(await seen(stranger)).toEqual([0, undefined]);
  expect(await seen(person(other, manager))).toEqual([1, mine]);
  expect(await seen(person(other, { ...manager, meets: 'second-factor' }))).toEqual([0, undefined]);
  expect(await seen(person(other, { ...manager, scopeOid: oidOf('2.16.11') }))).toEqual([0, undefined]);
  // The id of an entry about me, asked for as one about somebody else.
  expect(await account.findEntry(stranger, other, mine)).toBeUndefined();
});
