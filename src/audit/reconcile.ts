/**
 * Settles what a crash left open: intents in the trail without an outcome. The directory is asked whether the
 * change took place; the rule below decides, and the outcome is recorded like any other. Run at start-up, and again
 * later, since what is younger than a minute is left alone; depends on a lookup, so that the trail knows no directory.
 */
import type { AuditEvent, AuditStore, ChainedEntry } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import { parseEntry, type EntryFields } from './entry.ts';
import { settlingEvent, type AuditTrail, type SettledOutcome } from './trail.ts';

/** What the directory says of an account now; `undefined`: there is none. Throws when it cannot say. */
export type RevisionLookup = (accountId: string) => Promise<{ readonly revision: number } | undefined>;

export interface ReconcileDeps {
  readonly store: Pick<AuditStore, 'openIntents'>;
  readonly trail: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
  readonly lookup: RevisionLookup;
  /** Whether this process is to settle the intent: true for one of several that look at the same moment. */
  readonly claim: (intentId: string) => Promise<boolean>;
  readonly log: Log;
}

export interface Settlement {
  readonly outcome: SettledOutcome;
  readonly reason: 'carried-out' | 'not-carried-out' | 'account-gone' | 'not-decidable';
}

/** Younger intents may still be under way in this or another process. */
const leastAgeMs = 60_000;

/** Settles every intent that can be judged now and gives their number; the others stay open for the next round. */
export async function reconcileIntents(deps: ReconcileDeps): Promise<number> {
  const { store, trail, clock, lookup, claim, log } = deps;
  const open = await store.openIntents(new Date(clock.now().getTime() - leastAgeMs));
  let settled = 0;
  for (const entry of open) {
    const intent = parseEntry(entry.entry);
    if (!intent) continue; // altered: verification reports it
    const current =
      intent.onAccount === undefined ? 'unasked' : await find(lookup, intent.onAccount, entry, log);
    if (current === 'no-answer') continue;
    const { outcome, reason } = judgeIntent(intent, current);
    if (!(await claim(intent.id))) continue;
    await trail.record(settlingEvent(eventOf(intent), intent.id, outcome, reason));
    log.warn('audit-intent-reconciled', { intent: intent.id, action: intent.action, outcome, reason });
    settled += 1;
  }
  return settled;
}

async function find(lookup: RevisionLookup, account: string, { index }: ChainedEntry, log: Log) {
  try {
    return await lookup(account);
  } catch (error) {
    log.warn('audit-reconciliation-postponed', { error, intent: index.id });
    return 'no-answer';
  }
}

/**
 * The rule: `evidence.revision` names the revision that the account has once the change is carried out. The
 * directory has got there: done. It has not: failed. An account that is gone was removed by a removal, was never
 * opened by an opening, and otherwise leaves the matter unknown.
 */
export function judgeIntent(
  intent: Pick<EntryFields, 'action' | 'evidence'>,
  current: { readonly revision: number } | undefined | 'unasked',
): Settlement {
  if (current === 'unasked') return { outcome: 'unknown', reason: 'not-decidable' };
  if (intent.action === 'account.remove') {
    return current
      ? { outcome: 'failed', reason: 'not-carried-out' }
      : { outcome: 'done', reason: 'carried-out' };
  }
  if (!current) {
    return intent.action === 'account.open'
      ? { outcome: 'failed', reason: 'not-carried-out' }
      : { outcome: 'unknown', reason: 'account-gone' };
  }
  const intended = Number(intent.evidence['revision']);
  if (!Number.isSafeInteger(intended) || intended < 1) return { outcome: 'unknown', reason: 'not-decidable' };
  return intended <= current.revision
    ? { outcome: 'done', reason: 'carried-out' }
    : { outcome: 'failed', reason: 'not-carried-out' };
}

function eventOf(intent: EntryFields): AuditEvent {
  const { id: _id, sequence: _sequence, time: _time, prev: _prev, personal: _digests, ...fields } = intent;
  return { ...fields, outcome: 'intended' };
}
