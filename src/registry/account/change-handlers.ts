/** Changing an account (修改作業): fields, unit, contact; a programme officer also the agency. */
import { z } from 'zod';
import type { NotUnique } from '#accounts/management/deed-outcome.ts';
import type { ModifyAccount } from '#accounts/management/modify-account.ts';
import type { Account } from '#domain/account.ts';
import { HufuError } from '#domain/errors.ts';
import { formText, parseForm } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';
import { viewOf } from '#pages/view-of.ts';
import { accountFieldGroups, accountFormFields, type AccountField } from '../account-form/account-form.ts';
import { refusalError } from '../refusal-words.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../registry-session.ts';
import type { FindOrganization } from '../units/find-organization.ts';
import { noWarrant, readWarrant, warrantFields, type TypedWarrant } from '../warrant-form.ts';
import { accountAt, type AccountDependencies } from './account-handlers.ts';
import type { ChangeModel } from './account-model.ts';
import { accountHead, hrefOf } from './account-view.ts';
import { readEdit } from './change-edit.ts';
import { mergeTexts, readSeen, storedTexts, type Merged } from './change-form.ts';
import { revisionText } from './deed-handlers.ts';
import { isSame } from './roles-handlers.ts';

const managedForm = z.strictObject({
  csrf: formText(100),
  revision: revisionText,
  seen: formText(8000),
  ...accountFormFields,
  unit: formText(300),
  ...warrantFields,
});
const officerForm = managedForm.extend({ agency: formText(300) });

interface Answer extends Partial<Merged> {
  readonly warrant?: TypedWarrant;
  readonly errors?: readonly FieldError[];
  /** What the form was filled with; what stands there now, without it. */
  readonly seen?: string;
  readonly revision?: string;
  readonly duplicate?: NotUnique;
}

export interface ChangeDependencies extends AccountDependencies {
  readonly registry: AccountDependencies['registry'] & { readonly modifyAccount: ModifyAccount };
  readonly findOrganization: FindOrganization;
}

export function changeHandlers(
  deps: ChangeDependencies,
): Readonly<Record<'show' | 'change', RegistryHandler>> {
  const { csrf, registry } = deps;
  const page = deps.views.page<ChangeModel>(new URL('./change.hbs', import.meta.url));

  async function show(ctx: RegistryContext, status: number, account: Account, answer: Answer = {}) {
    const { actor, session } = ctx.state;
    const stored = storedTexts(account);
    const { texts = stored, meanwhile, errors = [], warrant = noWarrant, duplicate } = answer;
    const groups = accountFieldGroups(texts);
    const told = (fields: readonly AccountField[]) =>
      fields.map((field) => {
        const note = meanwhile?.[field.name];
        const hint = keptHints[field.name];
        return { ...field, ...(note && { meanwhile: note }), ...(hint && { hint, optional: true }) };
      });
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx), {
      ...(await deps.frame.of(ctx.state, 'accounts')),
      csrf: csrf.issue(session.uid),
      errors,
      head: accountHead(account, deps.sealing),
      action: `${hrefOf(account)}/change`,
      revision: Number(answer.revision ?? account.revision),
      seen: answer.seen ?? JSON.stringify(stored),
      meanwhile: meanwhile !== undefined,
      choosesAgency: actor.office === 'programme-officer',
      agencyText: texts.agency,
      unitText: texts.unit,
      ...(meanwhile?.unit && { unitMeanwhile: meanwhile.unit }),
      ...(meanwhile?.agency && { agencyMeanwhile: meanwhile.agency }),
      person: told(groups.person),
      contact: told(groups.contact),
      warrant,
      ...(duplicate && {
        duplicate: duplicate.existing
          ? { href: hrefOf(duplicate.existing), name: duplicate.existing.name }
          : {},
      }),
    });
  }

  return {
    show: async (ctx) => show(ctx, 200, await accountAt(deps, ctx)),

    async change(ctx) {
      const account = await accountAt(deps, ctx);
      const { actor, session, language } = ctx.state;
      const isOfficer = actor.office === 'programme-officer';
      const {
        csrf: token,
        revision,
        seen: seenText,
        ...form
      } = parseForm(ctx, isOfficer ? officerForm : managedForm);
      csrf.check(session.uid, token);
      const seen = readSeen(seenText);
      const typed = { agency: seen.agency ?? '', ...form };
      const warrant = readWarrant(form);
      const read = await readEdit(deps.findOrganization, actor, account, { seen, typed, language });
      const again = { texts: typed, warrant: form, seen: seenText, revision };
      if (!read.ok || !warrant.ok) {
        const errors = [...(read.ok ? [] : read.errors), ...(warrant.ok ? [] : warrant.errors)];
        return show(ctx, 422, account, { ...again, errors });
      }
      const target = { id: account.id, revision: Number(revision) };
      const outcome = await registry.modifyAccount(actor, target, read.edit, warrant.warrant, contextOf(ctx));
      if (outcome.ok) {
        ctx.status = 303;
        return ctx.redirect(`${hrefOf(account)}?done=${isSame(outcome) ? 'same' : 'change'}`);
      }
      if (outcome.reason === 'not-found') throw new HufuError('not-found');
      if (outcome.reason === 'not-unique') return show(ctx, 409, account, { ...again, duplicate: outcome });
      if (outcome.reason === 'changed-meanwhile') {
        const merged = mergeTexts(seen, typed, storedTexts(outcome.current));
        return show(ctx, 409, outcome.current, { ...merged, warrant: form });
      }
      const errors = [refusalError(outcome, { unit: 'unit', agency: 'agency' })];
      await show(ctx, 403, account, { ...again, errors });
    },
  };
}

/** What is on file and not shown stays when its field is left empty. */
const keptHints: Partial<Record<AccountField['name'], AccountField['hint']>> = {
  nationalId: 'registry.change.hint.nationalId',
  birthday: 'registry.change.hint.birthday',
  email: 'registry.change.hint.email',
};
