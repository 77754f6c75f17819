/** Audit events of imports of accounts; each account brought in or undone has its own beside them. */
import type { AuditContext, AuditEvent } from '#domain/audit-store.ts';
import { auditEvent } from './event-parts.ts';

export interface ImportFactsOfTrail {
  /** Id of the job. */
  readonly job: string;
  readonly form?: string | undefined;
  /** Counts by what became of the lines, and the like: nothing of a person. */
  readonly evidence?: Readonly<Record<string, string | undefined>> | undefined;
}

const done = (context: AuditContext, action: string, { job, form, evidence }: ImportFactsOfTrail) =>
  auditEvent(context, { action, outcome: 'done', form, evidence: { job, ...evidence } });

/** A file was handed in (公務員註冊檔案上傳). */
export function importReceived(context: AuditContext, facts: ImportFactsOfTrail): AuditEvent {
  return done(context, 'account-import.receive', facts);
}

export function importChecked(context: AuditContext, facts: ImportFactsOfTrail): AuditEvent {
  return done(context, 'account-import.check', facts);
}

/** Bringing in what is right was ordered (公務員註冊檔案轉入). */
export function importOrdered(context: AuditContext, facts: ImportFactsOfTrail): AuditEvent {
  return done(context, 'account-import.order', facts);
}

/** Cancelling was ordered; what has been brought in by then stays. */
export function importCancelled(context: AuditContext, facts: ImportFactsOfTrail): AuditEvent {
  return done(context, 'account-import.cancel', facts);
}

/** It ended: all brought in, cancelled, or stopped since the one who ordered it may not any more. */
export function importEnded(
  context: AuditContext,
  facts: ImportFactsOfTrail & { readonly ending: string },
): AuditEvent {
  return done(context, 'account-import.end', {
    ...facts,
    evidence: { ending: facts.ending, ...facts.evidence },
  });
}

/** Undoing was ordered. */
export function importUndone(context: AuditContext, facts: ImportFactsOfTrail): AuditEvent {
  return done(context, 'account-import.undo', facts);
}

/** A file with what was brought in, or with what is faulty, left the house. */
export function importTakenOut(context: AuditContext, facts: ImportFactsOfTrail): AuditEvent {
  return done(context, 'account-import.export', facts);
}
