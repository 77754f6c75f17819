/** Audit events of what a person keeps of the own account (個人資料維護): fields tell of the person and go apart. */
import type { AuditContext, AuditEvent } from '#domain/audit-store.ts';
import { auditEvent, type AuditedAccount, type FieldChange } from './event-parts.ts';

interface ProfileFacts {
  readonly account: AuditedAccount;
  readonly revision: number;
  readonly changes: Readonly<Record<string, FieldChange>>;
}

/** The person changed fields of the profile. */
export function profileChanged(context: AuditContext, facts: ProfileFacts): AuditEvent {
  return changed(context, 'profile.change', facts);
}

/** A new e-mail address was confirmed and is in force. */
export function emailChanged(context: AuditContext, facts: ProfileFacts): AuditEvent {
  return changed(context, 'email.change', facts);
}

function changed(context: AuditContext, action: string, facts: ProfileFacts): AuditEvent {
  const { account, revision, changes } = facts;
  const evidence = { revision: revision.toString(), fields: Object.keys(changes).sort().join(' ') };
  return auditEvent(context, { action, outcome: 'done', account, evidence, changes: { personal: changes } });
}

export type EmailChangeResult = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** The person wants mail at another address: the code was mailed there, or not and why. */
export function emailChangeAsked(
  context: AuditContext,
  account: AuditedAccount,
  address: string,
  result: EmailChangeResult,
): AuditEvent {
  return auditEvent(context, {
    action: 'email.ask',
    outcome: result.ok ? 'done' : 'refused',
    reason: result.ok ? undefined : result.reason,
    account,
    changes: { personal: { email: { after: address } } },
  });
}

/** A code that should confirm a new address was refused. */
export function emailCodeRefused(context: AuditContext, account: AuditedAccount, reason: string): AuditEvent {
  return auditEvent(context, { action: 'email.change', outcome: 'refused', reason, account });
}

/** The person withdrew a new address before it was confirmed. */
export function emailChangeCancelled(context: AuditContext, account: AuditedAccount): AuditEvent {
  return auditEvent(context, { action: 'email.cancel', outcome: 'done', account });
}

/** Somebody logged in could not show that they know the password that is to be changed. */
export function currentPasswordRefused(
  context: AuditContext,
  account: AuditedAccount,
  reason: string,
): AuditEvent {
  return auditEvent(context, { action: 'password.change', outcome: 'refused', reason, account });
}
