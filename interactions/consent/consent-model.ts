import type { ShownScopes } from '#pages/shown-scopes.ts';

export interface ConsentModel extends ShownScopes {
  readonly system: { readonly name: string; readonly owner?: string };
  /** Nothing new is asked for: an app on the device asks to sign the person in. */
  readonly signInOnly: boolean;
  readonly personName: string;
  /** Where agreeing posts to. */
  readonly action: string;
  readonly csrf: string;
  /** Where declining posts to; the relying party then gets access_denied. */
  readonly cancelAction: string;
}
