/**
 * Somebody says of an entry of their own log that it was not them (這不是我). Order: the entry is theirs and there is
 * something to say of it → once an entry, so often a day → intent in the trail → password and one-day password → mailed
 * code → other sessions → mails → outcome. Broken off anywhere it can be reported again, and is then done whole.
 */
import { misuseReported, misuseReportRefused, passwordClosed } from '#audit/misuse-events.ts';
import { oneDayPasswordWithdrawn } from '#audit/management-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Account, AccountId } from '#domain/account.ts';
import type { AccountTrail, AccountTrailEntry } from '#domain/account-trail.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import { dayOf, endOfDay } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountChange, AccountDirectory, ManagerDirectory } from '#domain/directory.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import type { Notices } from '#domain/notices.ts';
import type { CounterStore, OneTimeStore } from '#domain/protocol-store.ts';
import type { SessionEnding } from '#domain/records.ts';
import { auditedChange } from './audited-change.ts';
import type { WithdrawCode } from './management/set-status.ts';
import {
  isReportable,
  misuseConsequences,
  type MisuseConsequences,
  type MisusePolicy,
} from './misuse-rules.ts';
import { ownActor } from './own-actor.ts';

export type MisuseVerdict =
  | { readonly ok: true; readonly entry: AccountTrailEntry; readonly consequences: MisuseConsequences }
  | { readonly ok: false; readonly reason: 'not-found' | 'already' };

export type MisuseOutcome =
  | { readonly ok: true; readonly consequences: MisuseConsequences; readonly sessionsEnded: number }
  | { readonly ok: false; readonly reason: 'not-found' | 'already' | 'too-many' | 'changed-meanwhile' };

/** Ids of the entries that the person has reported, the latest reports alone. */
export type ReportedEntries = (account: Account) => Promise<ReadonlySet<string>>;

export interface MisuseReports {
  readonly reportedEntries: ReportedEntries;
  /** What a report of the entry would do. */
  judge(account: Account, entryId: string): Promise<MisuseVerdict>;
  /** `exceptUid` is the session that goes on. Of several callers at once one reports. */
  report(account: Account, entryId: string, exceptUid: string, context: AuditContext): Promise<MisuseOutcome>;
}

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'modifyAccount'>;
  readonly managers: Pick<ManagerDirectory, 'listManagersOver'>;
  readonly trail: AccountTrail;
  readonly audit: Pick<AuditTrail, 'record' | 'intend' | 'settle'>;
  readonly store: Pick<OneTimeStore, 'placeFirst' | 'take'>;
  readonly counters: Pick<CounterStore, 'add'>;
  readonly withdrawCode: WithdrawCode;
  /** Gives how many it has ended. */
  readonly endSessionsOf: (
    accountId: AccountId,
    ending: SessionEnding,
    context: AuditContext,
    exceptUid: string,
  ) => Promise<number>;
  readonly notices: Pick<Notices, 'misuseReported' | 'misuseReportedOf'>;
  readonly clock: Clock;
  readonly policy: MisusePolicy & {
    /** Reports of one person on one day. */
    readonly perDay: number;
    /** Where the help desk reads mail; absent: it is not told by mail. */
    readonly helpDesk?: string;
  };
}

/** A process that dies while it works leaves the entry to be reported again after this. */
const claimMs = 60_000;
/** Reports that are looked back at. */
const mostReports = 200;
/** Managers who are told; more of one unit would not make it safer. */
const mostManagers = 5;
const asking = { kind: 'system', purpose: 'managers' } as const;

