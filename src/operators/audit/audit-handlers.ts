/**
 * The audit trail for operators: search, one entry with its personal fields, export. What is typed is posted, so that
 * no national ID gets into an address; the answer leads to the search by account id.
 */
import { Readable } from 'node:stream';
import { z } from 'zod';
import { parseAccountId, type Account } from '#domain/account.ts';
import type { AuditContext, AuditStore, ChainedEntry } from '#domain/audit-store.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import { parseNationalId } from '#domain/national-id.ts';
import { evidenceOf, watchedRows } from '#domain/watched-rows.ts';
import type { Csrf } from '#http/csrf.ts';
import { formText, parseForm } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';
import { translate } from '#pages/messages/translate.ts';
import type { Navigation } from '#pages/portal-navigation.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import { contextOf, type OperatorContext, type OperatorHandler } from '../operator-session.ts';
import type { AuditEntryModel, AuditSearchModel } from './audit-model.ts';
import {
  criteriaNames,
  judgeCriteria,
  outcomes,
  searchHref,
  typedCriteria,
  type CriteriaName,
  type TypedCriteria,
} from './criteria.ts';
import { entryDetails, shownEntry, type EntryReader } from './entry-view.ts';
import { csvOf, entriesUpTo, foundUpTo } from './export-trail.ts';
import { knownActions } from './known-actions.ts';

const pageSize = 50;
/** Hits counted exactly. */
const countLimit = 2000;
const actor = { kind: 'system', purpose: 'operations' } as const;

const criteriaFields = {
  from: formText(200),
  to: formText(200),
  actor: formText(200),
  person: formText(200),
  unit: formText(200),
  action: formText(200),
  outcome: formText(200),
};
const searchForm = z.strictObject({ csrf: formText(100), ...criteriaFields });
const exportForm = z.strictObject({
  csrf: formText(100),
  format: z.enum(['csv', 'jsonl']),
  ...criteriaFields,
});

/** What the audit area lends: reading entries, writing export lines, recording that somebody looked. */
export interface TrailPort {
  readonly store: Pick<AuditStore, 'search' | 'count' | 'read' | 'head'>;
  readonly readEntry: EntryReader;
  readonly exportLines: (entries: AsyncIterable<ChainedEntry>) => AsyncIterable<string>;
  readonly noteSearched: (
    context: AuditContext,
    facts: { readonly field: 'person' | 'actor'; readonly account: Account | undefined },
  ) => Promise<unknown>;
  readonly noteShown: (context: AuditContext, sequence: number) => Promise<unknown>;
  readonly noteExport: (
    context: AuditContext,
    facts: {
      readonly format: string;
      readonly criteria: Readonly<Record<string, string>>;
      readonly upTo: number;
      readonly left?: Readonly<Record<string, string>>;
    },
  ) => Promise<unknown>;
}

interface Dependencies {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly navigation: Navigation;
  readonly accounts: Pick<AccountDirectory, 'findAccount' | 'findAccountByNationalId'>;
  readonly trail: TrailPort;
}

export type AuditHandlers = Readonly<Record<'list' | 'search' | 'show' | 'exportTrail', OperatorHandler>>;

