/** One account: what a manager may know of it and do to it, and what became of it by the audit trail. */
import type { FindAccounts } from '#accounts/management/list-accounts.ts';
import { parseAccountId, type Account } from '#domain/account.ts';
import type { AccountTrail } from '#domain/account-trail.ts';
import { dayOf } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { CatalogueDirectory } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import type { Sealing } from '#domain/sealing.ts';
import { trailActions, trailWords } from '#pages/trail-words.ts';
import { viewOf } from '#pages/view-of.ts';
import type { RegistryContext, RegistryHandler } from '../registry-session.ts';
import type { RegistryParts } from '../registry-parts.ts';
import { accountDeeds } from './account-deeds.ts';
import type { AccountModel, HistoryLine, HistoryModel } from './account-model.ts';
import { accountActs, accountFacts, accountHead, hrefOf, nameOf } from './account-view.ts';

export interface AccountDependencies extends RegistryParts {
  readonly registry: Pick<FindAccounts, 'findAccount'>;
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
  readonly sealing: Pick<Sealing, 'open'>;
  readonly clock: Clock;
}

/** The account that the address names, within what the actor sees. Throws `not-found`. */
export async function accountAt(
  { registry }: Pick<AccountDependencies, 'registry'>,
  ctx: RegistryContext,
): Promise<Account> {
  const id = parseAccountId((ctx.params as { id: string }).id);
  const account = id && (await registry.findAccount(ctx.state.actor, id));
  if (!account) throw new HufuError('not-found');
  return account;
}

const notices = [...accountDeeds, 'change', 'same', 'roles', 'office'] as const;

export function showAccount(deps: AccountDependencies): RegistryHandler {
  const page = deps.views.page<AccountModel>(new URL('./account.hbs', import.meta.url));
  return async function accountPage(ctx) {
    const account = await accountAt(deps, ctx);
    const { actor, language } = ctx.state;
    const today = dayOf(deps.clock.now());
    const { oneDay } = account.password;
    const by = oneDay?.enabledBy ?? '';
    const notice = notices.find((one) => one === ctx.query['done']);
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx), {
      ...accountFacts(account, await deps.catalogue.readCatalogue(), today),
      ...(await deps.frame.of(ctx.state, 'accounts')),
      head: accountHead(account, deps.sealing),
      ...accountActs(actor, account, today),
      ...(notice && { notice }),
      ...(oneDay?.day === today && {
        oneDay: { at: oneDay.enabledAt, by: await nameOf(deps.registry.findAccount, actor, by, language) },
      }),
    });
  };
}

const pageSize = 30;

export function showHistory(deps: AccountDependencies & { readonly trail: AccountTrail }): RegistryHandler {
  const page = deps.views.page<HistoryModel>(new URL('./history.hbs', import.meta.url));
  return async function accountHistory(ctx) {
    const account = await accountAt(deps, ctx);
    const { actor, language } = ctx.state;
    const { before: asked } = ctx.query;
    const before = typeof asked === 'string' && /^[1-9]\d{0,14}$/.test(asked) ? Number(asked) : undefined;
    const { entries, older } = await deps.trail.list(actor, account.id, {
      actions: trailActions(),
      limit: pageSize,
      ...(before !== undefined && { before }),
    });
    const lines = entries.map(async (entry): Promise<HistoryLine[]> => {
      const words = trailWords(entry);
      const by = await nameOf(deps.registry.findAccount, actor, entry.actor, language);
      return words ? [{ ...words, time: entry.time, by }] : [];
    });
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx), {
      ...(await deps.frame.of(ctx.state, 'accounts')),
      head: accountHead(account, deps.sealing),
      lines: (await Promise.all(lines)).flat(),
      ...(older !== undefined && { olderHref: `${hrefOf(account)}/history?before=${older}` }),
    });
  };
}
