import type { AuditContext, AuditEvent } from '#domain/audit-store.ts';

/** The account acted on, as far as the trail needs to know it. */
export interface AuditedAccount {
  readonly id: string;
  readonly scopeOid?: string;
}

/** One field before and after; an absent side means that there was or is no value. Never a secret or its hash. */
export interface FieldChange {
  readonly before?: string;
  readonly after?: string;
}

/** Changed fields: those that tell of a person are kept apart from the chain, the others are evidence. */
export interface Changes {
  readonly personal?: Readonly<Record<string, FieldChange>>;
  readonly plain?: Readonly<Record<string, FieldChange>>;
}

export interface EventFacts {
  readonly action: string;
  readonly outcome: AuditEvent['outcome'];
  readonly reason?: string | undefined;
  readonly account?: AuditedAccount | undefined;
  readonly form?: string | undefined;
  readonly evidence?: Readonly<Record<string, string | undefined>> | undefined;
  readonly changes?: Changes | undefined;
}

/** An event of `context`: the address and personal changes go apart, empty parts and undefined fields are left out. */
export function auditEvent(context: AuditContext, facts: EventFacts): AuditEvent {
  const { account, changes, reason, form } = facts;
  const evidence = { ...defined(facts.evidence ?? {}), ...flat(changes?.plain) };
  const personal = { ...defined({ address: context.address }), ...flat(changes?.personal) };
  return {
    action: facts.action,
    outcome: facts.outcome,
    actor: context.actor,
    ...defined({
      reason,
      form,
      onAccount: account?.id,
      unitOid: account?.scopeOid,
      clientId: context.clientId,
      requestId: context.requestId,
    }),
    ...(Object.keys(evidence).length > 0 && { evidence }),
    ...(Object.keys(personal).length > 0 && { personal }),
  };
}

/** `{ title: { before, after } }` as `{ 'before.title': …, 'after.title': … }`. */
function flat(changes: Readonly<Record<string, FieldChange>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(changes).flatMap(([field, { before, after }]) =>
      Object.entries(defined({ [`before.${field}`]: before, [`after.${field}`]: after })),
    ),
  );
}

function defined(fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined),
  );
}
