/**
 * An entry of the audit trail about one account, in words. What is listed here is all that people are shown of it; who
 * reads it (the person, a manager) decides which facts are for them.
 */
import { assuranceOf, loginMethods, type LoginMethod } from '#domain/assurance.ts';
import type { AccountTrailEntry } from '#domain/account-trail.ts';
import { findMessage, type MessageKey } from './messages/catalogue.ts';
import type { Language } from './messages/define-messages.ts';
import { translate } from './messages/translate.ts';

/** What an entry is about; the person's log can be narrowed to one. */
export const trailKinds = ['logins', 'own-changes', 'managers', 'data'] as const;
export type TrailKind = (typeof trailKinds)[number];

const kinds = {
  'login.attempt': 'logins',
  'login-code.send': 'logins',
  'admission.check': 'logins',
  'admission.end': 'logins',
  'device.approve': 'logins',
  'device.refuse': 'logins',
  'session.log-out': 'logins',
  'session.end': 'logins',
  'account.activate': 'own-changes',
  'account.agree-to-rules': 'own-changes',
  'account.report-misuse': 'own-changes',
  'password.change': 'own-changes',
  'password.close': 'own-changes',
  'certificate.register': 'own-changes',
  'certificate.remove': 'own-changes',
  'profile.change': 'own-changes',
  'email.ask': 'own-changes',
  'email.change': 'own-changes',
  'email.cancel': 'own-changes',
  'account.open': 'managers',
  'account.modify': 'managers',
  'account.set-status': 'managers',
  'account.set-roles': 'managers',
  'account.set-office': 'managers',
  'account.remove-factors': 'managers',
  'password.reset': 'managers',
  'one-day-password.enable': 'managers',
  'one-day-password.withdraw': 'managers',
  'consent.give': 'data',
  'consent.withdraw': 'data',
  'national-id.release': 'data',
} as const satisfies Record<string, TrailKind>;

export type TrailAction = keyof typeof kinds;

/** The actions of `kind`, or all that have words. */
export function trailActions(kind?: TrailKind): readonly TrailAction[] {
  const all = Object.keys(kinds) as TrailAction[];
  return kind === undefined ? all : all.filter((action) => kinds[action] === kind);
}

export function trailKindOf(action: string): TrailKind | undefined {
  return isTrailAction(action) ? kinds[action] : undefined;
}

export function isTrailAction(action: string): action is TrailAction {
  return Object.hasOwn(kinds, action);
}

/** One fact of an entry: a value as it is, or words for it. */
export type TrailFact = { readonly label: MessageKey } & (
  | { readonly value: string }
  | { readonly words: readonly MessageKey[] }
  /** A change; an absent side means that there was or is nothing. */
  | { readonly before: string | undefined; readonly after: string | undefined }
);

export interface TrailWords {
  readonly action: MessageKey;
  readonly outcome: 'done' | 'refused' | 'failed' | 'intended' | 'unknown';
  readonly reason?: MessageKey;
  readonly facts: readonly TrailFact[];
}

const outcomes = ['done', 'refused', 'failed', 'intended'] as const;
/** Changed fields that are no personal ones: the trail holds them before and after. */
const changes = ['status', 'roles', 'office', 'jurisdictionOid', 'categories'] as const;

/** The words of an entry whose action has some; undefined for all others. */
export function trailWords(entry: AccountTrailEntry): TrailWords | undefined {
  const { action, reason, evidence } = entry;
  if (!isTrailAction(action)) return undefined;
  return {
    action: `trail.action.${action}`,
    outcome: outcomes.find((known) => known === entry.outcome) ?? 'unknown',
    ...(reason !== undefined && { reason: reasonWords(reason) }),
    facts: [
      ...methodFacts(evidence['method'], entry.outcome),
      ...changes.flatMap((field) => changeOf(evidence, field)),
      ...fieldsFact(evidence['fields']),
      ...(evidence['day'] === undefined
        ? []
        : [{ label: 'trail.fact.day', value: evidence['day'] } as const]),
      ...endingFact(evidence['ending']),
      ...(entry.form === undefined ? [] : [{ label: 'trail.fact.form', value: entry.form } as const]),
      ...(evidence['reason'] === undefined
        ? []
        : [{ label: 'trail.fact.why', value: evidence['reason'] } as const]),
    ],
  };
}

/** A fact as one text. */
export function textOfFact(fact: TrailFact, language: Language): string {
  if ('value' in fact) return fact.value;
  if ('words' in fact)
    return fact.words.map((key) => translate(language, key)).join(language === 'en' ? ', ' : '、');
  const side = (text: string | undefined) => sideOf(fact.label, text, language);
  return translate(language, 'trail.fact.change', { before: side(fact.before), after: side(fact.after) });
}

/** `trail.status.enabled` for the value `enabled` of the field `trail.fact.status`; other values stay as they are. */
function sideOf(label: MessageKey, text: string | undefined, language: Language): string {
  if (text === undefined || text === '') return translate(language, 'trail.fact.nothing');
  const words = keyOf(`${label.replace('.fact.', '.')}.${text}`);
  return words ? translate(language, words) : text;
}

/** A reason without words of its own tells a help desk nothing that the trail does not tell them better. */
function reasonWords(reason: string): MessageKey {
  return keyOf(`trail.reason.${reason}`) ?? 'trail.reason.other';
}

function methodFacts(method: string | undefined, outcome: string): readonly TrailFact[] {
  if (method === undefined || !isMethod(method)) return [];
  const by: TrailFact = { label: 'trail.fact.method', words: [`trail.method.${method}`] };
  const { level } = assuranceOf(method);
  return outcome === 'done'
    ? [by, { label: 'trail.fact.strength', words: [`trail.strength.${level}`] }]
    : [by];
}

function isMethod(text: string): text is LoginMethod {
  return Object.hasOwn(loginMethods, text);
}

function changeOf(
  evidence: AccountTrailEntry['evidence'],
  field: (typeof changes)[number],
): readonly TrailFact[] {
  const [before, after] = [evidence[`before.${field}`], evidence[`after.${field}`]];
  if (before === undefined && after === undefined) return [];
  return [{ label: `trail.fact.${field}`, before, after }];
}

function fieldsFact(fields: string | undefined): readonly TrailFact[] {
  const words = (fields ?? '').split(' ').flatMap((field) => keyOf(`trail.field.${field}`) ?? []);
  return words.length > 0 ? [{ label: 'trail.fact.fields', words }] : [];
}

function endingFact(ending: string | undefined): readonly TrailFact[] {
  const words = ending === undefined || ending === 'log-out' ? undefined : keyOf(`trail.ending.${ending}`);
  return words ? [{ label: 'trail.fact.ending', words: [words] }] : [];
}

function keyOf(text: string): MessageKey | undefined {
  return findMessage(text) && (text as MessageKey);
}
