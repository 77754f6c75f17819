import type { ParameterizedContext } from 'koa';
import { expect, test } from 'vitest';
import type { SessionEnding } from '#domain/records.ts';
import { requireOperator } from '#src/operators/operator-session.ts';
import { requireSession } from '#portal/session/portal-session.ts';
import { createMemoryAccounts, sampleAccount } from '#test/support/memory/accounts.ts';

const loggedInAt = new Date('2026-05-04T01:00:00Z');
const account = sampleAccount({ office: 'programme-officer' });

/** Whether somebody whose account was activated so many ms after the login is let through. */
async function visit(activatedAfter: number) {
  const activatedAt = new Date(loggedInAt.getTime() + activatedAfter);
  const endings: SessionEnding[] = [];
  const sessions = {
    findSession: async () => ({ uid: 'u', accountId: account.id, level: 3 as const, loggedInAt }),
    endSession: async (_ctx: unknown, ending: SessionEnding) => endings.push(ending),
  };
  const accounts = createMemoryAccounts({ ...account, activatedAt });
  let passed = 0;
  const next = async () => (passed += 1);
  const ctx = { state: {}, redirect: () => undefined } as unknown as ParameterizedContext;
  await requireSession({ sessions, accounts, issuer: 'https://hub.example' })(ctx as never, next);
  const operator = requireOperator({
    sessions,
    accounts,
    requirement: 'second-factor',
    hasCardLogin: true,
    noteRefusal: async () => undefined,
  });
  const refusal = await operator(ctx as never, next).catch((error: unknown) => error);
  return { passed, endings, refusal };
}

test('a session of the same second as the activation, or later, goes on', async () => {
  expect(await visit(999)).toMatchObject({ passed: 2, endings: [] });
  expect(await visit(-1)).toMatchObject({ passed: 2, endings: [] });
});

test('a session from before the account was activated anew ends, and shows no operators’ page', async () => {
  expect(await visit(1000)).toMatchObject({
    passed: 0,
    endings: ['account-disabled'],
    refusal: { code: 'not-found' },
  });
});
