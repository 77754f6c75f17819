/** Deleting several accounts at once (刪除): their names and what follows, a phrase to be typed, and what became of each. */
import { z } from 'zod';
import type { RemovalOutcome, RemoveAccounts } from '#accounts/management/remove-accounts.ts';
import { parseAccountId, type Account } from '#domain/account.ts';
import { largestPage } from '#domain/account-listing.ts';
import { mayActOn } from '#domain/permission.ts';
import { formList, formText, parseForm } from '#http/form.ts';
import type { Language } from '#http/request-state.ts';
import type { FieldError } from '#pages/field-error.ts';
import { languages } from '#pages/messages/define-messages.ts';
import { translate } from '#pages/messages/translate.ts';
import { viewOf } from '#pages/view-of.ts';
import { wordsOf } from '../refusal-words.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../registry-session.ts';
import { searchHref } from '../search/criteria.ts';
import { noWarrant, readWarrant, warrantFields, type TypedWarrant } from '../warrant-form.ts';
import type { AccountDependencies } from './account-handlers.ts';
import type { RemovalModel, RemovedModel } from './account-model.ts';
import { accountHead, hrefOf, rolesText } from './account-view.ts';

const askForm = z.strictObject({ csrf: formText(100), account: formList(largestPage, 40) });
/** Each account with the revision that its line was shown with: `<id>.<revision>`. */
const removalForm = z.strictObject({
  csrf: formText(100),
  target: formList(largestPage, 60),
  confirmation: formText(60).default(''),
  ...warrantFields,
});

export interface RemovalDependencies extends AccountDependencies {
  readonly registry: AccountDependencies['registry'] & { readonly removeAccounts: RemoveAccounts };
}

interface Answer {
  readonly left?: number;
  readonly errors?: readonly FieldError[];
  readonly typed?: TypedWarrant & { readonly confirmation: string };
}

export function removalHandlers(
  deps: RemovalDependencies,
): Readonly<Record<'ask' | 'carryOut', RegistryHandler>> {
  const { csrf, registry } = deps;
  const page = deps.views.page<RemovalModel>(new URL('./removal.hbs', import.meta.url));
  const removedPage = deps.views.page<RemovedModel>(new URL('./removed.hbs', import.meta.url));

  async function find(ctx: RegistryContext, ids: readonly string[]): Promise<readonly Account[]> {
    const found: Account[] = [];
    for (const text of new Set(ids)) {
      const id = parseAccountId(text);
      const account = id && (await registry.findAccount(ctx.state.actor, id));
      if (account) found.push(account);
    }
    return found;
  }

  async function show(
    ctx: RegistryContext,
    status: number,
    accounts: readonly Account[],
    answer: Answer = {},
  ) {
    const { left = 0, errors = [], typed } = answer;
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx, searchHref), {
      ...(await deps.frame.of(ctx.state, 'accounts')),
      csrf: csrf.issue(ctx.state.session.uid),
      errors,
      accounts: accounts.map((account) => ({
        ...accountHead(account, deps.sealing),
        target: `${account.id}.${account.revision}`,
        roles: rolesText(account),
        certificates: account.certificates.length,
      })),
      left,
      ...(accounts.length > 1 && { phrase: phraseOf(ctx.state.language, accounts.length) }),
      confirmation: typed?.confirmation ?? '',
      warrant: typed ?? noWarrant,
    });
  }

  return {
    async ask(ctx) {
      const form = parseForm(ctx, askForm);
      csrf.check(ctx.state.session.uid, form.csrf);
      const found = await find(ctx, form.account);
      const accounts = found.filter((account) => mayActOn(ctx.state.actor, 'remove', account).ok);
      if (accounts.length > 0)
        return show(ctx, 200, accounts, { left: form.account.length - accounts.length });
      ctx.status = 303;
      ctx.redirect(searchHref);
    },

    async carryOut(ctx) {
      const form = parseForm(ctx, removalForm);
      csrf.check(ctx.state.session.uid, form.csrf);
      const seen = new Map(
        form.target.map((text): [string, string] => [text.split('.')[0] ?? '', text.split('.')[1] ?? '']),
      );
      const accounts = await find(ctx, [...seen.keys()]);
      const warrant = readWarrant(form);
      const isConfirmed =
        seen.size <= 1 ||
        languages.some((language) => form.confirmation.trim() === phraseOf(language, seen.size));
      if (!warrant.ok || !isConfirmed) {
        const unconfirmed = {
          field: 'confirmation',
          message: 'registry.removal.error.confirmation',
          code: 'R06',
        } as const;
        const errors = [...(warrant.ok ? [] : warrant.errors), ...(isConfirmed ? [] : [unconfirmed])];
        return show(ctx, 422, accounts, { errors, typed: form });
      }
      const targets = [...seen].flatMap(([text, revision]) => {
        const id = parseAccountId(text);
        return id ? [{ id, revision: Number(revision) }] : [];
      });
      const outcomes = await registry.removeAccounts(
        ctx.state.actor,
        targets,
        warrant.warrant,
        contextOf(ctx),
      );
      ctx.type = 'html';
      ctx.body = removedPage(viewOf(ctx, searchHref), {
        ...(await deps.frame.of(ctx.state, 'accounts')),
        ...whatBecame(outcomes, new Map(accounts.map((account) => [account.id, account]))),
      });
    },
  };
}

function phraseOf(language: Language, count: number): string {
  return translate(language, 'registry.removal.phrase', { count });
}

function whatBecame(
  outcomes: ReadonlyMap<Account['id'], RemovalOutcome>,
  known: ReadonlyMap<Account['id'], Account>,
): Pick<RemovedModel, 'removed' | 'kept'> {
  const removed = [...outcomes.values()].flatMap((outcome) => (outcome.ok ? [outcome.removed.name] : []));
  const kept = [...outcomes].flatMap(([id, outcome]) => {
    if (outcome.ok) return [];
    const account = known.get(id);
    const why =
      outcome.reason === 'not-permitted'
        ? wordsOf(outcome.why)
        : outcome.reason === 'not-found'
          ? ('registry.removal.gone' as const)
          : ('registry.removal.changed' as const);
    return [{ name: account?.name ?? '–', why, ...(account && { href: hrefOf(account) }) }];
  });
  return { removed, kept };
}
