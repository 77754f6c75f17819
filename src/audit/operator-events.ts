/** Audit events of what operators do on their pages. */
import type { AuditContext, AuditEvent } from '#domain/audit-store.ts';
import { auditEvent, type AuditedAccount } from './event-parts.ts';

/** Somebody who is logged in asked for a page of the operators and may not. */
export function operationRefused(
  context: AuditContext,
  facts: { readonly account: AuditedAccount; readonly reason: string; readonly route?: string | undefined },
): AuditEvent {
  const { account, reason, route } = facts;
  return auditEvent(context, {
    action: 'operation.enter',
    outcome: 'refused',
    reason,
    account,
    evidence: { route },
  });
}

/** An operator had a message of the outbox sent again, or took it out for a stated reason. */
export function outboxMessageHandled(
  context: AuditContext,
  facts: {
    readonly verb: 'retry' | 'drop';
    readonly message: string;
    readonly kind: string;
    readonly reason?: string | undefined;
  },
): AuditEvent {
  const { verb, message, kind, reason } = facts;
  return auditEvent(context, {
    action: `outbox.${verb}`,
    outcome: 'done',
    evidence: { message, kind, why: reason },
  });
}

/** An operator had every CRL fetched anew; how that ended, the sources themselves tell. */
export function revocationRefreshed(context: AuditContext, facts: { readonly sources: number }): AuditEvent {
  const evidence = { sources: facts.sources.toString() };
  return auditEvent(context, { action: 'revocation.refresh', outcome: 'done', evidence });
}

/** An operator had a national ID resolved to search the trail by its account. The number itself is not recorded. */
export function auditPersonSearched(
  context: AuditContext,
  facts: { readonly field: 'person' | 'actor'; readonly account: AuditedAccount | undefined },
): AuditEvent {
  const { field, account } = facts;
  return auditEvent(context, {
    action: 'audit.search',
    outcome: 'done',
    account,
    evidence: { field, found: account ? 'yes' : 'no' },
  });
}

/** An operator looked at one entry of the trail with its personal fields. */
export function auditEntryShown(context: AuditContext, sequence: number): AuditEvent {
  return auditEvent(context, {
    action: 'audit.show',
    outcome: 'done',
    evidence: { sequence: sequence.toString() },
  });
}

/** An operator took entries of the trail out of the program. */
export function auditExported(
  context: AuditContext,
  facts: {
    readonly format: string;
    readonly criteria: Readonly<Record<string, string | undefined>>;
    /** Last entry that the export may hold. */
    readonly upTo: number;
    /** How many have left; before the first one, nothing. */
    readonly left?: Readonly<Record<string, string>>;
  },
): AuditEvent {
  const { format, criteria, upTo, left } = facts;
  return auditEvent(context, {
    action: 'audit.export',
    outcome: 'done',
    evidence: { format, upTo: upTo.toString(), ...criteria, ...left },
  });
}
