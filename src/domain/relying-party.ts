/** A relying party (依賴方): a business system's registration with the provider. */

import type { Requirement } from './assurance.ts';

export interface RelyingParty {
  readonly clientId: string;
  readonly name: string;
  readonly nameEn?: string;
  /** Ids of the systems it serves; none: it is part of Hufu and admits everybody who is logged in. */
  readonly systems: readonly string[];
  /** First-party clients skip consent. */
  readonly firstParty: boolean;
  /** The least login that it is told of at all, whatever its systems ask for. Default: what they do. */
  readonly leastRequirement?: Requirement;
  readonly scopes: readonly string[];
  /** Whether refresh, userinfo and introspection of this client keep the session alive. */
  readonly countsAsActivity: boolean;
  /** `fapi2`: FAPI 2.0 Security Profile, with everything that it demands of a client. */
  readonly profile?: 'fapi2';
  /** Origins whose scripts may call token, userinfo and the like for this client (CORS). */
  readonly allowedOrigins?: readonly string[];
  /** URIs of the resources that it may ask access tokens for (RFC 8707). */
  readonly resources?: readonly string[];
  /** What it may do by itself, as a program (client credentials); absent: nothing. */
  readonly api?: ApiRights;
  /** Metadata as oidc-provider takes it (RFC 7591 names), already validated. */
  readonly metadata: Readonly<Record<string, unknown>> & { readonly redirect_uris: readonly string[] };
}

/** Both ceilings of a program that keeps accounts, and what it may do under them. */
export interface ApiRights {
  /** OAuth scopes; which deed asks for which: permission.ts. */
  readonly scopes: readonly string[];
  /** OID at and below which it sees accounts. */
  readonly scopeOid: string;
  /** Ids of the categories whose roles it may give. */
  readonly categories: readonly string[];
  /** What its changes by SCIM rest on where a request names nothing itself; absent: each names its own. */
  readonly warrant?: { readonly form: string; readonly reason: string };
}

/** An interface of a business system that takes access tokens of its own (RFC 8707, RFC 9068). */
export interface Resource {
  /** What relying parties name it by, and the audience of its tokens. */
  readonly uri: string;
  /** Ids of the systems whose roles its tokens tell. */
  readonly systems: readonly string[];
  /** Scopes of its own. */
  readonly scopes: readonly string[];
  /** `jwt` is judged by the resource alone and cannot be called back; `opaque` is introspected. */
  readonly format: 'jwt' | 'opaque';
  /** Clients, besides the token's own, that may introspect its opaque tokens. */
  readonly introspectedBy: readonly string[];
}
