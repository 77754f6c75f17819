import type { Account } from '#domain/account.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import type { InteractionContext } from './interaction-state.ts';
import type { StepOutcome } from './login-step.ts';

const actor = { kind: 'system', purpose: 'login' } as const;

/** The proof is void: back to the door, which says why. */
export const expired: StepOutcome = { kind: 'completed', transaction: { notice: 'expired' } };

/**
 * The account that was proved in this transaction, as it was then. Undefined when it is gone or was changed in the
 * meantime (disabled, reset, activated elsewhere): what was proved then may not hold now.
 */
export async function findProvenAccount(
  accounts: Pick<AccountDirectory, 'findAccount'>,
  ctx: InteractionContext,
): Promise<Account | undefined> {
  const { proven } = ctx.state.transaction;
  const account = proven && (await accounts.findAccount(actor, proven.accountId));
  return account?.revision === proven?.revision ? account : undefined;
}
