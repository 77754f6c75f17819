/** Audit events of the interface for programs that are not a deed's own. */
import type { AuditContext, AuditEvent } from '#domain/audit-store.ts';
import { auditEvent } from './event-parts.ts';

/** A program's request was refused before any deed was asked, e.g. for a field that there is not. */
export function apiRequestRefused(
  context: AuditContext,
  facts: { readonly reason: string; readonly route: string },
): AuditEvent {
  const { reason, route } = facts;
  return auditEvent(context, { action: 'api.request', outcome: 'refused', reason, evidence: { route } });
}
