/** An import of accounts as its pages and its phases see it. */
import type { PersonActor } from '#domain/actor.ts';
import type { Account } from '#domain/account.ts';
import { dayOf, type Day } from '#domain/calendar.ts';
import type { ImportJob } from '#domain/import-jobs.ts';
import type { Warrant } from '../warrant.ts';

/** What the job keeps of how it was ordered. */
export interface ImportOrder extends Warrant {
  readonly fileName: string;
  /** How the file was read: a text encoding, or `workbook`. */
  readonly encoding: string;
  /** What the owner might do when the file was handed in; with anything else the job does not go on. */
  readonly authority: string;
  readonly requestId: string;
  /** Day on which bringing in was ordered; undone on that day alone. */
  readonly day?: Day;
}

export function orderOf({ facts }: Pick<ImportJob, 'facts'>): ImportOrder {
  const { fileName = '', encoding = '', form = '', reason = '', authority = '', requestId = '' } = facts;
  const { day } = facts;
  return {
    fileName,
    encoding,
    form,
    reason,
    authority,
    requestId,
    ...(day !== undefined && { day: day as Day }),
  };
}

/** Office, jurisdiction and categories in one text, to be compared. */
export function authorityOf({
  office,
  scopeOid,
  categories,
}: Pick<PersonActor, 'office' | 'scopeOid' | 'categories'>): string {
  return [office, scopeOid, ...[...categories].sort()].join(' ');
}

/**
 * The owner acting through their job, which they ordered in a session that may manage; undefined when they may not any
 * more, or other than when they ordered it.
 */
export function standingActor(account: Account | undefined, order: ImportOrder): PersonActor | undefined {
  if (account?.status !== 'enabled' || account.office === 'general') return undefined;
  const { id, office, jurisdictionOid, categories } = account;
  const actor = {
    kind: 'person',
    id,
    office,
    scopeOid: jurisdictionOid,
    categories,
    meets: 'certificate',
  } as const;
  return authorityOf(actor) === order.authority ? actor : undefined;
}

/** Whether what was brought in may still be undone: on the same day, and once. */
export function isUndoable(job: Pick<ImportJob, 'state' | 'ending' | 'facts'>, now: Date): boolean {
  return job.state === 'ended' && job.ending !== 'undone' && orderOf(job).day === dayOf(now);
}
