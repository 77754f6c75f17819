/** Ends an interaction: the only caller of interactionFinished. */
import { assuranceOf } from '#domain/assurance.ts';
import { grantConsent } from '#provider/consent.ts';
import type { HubProvider } from '#provider/contract.ts';
import type { InteractionContext } from './interaction-state.ts';
import type { ProvenPerson, Transactions } from './transaction.ts';

export interface Finish {
  /** Every step is done: the person is logged in and goes on to the relying party. */
  logIn(ctx: InteractionContext, proven: ProvenPerson): Promise<void>;
  /** The person agreed to what the relying party asks for. */
  consent(ctx: InteractionContext): Promise<void>;
  /** The relying party gets the error. */
  decline(ctx: InteractionContext, error: string, description: string): Promise<void>;
}

interface Dependencies {
  readonly provider: Pick<HubProvider, 'current' | 'loginResult'>;
  readonly transactions: Transactions;
}

export function createFinish({ provider, transactions }: Dependencies): Finish {
  return {
    logIn: (ctx, proven) =>
      submit(ctx, provider.loginResult(proven.accountId, assuranceOf(proven.method), proven.provenAt)),
    async consent(ctx) {
      const current = provider.current();
      await submit(ctx, await grantConsent(current, await current.interactionDetails(ctx.req, ctx.res)));
    },
    decline: (ctx, error, description) => submit(ctx, { error, error_description: description }),
  };

  type Result = ReturnType<HubProvider['loginResult']>;

  async function submit(ctx: InteractionContext, result: Result): Promise<void> {
    // Removed first: a transaction finishes one login, whatever happens after.
    await transactions.remove(ctx.state.interaction.uid);
    ctx.respond = false;
    await provider
      .current()
      .interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
  }
}
