/** Audit events about relying parties and what they may do here. */
import type { AuditContext, AuditEvent } from '#domain/audit-store.ts';
import { auditEvent } from './event-parts.ts';

/** A relying party registered itself with the initial access token (RFC 7591). No secret is recorded. */
export function relyingPartyRegistered(
  context: AuditContext,
  facts: {
    readonly name: string;
    readonly redirectUris: readonly string[];
    readonly scopes: readonly string[];
  },
): AuditEvent {
  return auditEvent(context, {
    action: 'relying-party.register',
    outcome: 'done',
    evidence: {
      name: facts.name,
      redirectUris: facts.redirectUris.join(' '),
      scopes: facts.scopes.join(' '),
    },
  });
}
