/**
 * FAPI 2.0 Security Profile (Final), section 5.3.2, for clients of that profile: pushed requests, a sender constraint by DPoP
 * or certificate, client authentication by key or certificate, and no RSA PKCS #1 v1.5. What the library does not force by
 * itself is forced in the client's metadata, or refused where the metadata say otherwise.
 */
import type { ClientMetadata } from 'oidc-provider';
import type { RelyingParty } from '#domain/relying-party.ts';
import { fapi2Algorithms } from './algorithms.ts';
import { deviceGrant } from './device-grant.ts';

/** Seconds that an authorization code lives at most (section 5.3.2.1, 11). */
export const fapi2CodeSeconds = 60;

const authMethods: ReadonlySet<unknown> = new Set([
  'private_key_jwt',
  'tls_client_auth',
  'self_signed_tls_client_auth',
]);

const algorithmKeys = [
  'id_token_signed_response_alg',
  'userinfo_signed_response_alg',
  'authorization_signed_response_alg',
  'request_object_signing_alg',
  'token_endpoint_auth_signing_alg',
] as const;

/** What is wrong for the profile with a client's metadata, first fault first. */
export function faultOfFapi2(metadata: RelyingParty['metadata']): string | undefined {
  const { grant_types: grants } = metadata;
  if (Array.isArray(grants) && grants.includes(deviceGrant)) return 'no device flow in this profile';
  if (!authMethods.has(metadata['token_endpoint_auth_method'])) {
    return 'token_endpoint_auth_method must be private_key_jwt, tls_client_auth or self_signed_tls_client_auth';
  }
  const byProof = metadata['dpop_bound_access_tokens'] === true;
  const byCertificate = metadata['tls_client_certificate_bound_access_tokens'] === true;
  if (byProof === byCertificate) {
    return 'either dpop_bound_access_tokens or tls_client_certificate_bound_access_tokens must be true';
  }
  const weak = algorithmKeys.find(
    (key) => metadata[key] !== undefined && !fapi2Algorithms.includes(String(metadata[key])),
  );
  if (weak) return `${weak} must be PS256, ES256 or EdDSA`;
  if (
    metadata['application_type'] !== 'native' &&
    metadata.redirect_uris.some((uri) => uri.startsWith('http:'))
  ) {
    return 'redirect_uris must be https';
  }
  return undefined;
}

/** What the profile fixes where the registration says nothing. */
export const fapi2Defaults: Partial<ClientMetadata> = {
  require_pushed_authorization_requests: true,
  response_types: ['code'],
  id_token_signed_response_alg: 'ES256',
  authorization_signed_response_alg: 'ES256',
};
