/** The criteria of an audit search as they stand in a form and in an address; neither holds a national ID. Pure. */
import { z } from 'zod';
import { parseAccountId } from '#domain/account.ts';
import type { AuditCriteria } from '#domain/audit-store.ts';
import { parseOid } from '#domain/oid.ts';

export const criteriaNames = ['from', 'to', 'actor', 'person', 'unit', 'action', 'outcome'] as const;
export type CriteriaName = (typeof criteriaNames)[number];

/** Criteria as typed; an empty text is none. */
export type TypedCriteria = Readonly<Record<CriteriaName, string>>;

export const outcomes = ['done', 'refused', 'failed', 'intended', 'unknown'] as const;
const outcome = z.enum(outcomes);

export type CriteriaVerdict =
  | { readonly ok: true; readonly criteria: AuditCriteria }
  | { readonly ok: false; readonly faults: readonly CriteriaName[] };

/** The criteria in `texts`, absent and doubled ones left out. */
export function typedCriteria(texts: Readonly<Record<string, unknown>>): TypedCriteria {
  const text = (name: CriteriaName) => {
    const value = texts[name];
    return typeof value === 'string' ? value.trim().slice(0, 200) : '';
  };
  return Object.fromEntries(criteriaNames.map((name) => [name, text(name)])) as TypedCriteria;
}

export function judgeCriteria(typed: TypedCriteria): CriteriaVerdict {
  const from = instant(typed.from, 0);
  // What is typed to the minute or the day includes that minute, that day.
  const to = instant(typed.to, typed.to.includes('T') ? 60_000 : 24 * 3_600_000);
  const actor = actorName(typed.actor);
  const onAccount = typed.person === '' ? '' : parseAccountId(typed.person);
  const underOid = typed.unit === '' ? '' : parseOid(typed.unit);
  const action = /^(?:[a-z][a-z-]{0,40}\.[a-z][a-z-]{0,40})?$/.test(typed.action) ? typed.action : undefined;
  const wanted = typed.outcome === '' ? '' : outcome.safeParse(typed.outcome).data;
  const judged = { from, to, actor, person: onAccount, unit: underOid, action, outcome: wanted };
  const faults = criteriaNames.filter((name) => judged[name] === undefined);
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    criteria: {
      ...(from && { from }),
      ...(to && { to }),
      ...(actor && { actor }),
      ...(onAccount && { onAccount }),
      ...(underOid && { underOid }),
      ...(action && { action }),
      ...(wanted && { outcome: wanted }),
    },
  };
}

/** An account id alone stands for the person; otherwise as the trail names actors. Empty for none, undefined for neither. */
function actorName(typed: string): string | undefined {
  if (parseAccountId(typed)) return `person:${typed}`;
  return typed === '' || typed === 'anonymous' || /^(?:person|client|system):[\w.:-]{1,100}$/.test(typed)
    ? typed
    : undefined;
}

/** A day or a minute in Taipei, moved by `plus` milliseconds; empty for none, undefined for what is neither. */
function instant(text: string, plus: number): Date | '' | undefined {
  if (text === '') return '';
  if (!/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/.test(text)) return undefined;
  const time = Date.parse(`${text.includes('T') ? text : `${text}T00:00`}:00+08:00`);
  return Number.isNaN(time) ? undefined : new Date(time + plus);
}

/** The address of a search. */
export function searchHref(
  typed: Partial<TypedCriteria>,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams();
  for (const name of criteriaNames) {
    const value = typed[name];
    if (value !== undefined && value !== '') query.set(name, value);
  }
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return query.size > 0 ? `/operators/audit?${query}` : '/operators/audit';
}
