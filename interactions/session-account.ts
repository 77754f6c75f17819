import { parseAccountId, type Account } from '#domain/account.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import type { InteractionContext } from './interaction-state.ts';

/** The account of the session that the interaction continues; throws `interaction-gone` when there is none. */
export async function getSessionAccount(
  accounts: Pick<AccountDirectory, 'findAccount'>,
  ctx: InteractionContext,
): Promise<Account> {
  const { accountId } = ctx.state.interaction;
  const id = accountId === undefined ? undefined : parseAccountId(accountId);
  const account = id && (await accounts.findAccount({ kind: 'system', purpose: 'claims' }, id));
  if (!account) throw new HufuError('interaction-gone');
  return account;
}
