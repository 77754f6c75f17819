/** Setting roles (角色設定): those of the categories that the actor holds are replaced, all others stay as they are. */
import type { SetRoles } from '#accounts/management/set-roles.ts';
import type { Account } from '#domain/account.ts';
import { dayOf } from '#domain/calendar.ts';
import { HufuError } from '#domain/errors.ts';
import { isProgrammeOfficer } from '#domain/permission.ts';
import { formText, parseForm } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';
import { viewOf } from '#pages/view-of.ts';
import { refusalError } from '../refusal-words.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../registry-session.ts';
import { roleGroups, typedRolesOf, unknownGrants, type TypedRoles } from '../roles/role-groups.ts';
import { readGrants, rolesFormFields, withLastDays } from '../roles/roles-form.ts';
import { noWarrant, readWarrant, warrantFields, type TypedWarrant } from '../warrant-form.ts';
import { accountAt, type AccountDependencies } from './account-handlers.ts';
import type { RolesModel } from './account-model.ts';
import { accountHead, hrefOf, rolesText } from './account-view.ts';
import { revisionText } from './deed-handlers.ts';

const rolesForm = withLastDays({
  csrf: formText(100),
  revision: revisionText,
  ...rolesFormFields,
  ...warrantFields,
});

interface Answer {
  /** Shown again as it was sent, it is still made from the revision seen; with `meanwhile`, from what is there now. */
  readonly typed?: TypedRoles & TypedWarrant & { readonly revision: string };
  readonly errors?: readonly FieldError[];
  readonly meanwhile?: boolean;
}

export interface RolesDependencies extends AccountDependencies {
  readonly registry: AccountDependencies['registry'] & { readonly setRoles: SetRoles };
}

export function rolesHandlers(deps: RolesDependencies): Readonly<Record<'show' | 'set', RegistryHandler>> {
  const { csrf, registry } = deps;
  const page = deps.views.page<RolesModel>(new URL('./roles.hbs', import.meta.url));

  async function show(ctx: RegistryContext, status: number, account: Account, answer: Answer = {}) {
    const { actor, language, session } = ctx.state;
    const { typed, errors = [], meanwhile = false } = answer;
    const catalogue = await deps.catalogue.readCatalogue();
    const today = dayOf(deps.clock.now());
    const sight = { actor, catalogue, today, english: language === 'en' };
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx), {
      ...(await deps.frame.of(ctx.state, 'accounts')),
      csrf: csrf.issue(session.uid),
      errors,
      head: accountHead(account, deps.sealing),
      action: `${hrefOf(account)}/roles`,
      revision: typed && !meanwhile ? Number(typed.revision) : account.revision,
      groups: roleGroups(sight, account.grants, typed ?? typedRolesOf(account.grants, today)),
      unknownRoles: unknownGrants(catalogue, account.grants).join(' '),
      dropsUnknown: isProgrammeOfficer(actor),
      meanwhile,
      theirs: meanwhile ? rolesText(account) : '',
      warrant: typed ?? noWarrant,
    });
  }

  return {
    show: async (ctx) => show(ctx, 200, await accountAt(deps, ctx)),

    async set(ctx) {
      const account = await accountAt(deps, ctx);
      const { role: chosen, until, ...form } = parseForm(ctx, rolesForm);
      csrf.check(ctx.state.session.uid, form.csrf);
      const typed = { chosen, until, ...form };
      const grants = readGrants(typed);
      const warrant = readWarrant(form);
      if (!grants.ok || !warrant.ok) {
        const errors = [...(grants.ok ? [] : grants.errors), ...(warrant.ok ? [] : warrant.errors)];
        return show(ctx, 422, account, { typed, errors });
      }
      const target = { id: account.id, revision: Number(form.revision) };
      const outcome = await registry.setRoles(
        ctx.state.actor,
        target,
        grants.grants,
        warrant.warrant,
        contextOf(ctx),
      );
      if (outcome.ok) {
        ctx.status = 303;
        return ctx.redirect(`${hrefOf(account)}?done=${isSame(outcome) ? 'same' : 'roles'}`);
      }
      if (outcome.reason === 'not-found') throw new HufuError('not-found');
      if (outcome.reason === 'changed-meanwhile')
        return show(ctx, 409, outcome.current, { typed, meanwhile: true });
      const fields = Object.fromEntries(chosen.map((role) => [role, `until-${role}`]));
      await show(ctx, 403, account, { typed, errors: [refusalError(outcome, fields)] });
    },
  };
}

/** Nothing differed, and nothing was written. */
export function isSame({
  before,
  revision,
}: {
  readonly before: Account;
  readonly revision: number;
}): boolean {
  return before.revision === revision;
}
