import { describe, expect, test } from 'vitest';
import { judgeIntent, reconcileIntents, type RevisionLookup } from '#audit/reconcile.ts';
import { createAuditTrail } from '#audit/trail.ts';
import { HufuError } from '#domain/errors.ts';
import { auditEventOf, createMemoryAuditStore } from '#test/support/audit-world.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';

describe('the rule', () => {
  const change = (revision?: string) => ({
    action: 'password.change',
    evidence: revision === undefined ? {} : { revision },
  });
  test.each([
    ['the directory has the revision', change('4'), { revision: 4 }, 'done', 'carried-out'],
    ['the directory is beyond it', change('4'), { revision: 5 }, 'done', 'carried-out'],
    ['the directory has not got there', change('4'), { revision: 3 }, 'failed', 'not-carried-out'],
    ['the intent names no revision', change(), { revision: 3 }, 'unknown', 'not-decidable'],
    ['the intent names rubbish', change('4x'), { revision: 9 }, 'unknown', 'not-decidable'],
    ['the account is gone since', change('4'), undefined, 'unknown', 'account-gone'],
    ['no account is concerned', change('4'), 'unasked', 'unknown', 'not-decidable'],
    [
      'an opened account is there',
      { action: 'account.open', evidence: { revision: '1' } },
      { revision: 1 },
      'done',
      'carried-out',
    ],
    [
      'an account was not opened',
      { action: 'account.open', evidence: { revision: '1' } },
      undefined,
      'failed',
      'not-carried-out',
    ],
    [
      'a removed account is gone',
      { action: 'account.remove', evidence: {} },
      undefined,
      'done',
      'carried-out',
    ],
    [
      'a removed account is there',
      { action: 'account.remove', evidence: {} },
      { revision: 9 },
      'failed',
      'not-carried-out',
    ],
  ] as const)('%s', (_, intent, current, outcome, reason) => {
    expect(judgeIntent(intent, current)).toEqual({ outcome, reason });
  });
});

function createWorld() {
  const store = createMemoryAuditStore();
  const clock = createSetClock();
  const log = createKeptLog();
  const trailOf = () => createAuditTrail({ store, clock, random: realRandom, log });
  const claimed = new Set<string>();
  const claim = async (id: string) => !claimed.has(id) && claimed.add(id) === claimed;
  const reconcile = (lookup: RevisionLookup) =>
    reconcileIntents({ store, trail: trailOf(), clock, lookup, claim, log });
  return { store, clock, log, trail: trailOf(), reconcile };
}

const intent = auditEventOf({
  action: 'account.activate',
  onAccount: 'a',
  form: 'F',
  evidence: { revision: '2' },
});

test('an intent left open by a crash is settled once, and the outcome says how it was found', async () => {
  const { store, clock, trail, reconcile } = createWorld();
  const id = await trail.intend(intent);
  await clock.advance(60_001);
  expect(await reconcile(async () => ({ revision: 2 }))).toBe(1);
  expect(await reconcile(async () => ({ revision: 2 }))).toBe(0);
  expect(JSON.parse(store.entries[1]?.entry ?? '')).toMatchObject({
    action: 'account.activate',
    outcome: 'done',
    reason: 'carried-out',
    settles: id,
    onAccount: 'a',
    form: 'F',
  });
});

test('two processes that find the same open intent settle it once', async () => {
  const { clock, trail, reconcile } = createWorld();
  await trail.intend(intent);
  await clock.advance(60_001);
  const lookup = async () => ({ revision: 2 });
  expect((await Promise.all([reconcile(lookup), reconcile(lookup)])).toSorted()).toEqual([0, 1]);
});

test('a young intent is left alone: it may be under way', async () => {
  const { clock, trail, reconcile } = createWorld();
  await trail.intend(intent);
  await clock.advance(60_000);
  expect(await reconcile(async () => ({ revision: 2 }))).toBe(0);
});

test('while the directory does not answer the intent stays open', async () => {
  const { clock, trail, reconcile, log } = createWorld();
  await trail.intend(intent);
  await clock.advance(60_001);
  const down = async () => {
    throw new HufuError('directory-unavailable');
  };
  expect(await reconcile(down)).toBe(0);
  expect(log.lines).toMatchObject([{ event: 'audit-reconciliation-postponed' }]);
  expect(await reconcile(async () => ({ revision: 1 }))).toBe(1);
});
