import type { StepName } from './dispatch.ts';
import type { InteractionContext } from './interaction-state.ts';
import type { Transaction } from './transaction.ts';

export type StepOutcome =
  /** The step has answered by itself: with its page and what is to be mended, or by leading elsewhere for a while. */
  | { readonly kind: 'shown' }
  /** The step is done; the dispatcher decides what is next. */
  | { readonly kind: 'completed'; readonly transaction: Transaction }
  /** The person agreed to what the relying party asks for. */
  | { readonly kind: 'consented' }
  /** The login ends here; the relying party gets this OAuth error. */
  | { readonly kind: 'declined'; readonly error: 'access_denied'; readonly description: string };

/** One step of signing in, under `/interaction/:uid/<name>`. It is reached only while it is the next one. */
export interface LoginStep {
  readonly name: StepName;
  /** GET: answers with the step's page. */
  show(ctx: InteractionContext): Promise<void>;
  /** POST: the form's token has been checked. */
  submit(ctx: InteractionContext): Promise<StepOutcome>;
  /** GET of `…/<name>/return`, for steps that lead elsewhere: the browser is back, with what it got there. */
  comeBack?(ctx: InteractionContext): Promise<StepOutcome>;
}

export const shown: StepOutcome = { kind: 'shown' };
