/** Audit events of accounts: one function an event. Each gives what to `record`, or to `intend` and `settle`. */
import type { AuditContext, AuditEvent } from '#domain/audit-store.ts';
import { auditEvent, type AuditedAccount, type Changes } from './event-parts.ts';

/** What every change of an account says. */
export interface AccountChangeFacts {
  readonly account: AuditedAccount;
  /**
   * The revision that the account has once the change is carried out: by it, reconciliation finds out whether it
   * was. Without it an intent that a crash left open is settled as `unknown`.
   */
  readonly revision?: number | undefined;
  /** Form or letter number that the act rests on. */
  readonly form?: string | undefined;
  readonly evidence?: Readonly<Record<string, string | undefined>> | undefined;
  readonly changes?: Changes | undefined;
}

const changed = (context: AuditContext, action: string, facts: AccountChangeFacts): AuditEvent => {
  const { account, revision, form, changes } = facts;
  const evidence = { ...facts.evidence, revision: revision?.toString() };
  return auditEvent(context, { action, outcome: 'done', account, form, evidence, changes });
};

/** An account was changed in a way that has no event of its own. `action` is `account.<verb>`. */
export function accountChanged(
  facts: AuditContext & AccountChangeFacts & { readonly action: `account.${string}` },
): AuditEvent {
  return changed(facts, facts.action, facts);
}

/** A manager or command opened an account (開立帳號). */
export function accountOpened(context: AuditContext, facts: AccountChangeFacts): AuditEvent {
  return changed(context, 'account.open', facts);
}

/** The person changed the opening password: the account is activated (開通). */
export function accountActivated(context: AuditContext, facts: AccountChangeFacts): AuditEvent {
  return changed(context, 'account.activate', facts);
}

/** The person agreed to the rules of use, of the version named. */
export function rulesOfUseAgreed(
  context: AuditContext,
  facts: AccountChangeFacts & { readonly version: string },
): AuditEvent {
  return changed(context, 'account.agree-to-rules', {
    ...facts,
    evidence: { ...facts.evidence, version: facts.version },
  });
}

/** The person changed the password; `why` says what asked for it. */
export function passwordChanged(
  context: AuditContext,
  facts: AccountChangeFacts & { readonly why: 'one-day-password' | 'expired' | 'by-person' },
): AuditEvent {
  return changed(context, 'password.change', { ...facts, evidence: { ...facts.evidence, why: facts.why } });
}

/** The opening password was brought back (還原密碼), good on `day` alone. */
export function passwordReset(
  context: AuditContext,
  facts: AccountChangeFacts & { readonly day: string },
): AuditEvent {
  return changed(context, 'password.reset', { ...facts, evidence: { ...facts.evidence, day: facts.day } });
}

/** A one-day password was enabled for `day` (啟用一日密碼). */
export function oneDayPasswordEnabled(
  context: AuditContext,
  facts: AccountChangeFacts & { readonly day: string },
): AuditEvent {
  return changed(context, 'one-day-password.enable', {
    ...facts,
    evidence: { ...facts.evidence, day: facts.day },
  });
}

/** An account was removed for good (刪除). */
export function accountRemoved(context: AuditContext, facts: AccountChangeFacts): AuditEvent {
  return changed(context, 'account.remove', facts);
}
