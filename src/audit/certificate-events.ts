/** Audit events of certificates bound to accounts. A name that differs tells of a person and goes apart. */
import type { AuditContext, AuditEvent } from '#domain/audit-store.ts';
import { auditEvent, type AuditedAccount, type FieldChange } from './event-parts.ts';

interface CertificateFacts {
  readonly account: AuditedAccount;
  /** Fingerprint, keys of the path, revocation evidence, challenge: what the act rests on. */
  readonly evidence: Readonly<Record<string, string | undefined>>;
}

interface CertificateChangeFacts extends CertificateFacts {
  readonly revision: number;
}

/** The person registered a certificate (自然人憑證註冊); `evidence.replaced` names those that it takes the place of. */
export function certificateRegistered(context: AuditContext, facts: CertificateChangeFacts): AuditEvent {
  return changed(context, 'certificate.register', facts);
}

/** The person took a certificate away. */
export function certificateRemoved(context: AuditContext, facts: CertificateChangeFacts): AuditEvent {
  return changed(context, 'certificate.remove', facts);
}

/** A certificate was not registered: refused by the verdict on it, or by the rule for the account. */
export function certificateRegistrationRefused(
  context: AuditContext,
  facts: CertificateFacts & { readonly reason: string; readonly name?: FieldChange },
): AuditEvent {
  const { account, evidence, reason, name } = facts;
  return auditEvent(context, {
    action: 'certificate.register',
    outcome: 'refused',
    reason,
    account,
    evidence,
    ...(name && { changes: { personal: { name } } }),
  });
}

/** A certificate was not taken away. */
export function certificateRemovalRefused(
  context: AuditContext,
  facts: CertificateFacts & { readonly reason: string },
): AuditEvent {
  const { account, evidence, reason } = facts;
  return auditEvent(context, { action: 'certificate.remove', outcome: 'refused', reason, account, evidence });
}

function changed(context: AuditContext, action: string, facts: CertificateChangeFacts): AuditEvent {
  const { account, revision, evidence } = facts;
  return auditEvent(context, {
    action,
    outcome: 'done',
    account,
    evidence: { ...evidence, revision: revision.toString() },
  });
}
