/** Audit events of the device flow. */
import type { AuditContext, AuditEvent } from '#domain/audit-store.ts';
import { auditEvent, type AuditedAccount } from './event-parts.ts';

/** Somebody let a device sign in for them with the scopes told, or it was refused: by the person or, as `refusal` says, by a rule. */
export function deviceAnswered(
  context: AuditContext & { readonly clientId: string },
  facts: { readonly account?: AuditedAccount; readonly scopes?: string; readonly refusal?: string },
): AuditEvent {
  const { account, scopes, refusal } = facts;
  return auditEvent(context, {
    action: refusal === undefined ? 'device.approve' : 'device.refuse',
    outcome: refusal === undefined ? 'done' : 'refused',
    reason: refusal,
    account,
    evidence: { scopes },
  });
}