export function createMisuseReports(deps: Dependencies): MisuseReports {
  const { trail, audit, store, clock, policy } = deps;

  const reportedEntries: ReportedEntries = async (account) => {
    const { entries } = await trail.list(ownActor(account), account.id, {
      actions: ['account.report-misuse'],
      limit: mostReports,
    });
    const done = entries.filter(({ outcome }) => outcome === 'done');
    return new Set(done.flatMap(({ evidence }) => evidence['entry'] ?? []));
  };

  async function judge(account: Account, entryId: string): Promise<MisuseVerdict> {
    const entry = await trail.findEntry(ownActor(account), account.id, entryId);
    if (!entry || !isReportable(entry, account.id)) return { ok: false, reason: 'not-found' };
    if ((await reportedEntries(account)).has(entry.id)) return { ok: false, reason: 'already' };
    const consequences = misuseConsequences(entry, account, dayOf(clock.now()), policy);
    return { ok: true, entry, consequences };
  }

  async function mayReportToday({ id }: Account): Promise<boolean> {
    const day = dayOf(clock.now());
    const { count } = await deps.counters.add(`misuse-reports:${id}:${day}`, 1, endOfDay(day));
    return count <= policy.perDay;
  }

  /** Throws `changed-meanwhile`. */
  async function closePassword(
    account: Account,
    entry: AccountTrailEntry,
    { closesPassword, withdrawsOneDayPassword }: MisuseConsequences,
    context: AuditContext,
  ): Promise<void> {
    if (!closesPassword && !withdrawsOneDayPassword) return;
    const day = dayOf(clock.now());
    const revision = account.revision + 1;
    const evidence = { entry: entry.id };
    const event = closesPassword
      ? passwordClosed(context, { account, entry, revision, day: withdrawsOneDayPassword ? day : undefined })
      : oneDayPasswordWithdrawn(context, { account, day, revision, evidence });
    const change: AccountChange = {
      ...(closesPassword && { passwordHash: null }),
      ...(withdrawsOneDayPassword && { oneDayPassword: null }),
    };
    await auditedChange(audit, event, () =>
      deps.accounts.modifyAccount(ownActor(account), account.id, account.revision, change),
    );
  }

  async function tell(account: Account, entry: AccountTrailEntry, closesPassword: boolean): Promise<void> {
    await deps.notices.misuseReported(account, entry.time, closesPassword);
    const managers = await deps.managers.listManagersOver(asking, account.scopeOid, mostManagers);
    const addresses = [...managers.map(({ email }) => email), policy.helpDesk];
    // A manager is not told of their own report a second time.
    const others = addresses.filter((address) => address !== undefined && address !== account.contact.email);
    await deps.notices.misuseReportedOf(account, [...new Set(others)] as string[], closesPassword);
  }

  async function carryOut(
    account: Account,
    { entry, consequences }: Extract<MisuseVerdict, { ok: true }>,
    exceptUid: string,
    context: AuditContext,
  ): Promise<MisuseOutcome> {
    const intent = await audit.intend(misuseReported(context, { account, entry, ...consequences }));
    try {
      await closePassword(account, entry, consequences, context);
      await deps.withdrawCode(account.id, dayOf(clock.now()));
      const sessionsEnded = await deps.endSessionsOf(account.id, 'log-out', context, exceptUid);
      await tell(account, entry, consequences.closesPassword);
      const evidence = { entry: entry.id, sessionsEnded: sessionsEnded.toString() };
      await audit.settle(intent, 'done', undefined, { evidence });
      return { ok: true, consequences, sessionsEnded };
    } catch (error) {
      const { code } = isHufuError(error) ? error : new HufuError('store-unavailable', { cause: error });
      await audit.settle(intent, 'failed', code);
      if (code === 'changed-meanwhile') return { ok: false, reason: code };
      throw error;
    }
  }

  return {
    reportedEntries,
    judge,
    async report(account, entryId, exceptUid, context) {
      const verdict = await judge(account, entryId);
      if (!verdict.ok) return verdict;
      const { entry } = verdict;
      const claim = `misuse-report:${account.id}:${entry.id}`;
      const isFirst = await store.placeFirst(claim, '', new Date(clock.now().getTime() + claimMs));
      if (!isFirst) return { ok: false, reason: 'already' };
      try {
        // Somebody else's report of it may have ended between the look and the claim.
        if ((await reportedEntries(account)).has(entry.id)) return { ok: false, reason: 'already' };
        if (!(await mayReportToday(account))) {
          await audit.record(misuseReportRefused(context, { account, entry, reason: 'too-many' }));
          return { ok: false, reason: 'too-many' };
        }
        return await carryOut(account, verdict, exceptUid, context);
      } finally {
        await store.take(claim);
      }
    },
  };
}
