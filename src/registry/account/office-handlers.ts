/** Office, jurisdiction and categories of an account, by programme officers: giving, changing and withdrawing them. */
import { z } from 'zod';
import type { SetOffice } from '#accounts/management/set-office.ts';
import type { Account, Office } from '#domain/account.ts';
import type { OrganizationDirectory } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import { formList, formText, parseForm } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';
import { viewOf } from '#pages/view-of.ts';
import { refusalError } from '../refusal-words.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../registry-session.ts';
import { optionsOf } from '../registry-parts.ts';
import { organizationText, type FindOrganization } from '../units/find-organization.ts';
import { noWarrant, readWarrant, warrantFields, type TypedWarrant } from '../warrant-form.ts';
import { accountAt, type AccountDependencies } from './account-handlers.ts';
import type { OfficeModel } from './account-model.ts';
import { accountHead, hrefOf } from './account-view.ts';
import { revisionText } from './deed-handlers.ts';
import { isSame } from './roles-handlers.ts';

const offices = ['general', 'manager', 'programme-officer'] as const satisfies readonly Office[];

const officeForm = z.strictObject({
  csrf: formText(100),
  revision: revisionText,
  office: z.enum(offices),
  jurisdiction: formText(300),
  category: formList(200, 64),
  ...warrantFields,
});

interface Typed extends TypedWarrant {
  readonly office: Office;
  readonly jurisdiction: string;
  readonly category: readonly string[];
  /** That the form was made from; it counts still when the form is shown again, unless it says what is there now. */
  readonly revision: string;
}

export interface OfficeDependencies extends AccountDependencies {
  readonly registry: AccountDependencies['registry'] & { readonly setOffice: SetOffice };
  readonly organizations: Pick<OrganizationDirectory, 'findOrganization'>;
  readonly findOrganization: FindOrganization;
}

export function officeHandlers(deps: OfficeDependencies): Readonly<Record<'show' | 'set', RegistryHandler>> {
  const { csrf, registry } = deps;
  const page = deps.views.page<OfficeModel>(new URL('./office.hbs', import.meta.url));

  async function show(
    ctx: RegistryContext,
    status: number,
    account: Account,
    {
      typed,
      errors = [],
      meanwhile = false,
    }: { typed?: Typed; errors?: readonly FieldError[]; meanwhile?: boolean } = {},
  ) {
    const { categories } = await deps.catalogue.readCatalogue();
    const { jurisdictionOid: oid } = account;
    const organization = await deps.organizations.findOrganization(ctx.state.actor, oid);
    const held = typed?.category ?? account.categories;
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx), {
      ...(await deps.frame.of(ctx.state, 'managers')),
      csrf: csrf.issue(ctx.state.session.uid),
      errors,
      head: accountHead(account, deps.sealing),
      action: `${hrefOf(account)}/office`,
      revision: typed && !meanwhile ? Number(typed.revision) : account.revision,
      offices: optionsOf(offices, [typed?.office ?? account.office]),
      jurisdictionText: typed?.jurisdiction ?? (organization ? organizationText(organization) : oid),
      categoryOptions: categories.map(({ id, name }) => ({
        value: id,
        text: name,
        note: id,
        chosen: held.includes(id),
      })),
      ...(meanwhile && {
        theirs: { office: account.office, held: [oid, ...account.categories.toSorted()].join(' ') },
      }),
      warrant: typed ?? noWarrant,
    });
  }

  /** The OID of what was typed; one that no organisation has may stay as it stands. */
  async function jurisdictionOf(ctx: RegistryContext, account: Account, typed: string) {
    const found = await deps.findOrganization(ctx.state.actor, typed);
    if (found.kind === 'found') return found.organization.oid;
    return found.kind === 'unknown-oid' && found.oid === account.jurisdictionOid ? found.oid : undefined;
  }

  return {
    show: async (ctx) => show(ctx, 200, await accountAt(deps, ctx)),

    async set(ctx) {
      const account = await accountAt(deps, ctx);
      const typed = parseForm(ctx, officeForm);
      csrf.check(ctx.state.session.uid, typed.csrf);
      const warrant = readWarrant(typed);
      const jurisdictionOid = await jurisdictionOf(ctx, account, typed.jurisdiction);
      if (!warrant.ok || !jurisdictionOid) {
        const unknown = {
          field: 'jurisdiction',
          message: 'registry.organization.error.unknown',
          code: 'R02',
        } as const;
        const errors = [...(jurisdictionOid ? [] : [unknown]), ...(warrant.ok ? [] : warrant.errors)];
        return show(ctx, 422, account, { typed, errors });
      }
      const { office, category } = typed;
      const held = { office, jurisdictionOid, categories: office === 'manager' ? category : [] };
      const target = { id: account.id, revision: Number(typed.revision) };
      const outcome = await registry.setOffice(
        ctx.state.actor,
        target,
        held,
        warrant.warrant,
        contextOf(ctx),
      );
      if (outcome.ok) {
        ctx.status = 303;
        return ctx.redirect(`${hrefOf(account)}?done=${isSame(outcome) ? 'same' : 'office'}`);
      }
      if (outcome.reason === 'not-found') throw new HufuError('not-found');
      if (outcome.reason === 'changed-meanwhile')
        return show(ctx, 409, outcome.current, { typed, meanwhile: true });
      await show(ctx, 403, account, { typed, errors: [refusalError(outcome)] });
    },
  };
}
