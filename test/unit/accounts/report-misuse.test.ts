import { expect, test } from 'vitest';
import { createMisuseReports } from '#accounts/report-misuse.ts';
import { createAccountTrail } from '#audit/account-trail.ts';
import { createAuditTrail } from '#audit/trail.ts';
import type { Account } from '#domain/account.ts';
import { HufuError } from '#domain/errors.ts';
import { auditEventOf, createMemoryAuditStore } from '#test/support/audit-world.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { sampleAccount, sampleId } from '#test/support/memory/accounts.ts';
import { createMemoryCounters } from '#test/support/memory/counters.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';

const context = { actor: `person:${sampleId('a')}` };

async function world(more: { readonly perDay?: number; readonly failing?: string } = {}) {
  const clock = createSetClock();
  const store = createMemoryAuditStore();
  const audit = createAuditTrail({ store, clock, random: realRandom, log: createKeptLog() });
  const account = sampleAccount();
  const done: string[] = [];
  const claims = new Set<string>();
  let failing = more.failing;
  const step = (name: string) => {
    if (failing === name) throw new HufuError(name === 'modify' ? 'changed-meanwhile' : 'store-unavailable');
    done.push(name);
  };
  const reports = createMisuseReports({
    accounts: { modifyAccount: async (_actor, _id, revision) => (step('modify'), revision + 1) },
    managers: {
      listManagersOver: async () => [
        { name: '甲', agency: '乙', email: 'm@example.test', categories: [] },
        { name: '丙', agency: '乙', categories: [] },
        { name: '丁', agency: '乙', email: account.contact.email ?? '', categories: [] },
      ],
    },
    trail: createAccountTrail(store),
    audit,
    store: {
      placeFirst: async (key) => !claims.has(key) && claims.add(key).has(key),
      take: async (key) => (claims.delete(key) ? '' : undefined),
    },
    counters: createMemoryCounters(clock),
    withdrawCode: async () => step('code'),
    endSessionsOf: async (_id, _ending, _context, except) => (step(`sessions but ${except}`), 2),
    notices: {
      misuseReported: async () => step('mail'),
      misuseReportedOf: async (_account, addresses) => step(`mail ${addresses.join(' ')}`),
    },
    clock,
    policy: { closesPassword: true, perDay: more.perDay ?? 5, helpDesk: 'desk@example.test' },
  });
  const login = (about: Pick<Account, 'id'> = account) =>
    audit.record(
      auditEventOf({
        action: 'login.attempt',
        actor: 'anonymous',
        onAccount: about.id,
        evidence: { method: 'one-day-password' },
      }),
    );
  const report = (id: string) => reports.report(account, id, 'this', context);
  const outcomes = () =>
    store.entries
      .filter(({ index }) => index.action === 'account.report-misuse')
      .map(({ index }) => index.outcome);
  return { account, reports, login, report, done, outcomes, mend: () => (failing = undefined) };
}

const everything = ['modify', 'code', 'sessions but this', 'mail', 'mail m@example.test desk@example.test'];

test('does everything in order, once', async () => {
  const { account, reports, login, report, done, outcomes } = await world();
  const id = await login();
  expect(await report(id)).toEqual({
    ok: true,
    consequences: { closesPassword: true, withdrawsOneDayPassword: false },
    sessionsEnded: 2,
  });
  expect(done).toEqual(everything);
  expect(await report(id)).toEqual({ ok: false, reason: 'already' });
  expect(done).toEqual(everything);
  expect(outcomes()).toEqual(['intended', 'done']);
  expect(await reports.reportedEntries(account)).toEqual(new Set([id]));
});

test.each(['code', 'sessions but this', 'mail'])(
  'broken off at %s it fails, and is done whole when reported again',
  async (failing) => {
    const { login, report, done, outcomes, mend } = await world({ failing });
    const id = await login();
    await expect(report(id)).rejects.toMatchObject({ code: 'store-unavailable' });
    mend();
    done.length = 0;
    expect(await report(id)).toMatchObject({ ok: true });
    expect(done).toEqual(everything);
    expect(outcomes()).toEqual(['intended', 'failed', 'intended', 'done']);
  },
);

test('an account that changed at this very moment is asked for again, before anything else is done', async () => {
  const { login, report, done } = await world({ failing: 'modify' });
  expect(await report(await login())).toEqual({ ok: false, reason: 'changed-meanwhile' });
  expect(done).toEqual([]);
});

test('twenty at once do it once', async () => {
  const { login, report, done } = await world();
  const id = await login();
  const results = await Promise.all(Array.from({ length: 20 }, () => report(id)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(done).toEqual(everything);
});

test('so many a day, the refusal in the trail', async () => {
  const { login, report, outcomes } = await world({ perDay: 1 });
  await report(await login());
  expect(await report(await login())).toEqual({ ok: false, reason: 'too-many' });
  expect(outcomes()).toEqual(['intended', 'done', 'refused']);
});

test('nothing of somebody else’s entry, of one that is none, or of a report', async () => {
  const { reports, account, login, report, done } = await world();
  const theirs = await login({ id: sampleId('b') });
  for (const id of [theirs, 'none']) {
    expect(await report(id)).toEqual({ ok: false, reason: 'not-found' });
    expect(await reports.judge(account, id)).toEqual({ ok: false, reason: 'not-found' });
  }
  expect(done).toEqual([]);
});
