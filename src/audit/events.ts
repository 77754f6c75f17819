/**
 * Audit events: one documented function an event, each giving what to hand to the trail. Events of accounts are in
 * account-events.ts. Nothing here takes a secret; names and numbers as typed by strangers are not recorded at all.
 */
import { assuranceOf, type LoginMethod } from '#domain/assurance.ts';
import type { AuditContext, AuditEvent } from '#domain/audit-store.ts';
import { auditEvent, type AuditedAccount } from './event-parts.ts';

export * from './account-events.ts';

/** What a rule answered. The account is known to the trail even where the person is not told of it. */
export type AttemptResult =
  | {
      readonly ok: true;
      readonly account: AuditedAccount;
      readonly verdict?: { readonly way: string };
      /** What a verdict rested on: digests, numbers and times. */
      readonly evidence?: Readonly<Record<string, string | undefined>>;
    }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly account?: AuditedAccount;
      readonly evidence?: Readonly<Record<string, string | undefined>>;
    };

/** A rule refuses; what could not be judged because something was down failed. */
function outcomeOf(result: AttemptResult): AuditEvent['outcome'] {
  if (result.ok) return 'done';
  return result.reason.endsWith('-unavailable') ? 'failed' : 'refused';
}

/**
 * Somebody tried to log in by `method`; accepted or refused with the rule's reason. A login accepted by the opening
 * password (way `opening`) is recorded as the weaker method that it is.
 */
export function loginAttempted(
  context: AuditContext,
  method: LoginMethod,
  result: AttemptResult,
): AuditEvent {
  const way = result.ok ? result.verdict?.way : undefined;
  const proven = way === 'opening' ? 'opening-password' : method;
  return auditEvent(context, {
    action: 'login.attempt',
    outcome: outcomeOf(result),
    reason: result.ok ? undefined : result.reason,
    account: result.account,
    evidence: {
      ...result.evidence,
      method: proven,
      way,
      amr: result.ok ? assuranceOf(proven).amr.join(' ') : undefined,
    },
  });
}

/** Somebody asked on the login page for a check code (Email檢查碼): mailed, or not and why. */
export function codeRequested(context: AuditContext, result: AttemptResult): AuditEvent {
  return auditEvent(context, {
    action: 'login-code.send',
    outcome: outcomeOf(result),
    reason: result.ok ? undefined : result.reason,
    account: result.account,
  });
}

/** A session ended: by the person, by its limits, by another person's login, or because the account ended. */
export function sessionEnded(
  context: AuditContext,
  facts: { readonly account: AuditedAccount; readonly ending: string },
): AuditEvent {
  const { account, ending } = facts;
  const action = ending === 'log-out' ? 'session.log-out' : 'session.end';
  return auditEvent(context, { action, outcome: 'done', account, evidence: { ending } });
}

/** Somebody lost the last role that admitted to a relying party: what was open there in a session has ended. */
export function admissionEnded(
  context: AuditContext,
  facts: { readonly account: AuditedAccount; readonly clientId: string; readonly reason: string },
): AuditEvent {
  const { account, clientId, reason } = facts;
  return auditEvent({ ...context, clientId }, { action: 'admission.end', outcome: 'done', reason, account });
}

/** A posted change was refused before any rule was asked: foreign or missing form token, another browser's form. */
export function changeRefused(
  context: AuditContext,
  facts: { readonly reason: string; readonly route?: string | undefined },
): AuditEvent {
  const { reason, route } = facts;
  return auditEvent(context, { action: 'change.refuse', outcome: 'refused', reason, evidence: { route } });
}

/** Somebody logged in may not enter the systems of a relying party: `reason` as of the admission rule. */
export function admissionRefused(
  context: AuditContext & { readonly clientId: string },
  facts: { readonly account: AuditedAccount; readonly reason: string },
): AuditEvent {
  const { account, reason } = facts;
  return auditEvent(context, { action: 'admission.check', outcome: 'refused', reason, account });
}

/** The person agreed to what a relying party asks to be given. */
export function consentGiven(
  context: AuditContext & { readonly clientId: string },
  facts: { readonly account: AuditedAccount; readonly scopes: readonly string[] },
): AuditEvent {
  const evidence = { scopes: facts.scopes.join(' ') };
  return auditEvent(context, { action: 'consent.give', outcome: 'done', account: facts.account, evidence });
}

/** The person withdrew what had been agreed to; `scopes` are those that it was. */
export function consentWithdrawn(
  context: AuditContext & { readonly clientId: string },
  facts: { readonly account: AuditedAccount; readonly scopes: readonly string[] },
): AuditEvent {
  const evidence = { scopes: facts.scopes.join(' ') };
  return auditEvent(context, {
    action: 'consent.withdraw',
    outcome: 'done',
    account: facts.account,
    evidence,
  });
}

/** A relying party registered for it is given a person's national ID. */
export function nationalIdReleased(
  context: AuditContext & { readonly clientId: string },
  facts: { readonly account: AuditedAccount },
): AuditEvent {
  return auditEvent(context, { action: 'national-id.release', outcome: 'done', account: facts.account });
}

/** A process of the program started, with the version and configuration it runs by. */
export function programStarted(
  context: AuditContext,
  facts: { readonly version: string; readonly configuration?: string },
): AuditEvent {
  const { version, configuration } = facts;
  return auditEvent(context, {
    action: 'program.start',
    outcome: 'done',
    evidence: { version, configuration },
  });
}
