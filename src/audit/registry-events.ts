/** Audit events of the registration service that are not about an account. */
import type { AuditContext, AuditEvent } from '#domain/audit-store.ts';
import { auditEvent, type AuditedAccount, type FieldChange } from './event-parts.ts';

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

/** What is changed by programme officers and is not an account. */
export interface KeptThingFacts {
  /** Id of the thing, e.g. a client id, a role code, an OID. */
  readonly id: string;
  readonly evidence?: Readonly<Record<string, string | undefined>> | undefined;
  readonly changes?: Readonly<Record<string, FieldChange>> | undefined;
}

/** Relying party, category, role, system, organisation, notice or download: `<thing>.<verb>`, with what changed. */
export function keptThingChanged(
  context: AuditContext,
  action: `${KeptThing}.${string}`,
  { id, evidence, changes }: KeptThingFacts,
): AuditEvent {
  return auditEvent(context, {
    action,
    outcome: 'done',
    evidence: { id, ...evidence },
    ...(changes && { changes: { plain: changes } }),
  });
}

export type KeptThing =
  | 'relying-party'
  | 'category'
  | 'role'
  | 'system'
  | 'organization'
  | 'organizations'
  | 'notice'
  | 'download';

/** The fields of two states of a thing that differ, as the trail keeps them; lists and maps as JSON. */
export function differences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Record<string, FieldChange> {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const [old, fresh] = [before[key], after[key]].map(text);
      if (old === fresh) return [];
      const change = {
        ...(old !== undefined && { before: old }),
        ...(fresh !== undefined && { after: fresh }),
      };
      return [[key, change] as const];
    }),
  );
}
