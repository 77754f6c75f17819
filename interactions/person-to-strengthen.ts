import { parseAccountId, type Account } from '#domain/account.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import type { InteractionContext } from './interaction-state.ts';

/** Somebody who is logged in already and needs a login by certificate. */
export type FindPersonToStrengthen = (ctx: InteractionContext) => Promise<Account | undefined>;

const actor = { kind: 'system', purpose: 'login' } as const;

export function createFindPersonToStrengthen(
  accounts: Pick<AccountDirectory, 'findAccount'>,
): FindPersonToStrengthen {
  return async ({ state }) => {
    const { accountId, least } = state.interaction;
    const id = least === 3 && accountId !== undefined ? parseAccountId(accountId) : undefined;
    return id && accounts.findAccount(actor, id);
  };
}
