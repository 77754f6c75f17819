/** The library's configuration, put together from the files beside this one. */
import type { Configuration, interactionPolicy } from 'oidc-provider';
import type { AcrTable } from './acr.ts';
import { createAdapterFactory } from './adapter.ts';
import { extraTokenClaims } from './assurance-in-tokens.ts';
import { enabledAlgorithms } from './algorithms.ts';
import { claimsByScope, supportedScopes } from './claims.ts';
import { createAssertionRules } from './client-assertions.ts';
import { createKeptClients } from './client-secrets.ts';
import { clientMetadata } from './clients.ts';
import type { FindRelyingParty, HubProviderDeps, HubProviderOptions } from './contract.ts';
import type { DeviceCodes } from './device-codes.ts';
import { errorPage } from './error-answers.ts';
import type { DeviceFlow } from './device-flow.ts';
import { providerFeatures } from './features.ts';
import type { FoundAccounts } from './find-account.ts';
import { createLoadExistingGrant, refreshSettings } from './grants.ts';
import { lifetimeSettings, type SessionLifetime } from './lifetimes.ts';
import { mutualTlsAliases } from './mutual-tls.ts';
import { createPairwise, sectorOf } from './pairwise.ts';
import { parseIssuer } from './pinned-origin.ts';
import type { Registration } from './registration.ts';
import type { Resources } from './resources.ts';
import { routes } from './routes.ts';

interface Parts {
  readonly acr: AcrTable;
  readonly found: FoundAccounts;
  readonly policy: interactionPolicy.DefaultPolicy;
  readonly lifetime: SessionLifetime;
  readonly cookies: NonNullable<Configuration['cookies']>;
  readonly logOut: NonNullable<NonNullable<Configuration['features']>['rpInitiatedLogout']>;
  readonly resources: Resources;
  readonly registration: Registration | undefined;
  readonly deviceFlow: DeviceFlow | undefined;
  readonly deviceCodes: DeviceCodes | undefined;
  readonly findRelyingParty: FindRelyingParty;
}

export function providerConfiguration(
  options: HubProviderOptions,
  deps: HubProviderDeps,
  parts: Parts,
): Configuration {
  const { findRelyingParty, registration } = parts;
  const isFapi2 = (clientId: string) => findRelyingParty(clientId)?.profile === 'fapi2';
  const hasMutualTls = options.mutualTls !== undefined && deps.clientCertificates !== undefined;
  const pairwise = createPairwise(deps.secretFor('pairwise-subject'));
  return {
    adapter: createAdapterFactory({
      store: deps.store,
      clock: deps.clock,
      sessionSeconds: options.session.absoluteSeconds,
      registration,
      keptClient: deps.kept && createKeptClients(deps.kept, deps.random),
      deviceCodes: parts.deviceCodes,
    }),
    clients: options.relyingParties.map(clientMetadata),
    clientAuthMethods: [
      'client_secret_basic',
      'client_secret_post',
      'private_key_jwt',
      ...(hasMutualTls ? (['tls_client_auth', 'self_signed_tls_client_auth'] as const) : []),
      'none',
    ],
    assertJwtClientAuthClaimsAndHeader: createAssertionRules({
      issuer: parseIssuer(options.issuer),
      clock: deps.clock,
      findRelyingParty,
    }),
    enabledJWA: enabledAlgorithms,
    clientDefaults: { grant_types: ['authorization_code'], response_types: ['code'] },
    clientBasedCORS: (_ctx, origin, { clientId }) =>
      findRelyingParty(clientId)?.allowedOrigins?.includes(origin) === true,
    subjectTypes: ['public', 'pairwise'],
    pairwiseIdentifier: (_ctx, accountId, client) => pairwise(accountId, sectorOf(client)),
    // A configured sector is the operator's word; who registers by itself proves it (Core, section 8.1).
    sectorIdentifierUriValidate: ({ clientId }) =>
      registration?.find(clientId) !== undefined || findRelyingParty(clientId) === undefined,
    jwks: structuredClone(options.signingKeys),
    routes,
    cookies: parts.cookies,
    ttl: lifetimeSettings(options.lifetimes, options.session, parts.lifetime, isFapi2),
    responseTypes: ['code', 'none'],
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    acrValues: [...parts.acr.supported],
    scopes: [...supportedScopes],
    claims: Object.fromEntries(Object.entries(claimsByScope).map(([scope, claims]) => [scope, [...claims]])),
    conformIdTokenClaims: false,
    findAccount: parts.found.findAccount,
    loadExistingGrant: createLoadExistingGrant(parts.findRelyingParty, deps.consents),
    ...refreshSettings(parts.findRelyingParty),
    extraTokenClaims,
    renderError: errorPage(deps.pages),
    interactions: {
      policy: parts.policy,
      url: (_ctx, interaction) => `/interaction/${interaction.uid}`,
    },
    fetch: (input, init) => {
      if (!deps.outgoing) return Promise.reject(new Error('no outgoing calls'));
      return deps.outgoing(input instanceof Request ? input.url : input, init);
    },
    fetchResponseBodyLimits: { jwks_uri: 64 * 1024, sector_identifier_uri: 64 * 1024 },
    formats: { customizers: { jwt: parts.resources.customizeJwt } },
    // With its own way of telling switched off the library would drop what a registration says of it.
    extraClientMetadata: { properties: ['backchannel_logout_uri', 'backchannel_logout_session_required'] },
    // Sent from the outbox (back-channel-delivery.ts): the library would send it within the request, once.
    discovery: {
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      ...(hasMutualTls && mutualTlsAliases(options.mutualTls)),
    },
    features: providerFeatures(options, deps, parts),
  };
}
