/** Opening a manager's account (系統註冊管理者新增作業), and the list of managers with what each may do. */
import type { FindAccounts } from '#accounts/management/list-accounts.ts';
import type { OpenManager } from '#accounts/management/open-manager.ts';
import { HufuError } from '#domain/errors.ts';
import { parseForm } from '#http/form.ts';
import { viewOf } from '#pages/view-of.ts';
import { managerForm, readOpenForm } from '../open/open-form.ts';
import { answerOpening } from '../open/open-handlers.ts';
import { createOpenPage, type OpenPageDependencies } from '../open/open-page.ts';
import type { FindOrganization } from '../units/find-organization.ts';
import { contextOf, type RegistryHandler } from '../registry-session.ts';
import type { ManagersModel } from './managers-model.ts';

export interface ManagerDependencies extends OpenPageDependencies {
  readonly registry: { readonly openManager: OpenManager } & Pick<FindAccounts, 'listAccounts'>;
  readonly findOrganization: FindOrganization;
}

export type ManagerHandlers = Readonly<Record<'list' | 'show' | 'open', RegistryHandler>>;

const pageSize = 50;

export function managerHandlers(deps: ManagerDependencies): ManagerHandlers {
  const { csrf, registry } = deps;
  const show = createOpenPage(deps, 'manager');
  const listPage = deps.views.page<ManagersModel>(new URL('./managers.hbs', import.meta.url));
  return {
    async list(ctx) {
      const { page: asked } = ctx.query;
      const page = typeof asked === 'string' && /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : 1;
      const request = {
        criteria: { office: 'manager' },
        order: 'unit',
        descending: false,
        pageSize,
        page,
      } as const;
      const found = await registry.listAccounts(ctx.state.actor, request, contextOf(ctx));
      if (!found.ok) throw new HufuError('not-permitted');
      const isExact = found.kind === 'exact';
      const shown = isExact ? found.page : 1;
      const hrefOf = (to: number) => `/registry/managers?page=${to}`;
      ctx.type = 'html';
      ctx.body = listPage(viewOf(ctx, hrefOf(shown)), {
        ...(await deps.frame.of(ctx.state, 'managers')),
        count: isExact ? found.count.toLocaleString('en') : '2,000+',
        managers: found.accounts.map(({ id, name, agency, unit, status, jurisdictionOid }) => ({
          href: `/registry/accounts/${id}`,
          officeHref: `/registry/accounts/${id}/office`,
          name,
          agency: agency.name,
          ...(unit && { unit: unit.name }),
          status,
          jurisdictionOid,
        })),
        ...(shown > 1 && { previousHref: hrefOf(shown - 1) }),
        ...(isExact && shown * pageSize < found.count && { nextHref: hrefOf(shown + 1) }),
      });
    },

    show: (ctx) => show(ctx, 200),

    async open(ctx) {
      const { actor, session, language } = ctx.state;
      const form = parseForm(ctx, managerForm);
      csrf.check(session.uid, form.csrf);
      const read = await readOpenForm(deps.findOrganization, actor, form, language);
      if (!read.ok) return show(ctx, 422, { typed: form, errors: read.errors });
      const { input, agency, jurisdiction, warrant } = read;
      if (!agency || !jurisdiction) throw new HufuError('bad-request');
      const opening = { ...input, agency, jurisdictionOid: jurisdiction.oid, categories: [...form.category] };
      const outcome = await registry.openManager(actor, opening, warrant, contextOf(ctx));
      await answerOpening(ctx, show, form, outcome);
    },
  };
}
