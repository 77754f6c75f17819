/** The page for a new account, of an official or of a manager. */
import type { NotUnique } from '#accounts/management/deed-outcome.ts';
import { dayOf } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { CatalogueDirectory } from '#domain/directory.ts';
import type { FieldError } from '#pages/field-error.ts';
import { viewOf } from '#pages/view-of.ts';
import { accountFieldGroups, noTexts, textsOf } from '../account-form/account-form.ts';
import type { RegistryContext } from '../registry-session.ts';
import type { RegistryParts } from '../registry-parts.ts';
import { roleGroups } from '../roles/role-groups.ts';
import { noWarrant } from '../warrant-form.ts';
import type { OpenForm } from './open-form.ts';
import type { OpenModel } from './open-model.ts';

export interface OpenPageDependencies extends RegistryParts {
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
  readonly clock: Clock;
}

export interface OpenAnswer {
  readonly typed?: OpenForm;
  readonly errors?: readonly FieldError[];
  readonly duplicate?: NotUnique;
}

export type ShowOpen = (ctx: RegistryContext, status: number, answer?: OpenAnswer) => Promise<void>;

export function createOpenPage(deps: OpenPageDependencies, opens: OpenModel['opens']): ShowOpen {
  const page = deps.views.page<OpenModel>(new URL('./open.hbs', import.meta.url));
  return async (ctx, status, { typed, errors = [], duplicate } = {}) => {
    const { actor, account, language, session } = ctx.state;
    const catalogue = await deps.catalogue.readCatalogue();
    const sight = { actor, catalogue, today: dayOf(deps.clock.now()), english: language === 'en' };
    const chosen = { chosen: typed?.role ?? [], until: typed?.until ?? {} };
    const fixed = actor.office === 'manager';
    const action = opens === 'manager' ? '/registry/managers/new' : '/registry/open';
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx, action), {
      ...(await deps.frame.of(ctx.state, opens === 'manager' ? 'managers' : 'open')),
      csrf: deps.csrf.issue(session.uid),
      errors,
      opens,
      action,
      ...(fixed && { fixed: { agency: account.agency, jurisdictionOid: account.jurisdictionOid } }),
      agencyText: typed?.agency ?? '',
      unitText: typed?.unit ?? '',
      jurisdictionText: typed?.jurisdiction ?? '',
      ...accountFieldGroups(typed ? textsOf(typed) : noTexts),
      groups: opens === 'manager' ? [] : roleGroups(sight, [], chosen),
      categoryOptions: catalogue.categories.map(({ id, name }) => ({
        value: id,
        text: name,
        note: id,
        chosen: typed?.category?.includes(id) ?? false,
      })),
      warrant: typed ?? noWarrant,
      ...(duplicate && { duplicate: duplicateOf(duplicate) }),
    });
  };
}

function duplicateOf({ existing }: NotUnique): NonNullable<OpenModel['duplicate']> {
  return existing ? { href: `/registry/accounts/${existing.id}`, name: existing.name } : {};
}