export function auditHandlers(deps: Dependencies): AuditHandlers {
  const { csrf, navigation, accounts, trail } = deps;
  const searchPage = deps.views.page<AuditSearchModel>(new URL('./search.hbs', import.meta.url));
  const entryPage = deps.views.page<AuditEntryModel>(new URL('./entry.hbs', import.meta.url));

  async function showSearch(
    ctx: OperatorContext,
    status: number,
    typed: TypedCriteria,
    model: Hits,
  ): Promise<void> {
    const chips = criteriaNames.filter((name) => typed[name] !== '' && model.errors.length === 0);
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = searchPage(viewOf(ctx, searchHref(model.errors.length === 0 ? typed : {})), {
      navigation: navigation.of(ctx.state, 'operators'),
      tab: 'audit',
      csrf: csrf.issue(ctx.state.session.uid),
      typed,
      outcomes: outcomes.map((id) => ({ id, selected: id === typed.outcome })),
      actions: knownActions,
      chips: chips.map((name) => ({
        name,
        value: typed[name],
        withoutHref: searchHref({ ...typed, [name]: '' }),
      })),
      ...model,
    });
  }

  const refuse = (ctx: OperatorContext, typed: TypedCriteria, faults: readonly CriteriaName[]) =>
    showSearch(ctx, 422, typed, { errors: faults.map(errorOf), count: '0', entries: [] });

  /** A national ID as the account it belongs to, which is recorded; what is none stays as it was typed. */
  async function accountOf(
    ctx: OperatorContext,
    field: 'person' | 'actor',
    text: string,
  ): Promise<string | undefined> {
    const nationalId = parseNationalId(text);
    if (!nationalId) return text;
    const account = await accounts.findAccountByNationalId(actor, nationalId);
    await trail.noteSearched(contextOf(ctx.state, ctx.state.account), { field, account });
    return account?.id;
  }

  async function nameOf(text: string): Promise<string | undefined> {
    const id = parseAccountId(text);
    return id && (await accounts.findAccount(actor, id))?.name;
  }

  return {
    async list(ctx) {
      const typed = typedCriteria(ctx.query);
      const verdict = judgeCriteria(typed);
      if (!verdict.ok) return refuse(ctx, typed, verdict.faults);
      const { criteria } = verdict;
      const entries = await trail.store.search(criteria, sequenceOf(ctx.query['before']), pageSize + 1);
      const hits = await trail.store.count(criteria, countLimit + 1);
      const last = entries.length > pageSize ? entries[pageSize - 1] : undefined;
      await showSearch(ctx, 200, typed, {
        errors: [],
        count: hits > countLimit ? `${countLimit.toLocaleString('en')}+` : hits.toLocaleString('en'),
        entries: entries.slice(0, pageSize).map((entry) => shownEntry(entry, trail.readEntry)),
        ...(last && { nextHref: searchHref(typed, { before: last.sequence.toString() }) }),
      });
    },

    async search(ctx) {
      const form = parseForm(ctx, searchForm);
      csrf.check(ctx.state.session.uid, form.csrf);
      const typed = typedCriteria(form);
      const [person, by] = await Promise.all([
        accountOf(ctx, 'person', typed.person),
        accountOf(ctx, 'actor', typed.actor),
      ]);
      const unknown: CriteriaName[] = [
        ...(person === undefined ? ['person' as const] : []),
        ...(by === undefined ? ['actor' as const] : []),
      ];
      const found = { ...typed, person: person ?? '', actor: by ?? '' };
      const verdict = judgeCriteria(found);
      if (unknown.length > 0 || !verdict.ok)
        return refuse(ctx, typed, [...unknown, ...(verdict.ok ? [] : verdict.faults)]);
      ctx.status = 303;
      ctx.redirect(searchHref(found));
    },

    async show(ctx) {
      const sequence = sequenceOf((ctx.params as { sequence: string }).sequence);
      const [entry] = sequence === undefined ? [] : await trail.store.read(sequence - 1, 1);
      const fields = entry && trail.readEntry(entry.entry);
      if (!entry || !fields || entry.sequence !== sequence) throw new HufuError('not-found');
      await trail.noteShown(contextOf(ctx.state, ctx.state.account), entry.sequence);
      const { time, action, outcome } = entry.index;
      ctx.type = 'html';
      ctx.body = entryPage(viewOf(ctx), {
        navigation: navigation.of(ctx.state, 'operators'),
        tab: 'audit',
        sequence: entry.sequence,
        time,
        action,
        outcome,
        ...(await entryDetails(entry, fields, nameOf)),
        hash: entry.hash,
        backHref: '/operators/audit',
      });
    },

    async exportTrail(ctx) {
      const form = parseForm(ctx, exportForm);
      csrf.check(ctx.state.session.uid, form.csrf);
      const typed = typedCriteria(form);
      const verdict = judgeCriteria(typed);
      if (!verdict.ok) throw new HufuError('bad-request');
      const whole = form.format === 'jsonl';
      const { sequence: upTo } = await trail.store.head();
      const used = Object.entries(typed).filter(([, value]) => value !== '' && !whole);
      const facts = { format: form.format, criteria: Object.fromEntries(used), upTo };
      const context = contextOf(ctx.state, ctx.state.account);
      await trail.noteExport(context, facts);
      const entries = whole ? entriesUpTo(trail.store, upTo) : foundUpTo(trail.store, verdict.criteria, upTo);
      const watched = watchedRows(entries, ctx.state.stillMay, (left) =>
        trail.noteExport(context, { ...facts, left: evidenceOf(left) }),
      );
      ctx.type = whole ? 'application/x-ndjson' : 'text/csv; charset=utf-8';
      ctx.set('Content-Disposition', `attachment; filename="audit-${upTo}.${form.format}"`);
      ctx.body = Readable.from(
        whole
          ? ended(trail.exportLines(watched))
          : csvOf(watched, trail.readEntry, translate(ctx.state.language, 'operators.audit.export.cut')),
      );
    },
  };
}

type Hits = Pick<AuditSearchModel, 'errors' | 'count' | 'entries' | 'nextHref'>;

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

function sequenceOf(text: unknown): number | undefined {
  return typeof text === 'string' && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

function errorOf(field: CriteriaName): FieldError {
  const messages = {
    from: 'operators.audit.error.time',
    to: 'operators.audit.error.time',
    actor: 'operators.audit.error.actor',
    person: 'operators.audit.error.person',
    unit: 'operators.audit.error.unit',
    action: 'operators.audit.error.action',
    outcome: 'operators.audit.error.action',
  } as const;
  return { field, message: messages[field] };
}
