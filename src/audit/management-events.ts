/** Audit events of managers' deeds on other people's accounts; fields that tell of a person go apart. */
import type { AuditContext, AuditEvent } from '#domain/audit-store.ts';
import type { Deed } from '#domain/permission.ts';
import { accountChanged, type AccountChangeFacts } from './account-events.ts';
import { auditEvent, type AuditedAccount } from './event-parts.ts';

/** Under which action the trail has each deed, carried out or refused. */
export const deedActions = {
  list: 'account.list',
  export: 'account.export',
  open: 'account.open',
  modify: 'account.modify',
  'set-status': 'account.set-status',
  'reset-password': 'password.reset',
  'set-roles': 'account.set-roles',
  'one-day-password': 'one-day-password.enable',
  'remove-factors': 'account.remove-factors',
  remove: 'account.remove',
  'set-office': 'account.set-office',
} as const satisfies Record<Deed, string>;

/** A manager may not: `why` is the rule that refused. `account` is whom it was about, as far as it was named. */
export function deedRefused(
  context: AuditContext,
  facts: {
    readonly deed: Deed;
    readonly why: string;
    readonly account?: AuditedAccount | undefined;
    readonly form?: string | undefined;
    readonly evidence?: Readonly<Record<string, string | undefined>> | undefined;
  },
): AuditEvent {
  const { deed, why, ...rest } = facts;
  return auditEvent(context, { action: deedActions[deed], outcome: 'refused', reason: why, ...rest });
}

/** A manager changed fields of an account (修改作業). */
export function accountModified(context: AuditContext, facts: AccountChangeFacts): AuditEvent {
  return accountChanged({ ...context, ...facts, action: 'account.modify' });
}

/** The status was set (啟用, 停用, 未開帳). */
export function statusSet(context: AuditContext, facts: AccountChangeFacts): AuditEvent {
  return accountChanged({ ...context, ...facts, action: 'account.set-status' });
}

/** Roles were given or taken (角色設定). */
export function rolesSet(context: AuditContext, facts: AccountChangeFacts): AuditEvent {
  return accountChanged({ ...context, ...facts, action: 'account.set-roles' });
}

/** A programme officer set office, jurisdiction or categories. */
export function officeSet(context: AuditContext, facts: AccountChangeFacts): AuditEvent {
  return accountChanged({ ...context, ...facts, action: 'account.set-office' });
}

/** A manager took certificates or second factors away (移除憑證). */
export function factorsRemoved(context: AuditContext, facts: AccountChangeFacts): AuditEvent {
  return accountChanged({ ...context, ...facts, action: 'account.remove-factors' });
}

/** A one-day password was taken back on the day it was enabled for. */
export function oneDayPasswordWithdrawn(
  context: AuditContext,
  facts: AccountChangeFacts & { readonly day: string },
): AuditEvent {
  const { day, ...rest } = facts;
  const evidence = { ...rest.evidence, day, revision: rest.revision?.toString() };
  return auditEvent(context, { ...rest, action: 'one-day-password.withdraw', outcome: 'done', evidence });
}

/** A list of accounts left the house as a file. */
export function accountsExported(
  context: AuditContext,
  facts: {
    readonly unitOid?: string | undefined;
    readonly evidence: Readonly<Record<string, string | undefined>>;
  },
): AuditEvent {
  const event = auditEvent(context, { action: 'account.export', outcome: 'done', evidence: facts.evidence });
  return facts.unitOid === undefined ? event : { ...event, unitOid: facts.unitOid };
}
