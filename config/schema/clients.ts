import { z } from 'zod';
import { catalogueId, line, secret } from './values.ts';
import { webAddress } from './web-addresses.ts';

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const jwk = z
  .looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']).describe('Key type.') })
  .refine((key) => !privateMembers.some((member) => member in key), {
    error: 'a public key (without d, p, q, dp, dq, qi, oth, k)',
  });

export const client = z.strictObject({
  client_id: z
    .string()
    .regex(/^[A-Za-z0-9._~-]{1,64}$/, { error: '1 to 64 letters, digits, dots, - _ ~' })
    .describe('Identifier at the provider.'),
  name: line().describe('Name in Chinese, on the login and consent pages.'),
  nameEn: line().exactOptional().describe('Name in English. Default: the Chinese one.'),
  systems: z
    .array(catalogueId())
    .min(1)
    .describe('Ids of the systems of the catalogue that it serves; it is given the roles of these alone.'),
  firstParty: z.boolean().default(false).describe('Whether it is trusted without a consent page.'),
  countsAsActivity: z
    .boolean()
    .default(false)
    .describe(
      'Whether its refresh, userinfo and introspection keep the session alive. Polling must not keep an abandoned desk alive.',
    ),
  scopes: z
    .array(z.enum(['openid', 'profile', 'email', 'phone', 'organization', 'roles', 'offline_access']))
    .default(['openid', 'profile', 'organization', 'roles'])
    .describe('Scopes it may ask for.'),
  redirect_uris: z
    .array(webAddress())
    .min(1)
    .describe(
      'Where logins return to, compared character by character: https, or http on localhost, 127.0.0.1 or [::1]; no fragment, wildcard or user name.',
    ),
  post_logout_redirect_uris: z
    .array(webAddress())
    .default([])
    .describe('Where a log-out may return to; same rules.'),
  backchannel_logout_uri: webAddress()
    .exactOptional()
    .describe(
      'Where it is told by the hub itself (OpenID Connect Back-Channel Logout) that a session has ended; same rules. An address on a private network needs `outgoing.allow`.',
    ),
  backchannel_logout_session_required: z
    .boolean()
    .exactOptional()
    .describe('Whether its log-out tokens must carry `sid`. They do in any case.'),
  token_endpoint_auth_method: z
    .enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'])
    .default('client_secret_basic')
    .describe(
      'How it proves who it is. `none` is a public client: it has PKCE, which everybody uses here, and no secret.',
    ),
  client_secret: secret()
    .exactOptional()
    .describe(
      'Secret for client_secret_basic and client_secret_post; at least 32 characters unless all is on loopback.',
    ),
  jwks: z
    .strictObject({ keys: z.array(jwk).min(1).describe('Public keys (RFC 7517).') })
    .exactOptional()
    .describe('Its public keys, for private_key_jwt.'),
  jwks_uri: webAddress()
    .exactOptional()
    .describe('Where its public keys are fetched from, instead of `jwks`.'),
  id_token_signed_response_alg: z
    .enum(['RS256', 'ES256', 'PS256', 'EdDSA'])
    .default('RS256')
    .describe(
      'Algorithm of its ID tokens. RS256 is what ordinary relying parties expect; ES256 is recommended.',
    ),
  grant_types: z
    .array(z.enum(['authorization_code', 'refresh_token']))
    .default(['authorization_code', 'refresh_token'])
    .describe('Grants it may use.'),
  response_types: z.array(z.literal('code')).default(['code']).describe('Only `code` exists here.'),
});

export const clients = z
  .array(client)
  .default([])
  .describe('Relying parties: the business systems that log in here.');
