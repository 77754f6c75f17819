/** What became of one account, by the audit trail: who, when, what, on which form. Fields that tell of a person stay out. */
import type { AccountId } from '#domain/account.ts';
import type { Oid } from '#domain/oid.ts';
import { findMessage, type MessageKey } from '#pages/messages/catalogue.ts';
import type { HistoryLine } from './account-model.ts';

/** An entry of the trail about an account. */
export interface TrailEntry {
  readonly sequence: number;
  readonly id: string;
  readonly time: Date;
  readonly action: string;
  readonly outcome: string;
  readonly actor: string;
  readonly reason?: string;
  readonly form?: string;
  /** Id of the entry of outcome `intended` that this one settles; the facts are in that one. */
  readonly settles?: string;
  readonly evidence: Readonly<Record<string, string>>;
}

export interface AccountHistory {
  /** Newest first, those before `before` alone; of units under `underOid` alone. */
  read(
    accountId: AccountId,
    underOid: Oid | undefined,
    before: number | undefined,
    limit: number,
  ): Promise<readonly TrailEntry[]>;
}

type Line = Omit<HistoryLine, 'by'> & { readonly actor: string };

/**
 * At most `limit` lines of `entries`, an intent and its outcome as one. On a further page an intent without its outcome was
 * shown on the page before.
 */
export function historyLines(
  entries: readonly TrailEntry[],
  limit: number,
  isFirst: boolean,
): { readonly lines: readonly Line[]; readonly older?: number } {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const settled = new Set(entries.map(({ settles }) => settles));
  const whole = entries.filter(({ id, outcome }) => outcome !== 'intended' || (isFirst && !settled.has(id)));
  const shown = whole.slice(0, limit);
  const last = shown.at(-1);
  const isMore = whole.length > limit || entries.length === 2 * limit;
  return {
    lines: shown.map((entry) => lineOf(entry, byId.get(entry.settles ?? ''))),
    ...(isMore && last && { older: last.sequence }),
  };
}

const fieldLabels: Readonly<Record<string, MessageKey>> = {
  status: 'registry.search.column.status',
  roles: 'registry.roles',
  office: 'registry.office.field',
  jurisdictionOid: 'registry.open.jurisdictionOid',
  categories: 'registry.managers.categories',
};

function lineOf(entry: TrailEntry, intent: TrailEntry | undefined): Line {
  const evidence = { ...intent?.evidence, ...entry.evidence };
  const words = `registry.history.action.${entry.action}`;
  const { reason, form } = entry;
  const { fields, reason: why } = evidence;
  return {
    time: entry.time,
    action: entry.action,
    ...(findMessage(words) && { words: words as MessageKey }),
    outcome: outcomeOf(entry.outcome),
    actor: entry.actor,
    ...(reason !== undefined && { reason }),
    ...(form !== undefined && { form }),
    ...(why !== undefined && { why }),
    changes: Object.entries(fieldLabels).flatMap(([field, label]) => {
      const [before, after] = [evidence[`before.${field}`], evidence[`after.${field}`]];
      if (before === undefined && after === undefined) return [];
      return [{ label, before: before ?? '', after: after ?? '' }];
    }),
    ...(fields !== undefined && { fields }),
  };
}

function outcomeOf(text: string): HistoryLine['outcome'] {
  return text === 'done' || text === 'failed' || text === 'refused' || text === 'intended' ? text : 'unknown';
}
