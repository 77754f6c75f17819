/** A relying party (依賴方): a business system's registration with the provider. */

export interface RelyingParty {
  readonly clientId: string;
  readonly name: string;
  readonly nameEn?: string;
  /** Ids of the systems it serves; none: it is part of Hufu and admits everybody who is logged in. */
  readonly systems: readonly string[];
  /** First-party clients skip consent. */
  readonly firstParty: boolean;
  readonly scopes: readonly string[];
  /** Whether refresh, userinfo and introspection of this client keep the session alive. */
  readonly countsAsActivity: boolean;
  /** Metadata as oidc-provider takes it (RFC 7591 names), already validated. */
  readonly metadata: Readonly<Record<string, unknown>> & { readonly redirect_uris: readonly string[] };
}
