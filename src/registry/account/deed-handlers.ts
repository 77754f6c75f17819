/** A deed on one account: the question, which names what will follow, and carrying it out. */
import { z } from 'zod';
import type { DeedOutcome, DeedRefusal } from '#accounts/management/deed-outcome.ts';
import type { ManagedOneDayPasswords } from '#accounts/management/one-day-password.ts';
import type { RemoveAccounts } from '#accounts/management/remove-accounts.ts';
import type { RemoveFactors } from '#accounts/management/remove-factors.ts';
import type { ResetManagedPassword } from '#accounts/management/reset-managed-password.ts';
import type { SetStatus } from '#accounts/management/set-status.ts';
import type { Warrant } from '#accounts/warrant.ts';
import type { Account } from '#domain/account.ts';
import { HufuError } from '#domain/errors.ts';
import { mayActOn } from '#domain/permission.ts';
import { formList, formText, parseForm } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';
import { viewOf } from '#pages/view-of.ts';
import { refusalError } from '../refusal-words.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../registry-session.ts';
import { searchHref } from '../search/criteria.ts';
import { noWarrant, readWarrant, warrantFields, type TypedWarrant } from '../warrant-form.ts';
import { deedLooks, parseAccountDeed, type AccountDeed } from './account-deeds.ts';
import { accountAt, type AccountDependencies } from './account-handlers.ts';
import type { QuestionModel } from './account-model.ts';
import { accountHead, heldCertificates, hrefOf, rolesText } from './account-view.ts';

/** Of an account as it was seen. */
export const revisionText = z.string().regex(/^[1-9]\d{0,14}$/);

const deedForm = z.strictObject({ csrf: formText(100), revision: revisionText, ...warrantFields });
const certificatesForm = deedForm.extend({ certificate: formList(50, 64) });

export interface DeedDependencies extends AccountDependencies {
  readonly registry: AccountDependencies['registry'] & {
    readonly setStatus: SetStatus;
    readonly resetPassword: ResetManagedPassword;
    readonly oneDayPasswords: ManagedOneDayPasswords;
    readonly removeFactors: RemoveFactors;
    readonly removeAccounts: RemoveAccounts;
  };
}

interface Asked {
  readonly errors?: readonly FieldError[];
  readonly warrant?: TypedWarrant;
  readonly chosen?: readonly string[];
  readonly meanwhile?: boolean;
}

export function deedHandlers(deps: DeedDependencies): Readonly<Record<'ask' | 'carryOut', RegistryHandler>> {
  const { csrf } = deps;
  const page = deps.views.page<QuestionModel>(new URL('./question.hbs', import.meta.url));

  async function question(ctx: RegistryContext, status: number, account: Account, asked: Asked = {}) {
    const deed = deedAt(ctx);
    const { warrant = noWarrant, chosen, meanwhile = false } = asked;
    const { email } = account.contact;
    const permission = mayActOn(ctx.state.actor, deedLooks[deed].deed, account);
    // Who may not is told when they ask, not only when they have answered.
    const errors = asked.errors ?? (permission.ok ? [] : [refusalError(permission)]);
    ctx.status = permission.ok ? status : 403;
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx), {
      ...(await deps.frame.of(ctx.state, 'accounts')),
      csrf: csrf.issue(ctx.state.session.uid),
      errors,
      head: accountHead(account, deps.sealing),
      deed,
      grave: deedLooks[deed].grave,
      action: `${hrefOf(account)}/${deed}`,
      revision: account.revision,
      warrant,
      meanwhile,
      certificates: heldCertificates(account).map(({ fingerprint, subjectName, notAfter }) => ({
        value: fingerprint,
        text: `${subjectName} ${notAfter}`,
        chosen: chosen?.includes(fingerprint) ?? true,
      })),
      roles: rolesText(account),
      ...(email !== undefined && { email }),
    });
  }

  return {
    ask: async (ctx) => question(ctx, 200, await accountAt(deps, ctx)),

    async carryOut(ctx) {
      const deed = deedAt(ctx);
      const account = await accountAt(deps, ctx);
      const isChoice = deed === 'remove-certificates';
      const { certificate: chosen, ...form } = isChoice
        ? parseForm(ctx, certificatesForm)
        : { ...parseForm(ctx, deedForm), certificate: [] };
      csrf.check(ctx.state.session.uid, form.csrf);
      const read = readWarrant(form);
      if (!read.ok) return question(ctx, 422, account, { errors: read.errors, warrant: form, chosen });
      const seen = { ...account, revision: Number(form.revision) };
      const outcome = await act(deps, ctx, deed, seen, read.warrant, chosen);
      if (outcome.ok) {
        ctx.status = 303;
        const done = deed === 'remove' ? `${searchHref}?done=removed` : `${hrefOf(account)}?done=${deed}`;
        return ctx.redirect(done);
      }
      if (outcome.reason === 'not-found') throw new HufuError('not-found');
      if (outcome.reason === 'changed-meanwhile')
        return question(ctx, 409, outcome.current, { warrant: form, chosen, meanwhile: true });
      await question(ctx, 403, account, { errors: [refusalError(outcome)], warrant: form, chosen });
    },
  };
}

function deedAt(ctx: RegistryContext): AccountDeed {
  const deed = parseAccountDeed((ctx.params as { deed: string }).deed);
  if (!deed) throw new HufuError('not-found');
  return deed;
}

async function act(
  { registry }: DeedDependencies,
  ctx: RegistryContext,
  deed: AccountDeed,
  account: Account,
  warrant: Warrant,
  chosen: readonly string[],
): Promise<DeedOutcome | DeedRefusal | { readonly ok: true }> {
  const { actor } = ctx.state;
  const context = contextOf(ctx);
  const target = { id: account.id, revision: account.revision };
  switch (deed) {
    case 'enable':
      return registry.setStatus(actor, target, 'enabled', warrant, context);
    case 'disable':
      return registry.setStatus(actor, target, 'disabled', warrant, context);
    case 'close':
      return registry.setStatus(actor, target, 'not-opened', warrant, context);
    case 'reset-password':
      return registry.resetPassword(actor, target, warrant, context);
    case 'one-day-password':
      return registry.oneDayPasswords.enable(actor, target, warrant, context);
    case 'withdraw-one-day-password':
      return registry.oneDayPasswords.withdraw(actor, target, warrant, context);
    case 'remove-certificates': {
      const meant = account.certificates.filter(({ fingerprint }) => chosen.includes(fingerprint));
      return registry.removeFactors(actor, target, meant, warrant, context);
    }
    case 'remove': {
      const outcomes = await registry.removeAccounts(actor, [target], warrant, context);
      return outcomes.get(account.id) ?? { ok: false, reason: 'not-found' };
    }
  }
}
