/**
 * Searching for accounts (查詢作業). What is typed is posted and answered by an address without a name or a national ID in
 * it; the list at that address can be sorted, paged, reloaded and taken out.
 */
import { z } from 'zod';
import type { FindAccounts } from '#accounts/management/list-accounts.ts';
import type { Clock } from '#domain/clock.ts';
import type { CatalogueDirectory } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import { formList, formText, parseForm } from '#http/form.ts';
import { workbookType } from '#http/table/write-workbook.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { FindOrganization } from '../units/find-organization.ts';
import { organizationText } from '../units/find-organization.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../registry-session.ts';
import type { RegistryParts } from '../registry-parts.ts';
import { csvOf, workbookOf } from './account-export.ts';
import {
  hrefOf,
  judgeCriteria,
  listView,
  personalNames,
  publicNames,
  typedCriteria,
  type CriteriaName,
  type SearchPlace,
  type TypedCriteria,
} from './criteria.ts';
import type { KeptCriteria } from './kept-criteria.ts';
import { createSearchPage } from './search-page.ts';

const publicFields = {
  unit: formText(300),
  status: formText(40),
  role: formText(80),
  category: formText(80),
  dormant: formText(10),
  never: formText(10).default(''),
};
const searchForm = z.strictObject({
  csrf: formText(100),
  ...publicFields,
  name: formText(200),
  nationalId: formText(64),
});
const exportForm = z.strictObject({
  csrf: formText(100),
  format: z.enum(['csv', 'xlsx']),
  ...publicFields,
  search: formText(40).optional(),
  without: formList(personalNames.length, 20),
});

export interface SearchDependencies extends RegistryParts {
  readonly registry: Pick<FindAccounts, 'listAccounts' | 'exportAccounts'>;
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
  readonly clock: Clock;
  readonly kept: KeptCriteria;
  readonly findOrganization: FindOrganization;
}

export type SearchHandlers = Readonly<Record<'list' | 'search' | 'exportList', RegistryHandler>>;

export function searchHandlers(deps: SearchDependencies): SearchHandlers {
  const { csrf, registry, kept, clock } = deps;
  const show = createSearchPage(deps);

  /** The search that an address or a form stands for; undefined when what its token stands for is gone. */
  async function placeOf(ctx: RegistryContext, texts: Texts): Promise<SearchPlace | undefined> {
    const open = typedCriteria(onlyPublic(texts));
    const view = listView(ctx.query);
    const { search: token } = texts;
    if (typeof token !== 'string') return { typed: open, token: undefined, view };
    const personal = await kept.recall(ctx.state.session.uid, token);
    if (!personal) return undefined;
    const without = new Set([texts['without']].flat());
    const shown = personalNames.map((name) => [name, without.has(name) ? '' : personal[name]]);
    return { typed: { ...open, ...Object.fromEntries(shown) }, token, view };
  }

  async function unitTextOf(ctx: RegistryContext, { unit }: TypedCriteria): Promise<string | undefined> {
    const found = await deps.findOrganization(ctx.state.actor, unit);
    return found.kind === 'found' ? organizationText(found.organization) : undefined;
  }

  const refuse = (ctx: RegistryContext, typed: TypedCriteria, errors: readonly FieldError[]) =>
    show(ctx, 422, { place: { typed, token: undefined, view: listView({}) }, errors });

  return {
    async list(ctx) {
      const place = await placeOf(ctx, ctx.query);
      if (!place) {
        const nothing = { typed: typedCriteria({}), token: undefined, view: listView({}) };
        return show(ctx, 200, { place: nothing, notice: 'search-gone' });
      }
      const verdict = judgeCriteria(place.typed, clock.now());
      if (!verdict.ok) return refuse(ctx, place.typed, verdict.faults.map(errorOf));
      const { order, descending, size: pageSize, page, cursor } = place.view;
      const request = { order, descending, pageSize, page, ...(cursor !== undefined && { cursor }) };
      const found = await registry.listAccounts(
        ctx.state.actor,
        { criteria: verdict.criteria, ...request },
        contextOf(ctx),
      );
      if (!found.ok) throw new HufuError('not-permitted');
      const unitText = await unitTextOf(ctx, place.typed);
      const isDone = ctx.query['done'] === 'removed';
      await show(ctx, 200, {
        place,
        found,
        ...(unitText !== undefined && { unitText }),
        ...(isDone && { notice: 'removed' }),
      });
    },

    async search(ctx) {
      const form = parseForm(ctx, searchForm);
      csrf.check(ctx.state.session.uid, form.csrf);
      const typed = typedCriteria(form);
      const unit = await deps.findOrganization(ctx.state.actor, typed.unit);
      const oid = unit.kind === 'found' ? unit.organization.oid : unit.kind === 'unknown-oid' ? unit.oid : '';
      const criteria = { ...typed, unit: oid };
      const verdict = judgeCriteria(criteria, clock.now());
      const errors = verdict.ok ? [] : verdict.faults.map(errorOf);
      if (unit.kind === 'unknown' || unit.kind === 'several')
        errors.push({ field: 'unit', message: `registry.organization.error.${unit.kind}`, code: 'R02' });
      if (errors.length > 0) return refuse(ctx, typed, errors);
      const token = await kept.keep(ctx.state.session.uid, criteria);
      ctx.status = 303;
      ctx.redirect(hrefOf({ typed: criteria, token, view: listView({}) }));
    },

    async exportList(ctx) {
      const form = parseForm(ctx, exportForm);
      csrf.check(ctx.state.session.uid, form.csrf);
      const place = await placeOf(ctx, form);
      const verdict = place && judgeCriteria(place.typed, clock.now());
      if (!place || !verdict?.ok) throw new HufuError('bad-request');
      const found = await registry.exportAccounts(
        ctx.state.actor,
        verdict.criteria,
        contextOf(ctx),
        ctx.state.stillMay,
      );
      if (!found.ok) throw new HufuError('not-permitted');
      const isWorkbook = form.format === 'xlsx';
      const write = isWorkbook ? workbookOf : csvOf;
      ctx.attachment(`accounts.${form.format}`);
      ctx.type = isWorkbook ? workbookType : 'text/csv; charset=utf-8';
      ctx.body = write(found.accounts, ctx.state.language);
    },
  };
}

type Texts = Readonly<Record<string, unknown>>;

/** What stands in an address is never a name or a national ID, whatever it is called. */
function onlyPublic(texts: Texts): Texts {
  return Object.fromEntries(publicNames.map((name) => [name, texts[name]]));
}

function errorOf(field: CriteriaName): FieldError {
  const messages = {
    unit: 'registry.organization.error.unknown',
    name: 'registry.search.error.code',
    nationalId: 'registry.search.error.nationalId',
    status: 'registry.search.error.code',
    role: 'registry.search.error.code',
    category: 'registry.search.error.code',
    dormant: 'registry.search.error.dormant',
    never: 'registry.search.error.code',
  } as const;
  return { field, message: messages[field], code: 'R02' };
}
