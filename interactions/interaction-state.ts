import type { Router } from '@koa/router';
import type { ParameterizedContext } from 'koa';
import type { AssuranceLevel } from '#domain/assurance.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { RequestState } from '#http/request-state.ts';
import type { Prompt } from './dispatch.ts';
import type { Transaction } from './transaction.ts';

/** The provider's interaction that this browser holds the cookie of. */
export interface Interaction {
  readonly uid: string;
  readonly prompt: Prompt;
  /** What the provider's check said, e.g. `no-admitting-role`. */
  readonly reason: string | undefined;
  /** Level that a login must reach to be of any use. */
  readonly least: AssuranceLevel;
  /** Level that the relying party would like it to reach. */
  readonly wished: AssuranceLevel;
  readonly client: RelyingParty;
  /** Validated by the provider; the device flow has none. */
  readonly redirectUri: string | undefined;
  /** Scopes that a consent prompt asks for. */
  readonly scopesAsked: readonly string[];
  /** Under which names the agreement to it is remembered. */
  readonly scopesToRemember: readonly string[];
  /** Everything was agreed to before: a native app is only confirmed anew. */
  readonly signInOnly: boolean;
  /** Account of the session that the interaction continues, if any. */
  readonly accountId: string | undefined;
}

export interface InteractionState extends RequestState {
  interaction: Interaction;
  transaction: Transaction;
}

export type InteractionContext = ParameterizedContext<InteractionState>;
export type InteractionRouter = Router<InteractionState>;
export type InteractionHandler = (ctx: InteractionContext, next: () => Promise<unknown>) => Promise<unknown>;
