/** Audit events of the registration service that are not about an account. */
import type { AuditContext, AuditEvent } from '#domain/audit-store.ts';
import { auditEvent, type AuditedAccount } from './event-parts.ts';

/** Somebody who is logged in asked for a page of the registration service and may not. */
export function registryRefused(
  context: AuditContext,
  facts: { readonly account: AuditedAccount; readonly reason: string; readonly route?: string | undefined },
): AuditEvent {
  const { account, reason, route } = facts;
  return auditEvent(context, {
    action: 'registry.enter',
    outcome: 'refused',
    reason,
    account,
    evidence: { route },
  });
}
