/** Opening an account (公務員新增作業): the form, and what to hand on once it is open. */
import type { OpeningOutcome } from '#accounts/management/open-managed-account.ts';
import type { FindAccounts } from '#accounts/management/list-accounts.ts';
import type { OpenManagedAccount } from '#accounts/management/open-managed-account.ts';
import { parseAccountId } from '#domain/account.ts';
import { HufuError } from '#domain/errors.ts';
import { parseForm } from '#http/form.ts';
import { viewOf } from '#pages/view-of.ts';
import type { FindOrganization } from '../units/find-organization.ts';
import { refusalError } from '../refusal-words.ts';
import type { RegistryFrameModel } from '../registry-frame.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../registry-session.ts';
import { managedForm, officerForm, readOpenForm, type OpenForm } from './open-form.ts';
import type { OpenedModel } from './open-model.ts';
import { createOpenPage, type OpenPageDependencies, type ShowOpen } from './open-page.ts';

export interface OpenDependencies extends OpenPageDependencies {
  readonly registry: { readonly openAccount: OpenManagedAccount } & Pick<FindAccounts, 'findAccount'>;
  readonly findOrganization: FindOrganization;
  /** How a first login goes here. */
  readonly firstLogin: {
    readonly openingPasswordPrefix: string;
    readonly asksMailedCode: boolean;
    readonly graceHours: number;
  };
}

export type OpenHandlers = Readonly<Record<'show' | 'open' | 'opened', RegistryHandler>>;

export function openHandlers(deps: OpenDependencies): OpenHandlers {
  const { csrf, registry } = deps;
  const show = createOpenPage(deps, 'account');
  const openedPage = deps.views.page<RegistryFrameModel & OpenedModel>(
    new URL('./opened.hbs', import.meta.url),
  );
  return {
    show: (ctx) => show(ctx, 200),

    async open(ctx) {
      const { actor, session } = ctx.state;
      const form: OpenForm = parseForm(ctx, actor.office === 'manager' ? managedForm : officerForm);
      csrf.check(session.uid, form.csrf);
      const read = await readOpenForm(deps.findOrganization, actor, form, ctx.state.language);
      if (!read.ok) return show(ctx, 422, { typed: form, errors: read.errors });
      const { input, agency, warrant } = read;
      const opening = { ...input, ...(agency && { agency }) };
      const outcome = await registry.openAccount(actor, opening, warrant, contextOf(ctx));
      await answerOpening(ctx, show, form, outcome);
    },

    async opened(ctx) {
      const id = parseAccountId((ctx.params as { id: string }).id);
      const account = id && (await registry.findAccount(ctx.state.actor, id));
      const day = account?.password.openingDay;
      if (!account || day === undefined) throw new HufuError('not-found');
      const { openingPasswordPrefix: prefix, asksMailedCode: asksCode, graceHours } = deps.firstLogin;
      ctx.type = 'html';
      ctx.body = openedPage(viewOf(ctx), {
        ...(await deps.frame.of(ctx.state, account.office === 'manager' ? 'managers' : 'open')),
        accountHref: `/registry/accounts/${account.id}`,
        againHref: account.office === 'manager' ? '/registry/managers/new' : '/registry/open',
        name: account.name,
        agency: account.agency.name,
        ...(account.unit && { unit: account.unit.name }),
        day,
        prefix,
        asksCode,
        graceHours,
        mailed: account.contact.email !== undefined,
      });
    },
  };
}

/** What becomes of a form by which an account was to be opened. */
export async function answerOpening(
  ctx: RegistryContext,
  show: ShowOpen,
  typed: OpenForm,
  outcome: OpeningOutcome,
): Promise<void> {
  if (outcome.ok) {
    ctx.status = 303;
    return ctx.redirect(`/registry/open/${outcome.account.id}`);
  }
  if (outcome.reason === 'not-unique') return show(ctx, 409, { typed, duplicate: outcome });
  const fields = Object.fromEntries(typed.role.map((role) => [role, `role-${role}`]));
  const error = refusalError(outcome, { unit: 'unit', agency: 'agency', ...fields });
  await show(ctx, 403, { typed, errors: [error] });
}
