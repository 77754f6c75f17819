/** What an answer that takes long asks again: whether whoever it is for still may. */
import type { ParameterizedContext } from 'koa';
import { expect, test } from 'vitest';
import type { Account } from '#domain/account.ts';
import type { OfficeSession } from '#http/office-session.ts';
import { managing, requireOffice, type RegistryState } from '#registry/registry-session.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';

const manager = sampleAccount({ office: 'manager', categories: ['csm'] });
const session: OfficeSession = { uid: 's', accountId: manager.id, level: 3, loggedInAt: new Date(0) };

async function enter() {
  const now: { account: Account | undefined; session: OfficeSession | undefined } = {
    account: manager,
    session,
  };
  const extended: boolean[] = [];
  const guard = requireOffice(
    {
      hasCardLogin: true,
      requirement: 'certificate',
      sessions: {
        async findSession(_exchange, { extend = false } = {}) {
          extended.push(extend);
          return now.session;
        },
      },
      accounts: { findAccount: async () => now.account },
      noteRefusal: async () => undefined,
    },
    managing,
  );
  const ctx = { state: {} } as ParameterizedContext<RegistryState>;
  await guard(ctx, async () => undefined);
  return { now, extended, stillMay: ctx.state.stillMay };
}

test('whoever is as they were still may, which is no activity of theirs', async () => {
  const { stillMay, extended } = await enter();
  expect(await stillMay()).toBe(true);
  expect(extended).toEqual([true, false]);
});

test.each<[string, Partial<Account> | undefined]>([
  ['is disabled', { status: 'disabled' }],
  ['has lost the office', { office: 'general' }],
  ['has another office', { office: 'programme-officer' }],
  ['has another jurisdiction', { jurisdictionOid: manager.scopeOid }],
  ['has fewer categories', { categories: [] }],
  ['is deleted', undefined],
])('whoever %s may no more', async (_, change) => {
  const { now, stillMay } = await enter();
  now.account = change && { ...manager, ...change };
  expect(await stillMay()).toBe(false);
});

test.each<[string, OfficeSession | undefined]>([
  ['has ended', undefined],
  ['is a weaker one', { ...session, level: 2 }],
])('whoever’s session %s may no more', async (_, changed) => {
  const { now, stillMay } = await enter();
  now.session = changed;
  expect(await stillMay()).toBe(false);
});
