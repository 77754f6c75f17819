/** Audit events of somebody saying that an entry of their log was not them (這不是我), and of what follows. */
import type { AuditContext, AuditEvent } from '#domain/audit-store.ts';
import { auditEvent, type AuditedAccount } from './event-parts.ts';

/** The entry that is reported, as the trail has it. */
export interface ReportedEntry {
  readonly id: string;
  readonly sequence: number;
  readonly action: string;
}

interface ReportFacts {
  readonly account: AuditedAccount;
  readonly entry: ReportedEntry;
}

/** The person reported an entry; to be settled once everything that follows is done. */
export function misuseReported(
  context: AuditContext,
  facts: ReportFacts & { readonly closesPassword: boolean; readonly withdrawsOneDayPassword: boolean },
): AuditEvent {
  const { account, entry, closesPassword, withdrawsOneDayPassword } = facts;
  const evidence = {
    ...entryEvidence(entry),
    closesPassword: closesPassword ? 'yes' : 'no',
    withdrawsOneDayPassword: withdrawsOneDayPassword ? 'yes' : 'no',
  };
  return auditEvent(context, { action: 'account.report-misuse', outcome: 'done', account, evidence });
}

/** A report was not taken. */
export function misuseReportRefused(
  context: AuditContext,
  facts: ReportFacts & { readonly reason: 'too-many' },
): AuditEvent {
  const { account, entry, reason } = facts;
  const evidence = entryEvidence(entry);
  return auditEvent(context, {
    action: 'account.report-misuse',
    outcome: 'refused',
    reason,
    account,
    evidence,
  });
}

/** A password that somebody else knows stopped working, a one-day password of `day` with it where one was enabled. */
export function passwordClosed(
  context: AuditContext,
  facts: ReportFacts & { readonly revision: number; readonly day: string | undefined },
): AuditEvent {
  const { account, entry, revision, day } = facts;
  return auditEvent(context, {
    action: 'password.close',
    outcome: 'done',
    account,
    evidence: { ...entryEvidence(entry), revision: revision.toString(), day },
  });
}

function entryEvidence({ id, sequence, action }: ReportedEntry): Record<string, string> {
  return { entry: id, entrySequence: sequence.toString(), entryAction: action };
}
