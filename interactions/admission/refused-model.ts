export interface RefusedModel {
  readonly reason: 'no-admitting-role' | 'certificate-required' | 'second-factor-required';
  readonly system: { readonly name: string; readonly owner?: string };
  readonly personName: string;
  /** Where the way back posts to; the relying party then gets access_denied. */
  readonly action: string;
  readonly csrf: string;
  readonly homeHref: string;
}
