/** The library's configuration, put together from the files beside this one. */
import type { Configuration, interactionPolicy } from 'oidc-provider';
import type { AcrTable } from './acr.ts';
import { createAdapterFactory } from './adapter.ts';
import { extraTokenClaims } from './assurance-in-tokens.ts';
import { claimsByScope, supportedScopes } from './claims.ts';
import { clientMetadata } from './clients.ts';
import type { HubProviderDeps, HubProviderOptions } from './contract.ts';
import { errorPage } from './error-answers.ts';
import type { FoundAccounts } from './find-account.ts';
import { createLoadExistingGrant, refreshSettings } from './grants.ts';
import { mayIntrospect, mayRevoke } from './introspection.ts';
import { lifetimeSettings, type SessionLifetime } from './lifetimes.ts';
import { routes } from './routes.ts';
import type { RelyingParty } from '#domain/relying-party.ts';

interface Parts {
  readonly acr: AcrTable;
  readonly found: FoundAccounts;
  readonly policy: interactionPolicy.DefaultPolicy;
  readonly lifetime: SessionLifetime;
  readonly cookies: NonNullable<Configuration['cookies']>;
  readonly logOut: NonNullable<NonNullable<Configuration['features']>['rpInitiatedLogout']>;
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
}

export function providerConfiguration(
  options: HubProviderOptions,
  deps: HubProviderDeps,
  parts: Parts,
): Configuration {
  return {
    adapter: createAdapterFactory({
      store: deps.store,
      clock: deps.clock,
      sessionSeconds: options.session.absoluteSeconds,
    }),
    clients: options.relyingParties.map(clientMetadata),
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    clientDefaults: { grant_types: ['authorization_code'], response_types: ['code'] },
    clientBasedCORS: () => false,
    jwks: structuredClone(options.signingKeys),
    routes,
    cookies: parts.cookies,
    ttl: lifetimeSettings(options.lifetimes, options.session, parts.lifetime),
    responseTypes: ['code', 'none'],
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    acrValues: [...parts.acr.supported],
    scopes: [...supportedScopes],
    claims: Object.fromEntries(Object.entries(claimsByScope).map(([scope, claims]) => [scope, [...claims]])),
    conformIdTokenClaims: false,
    findAccount: parts.found.findAccount,
    loadExistingGrant: createLoadExistingGrant(parts.findRelyingParty),
    ...refreshSettings(parts.findRelyingParty),
    extraTokenClaims,
    renderError: errorPage(deps.pages),
    interactions: {
      policy: parts.policy,
      url: (_ctx, interaction) => `/interaction/${interaction.uid}`,
    },
    // Nothing of this release fetches from a relying party.
    fetch: () => Promise.reject(new Error('no outgoing calls')),
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: parts.logOut,
      introspection: { enabled: true, allowedPolicy: mayIntrospect },
      revocation: { enabled: true, allowedPolicy: mayRevoke },
      userinfo: { enabled: true },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      claimsParameter: { enabled: false },
    },
  };
}
