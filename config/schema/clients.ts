import { z } from 'zod';
import { resourceUri } from './resources.ts';
import { catalogueId, host, line, objectIdentifier, secret, whole } from './values.ts';
import { originAddress, redirectAddress, webAddress } from './web-addresses.ts';

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const jwk = z
  .looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']).describe('Key type.') })
  .refine((key) => !privateMembers.some((member) => member in key), {
    error: 'a public key (without d, p, q, dp, dq, qi, oth, k)',
  });

/** What the interface for programs lets a client do, by the names of its OAuth scopes. */
export const apiScopes = [
  'accounts.read',
  'accounts.write',
  'accounts.export',
  'accounts.remove',
  'roles.write',
] as const;

const algorithm = () => z.enum(['RS256', 'ES256', 'PS256', 'EdDSA']);

export const client = z.strictObject({
  client_id: z
    .string()
    .regex(/^[A-Za-z0-9._~-]{1,64}$/, { error: '1 to 64 letters, digits, dots, - _ ~' })
    .describe('Identifier at the provider.'),
  name: line().describe('Name in Chinese, on the login and consent pages.'),
  nameEn: line().exactOptional().describe('Name in English. Default: the Chinese one.'),
  systems: z
    .array(catalogueId())
    .default([])
    .describe(
      'Ids of the systems of the catalogue that it serves; it is given the roles of these alone. At least one, unless nobody logs in to it (`client_credentials` is its only grant).',
    ),
  leastRequirement: z
    .enum(['certificate', 'second-factor'])
    .exactOptional()
    .describe(
      'Least login that it takes, whatever its systems ask for: with `certificate` not even a role for days without the card lets in. Default: what the systems ask for.',
    ),
  firstParty: z.boolean().default(false).describe('Whether it is trusted without a consent page.'),
  countsAsActivity: z
    .boolean()
    .default(false)
    .describe(
      'Whether its refresh, userinfo and introspection keep the session alive. Polling must not keep an abandoned desk alive.',
    ),
  scopes: z
    .array(
      z.enum([
        'openid',
        'profile',
        'email',
        'phone',
        'organization',
        'roles',
        'national_id',
        'offline_access',
      ]),
    )
    .default(['openid', 'profile', 'organization', 'roles'])
    .describe(
      'Scopes it may ask for. `national_id` only where a law asks for it: userinfo then tells the national ID, and each time is in the audit trail.',
    ),
  profile: z
    .literal('fapi2')
    .exactOptional()
    .describe(
      '`fapi2`: FAPI 2.0 Security Profile. Forces pushed requests, DPoP or certificate-bound tokens, private_key_jwt or mutual TLS, PS256, ES256 or EdDSA, codes of 60 seconds.',
    ),
  application_type: z
    .enum(['web', 'native'])
    .default('web')
    .describe(
      '`native`: an app on a device (RFC 8252). Redirects to http://127.0.0.1 or http://[::1] on any port, and to schemes that are a reversed domain name.',
    ),
  redirect_uris: z
    .array(redirectAddress())
    .default([])
    .describe(
      'Where logins return to, compared character by character: https, or http on localhost, 127.0.0.1 or [::1]; no fragment, wildcard or user name. At least one, unless it never sends a browser here.',
    ),
  allowedOrigins: z
    .array(originAddress())
    .default([])
    .describe(
      'Origins whose scripts may call the token, userinfo, revocation and pushed-request endpoints for it (CORS), such as that of a front-end client.',
    ),
  resources: z
    .array(resourceUri())
    .default([])
    .describe('URIs of the `resources` below that it may ask access tokens for.'),
  subject_type: z
    .enum(['public', 'pairwise'])
    .default('public')
    .describe('`pairwise`: it knows people by identifiers that no other sector knows them by.'),
  sector: host()
    .exactOptional()
    .describe(
      'Sector of its pairwise identifiers: relying parties of one sector know people by the same. Default: the host of its redirect URIs, when that is one.',
    ),
  post_logout_redirect_uris: z
    .array(redirectAddress())
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
    .enum([
      'client_secret_basic',
      'client_secret_post',
      'private_key_jwt',
      'tls_client_auth',
      'self_signed_tls_client_auth',
      'none',
    ])
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
  token_endpoint_auth_signing_alg: algorithm()
    .exactOptional()
    .describe('The one algorithm of its client assertions. Default: any that is served.'),
  tls_client_auth_subject_dn: line()
    .exactOptional()
    .describe(
      'For tls_client_auth: the whole subject of its certificate (RFC 4514), such as `CN=app,O=Agency,C=TW`.',
    ),
  tls_client_auth_san_dns: line()
    .exactOptional()
    .describe('For tls_client_auth, instead of the subject: a DNS name in its certificate.'),
  tls_client_auth_san_uri: line()
    .exactOptional()
    .describe('For tls_client_auth, instead of the subject: a URI in its certificate.'),
  tls_client_auth_san_ip: line()
    .exactOptional()
    .describe('For tls_client_auth, instead of the subject: an IP address in its certificate.'),
  tls_client_auth_san_email: line()
    .exactOptional()
    .describe('For tls_client_auth, instead of the subject: a mail address in its certificate.'),
  require_pushed_authorization_requests: z
    .boolean()
    .default(false)
    .describe('Whether its authorization requests must be pushed (RFC 9126).'),
  dpop_bound_access_tokens: z
    .boolean()
    .default(false)
    .describe(
      'Whether its tokens must be bound to a key of its own (DPoP, RFC 9449). Without it they may be.',
    ),
  tls_client_certificate_bound_access_tokens: z
    .boolean()
    .default(false)
    .describe('Whether its tokens are bound to its certificate (RFC 8705).'),
  require_signed_request_object: z
    .boolean()
    .default(false)
    .describe('Whether its authorization requests must be signed (RFC 9101).'),
  request_object_signing_alg: algorithm()
    .exactOptional()
    .describe('The one algorithm of its request objects. Default: any that is served.'),
  authorization_signed_response_alg: algorithm()
    .exactOptional()
    .describe(
      'Algorithm of signed authorization answers (JARM), for response modes ending in `jwt`. Default RS256, with fapi2 ES256.',
    ),
  userinfo_signed_response_alg: algorithm()
    .exactOptional()
    .describe('Algorithm of userinfo as a JWT. Default: userinfo as plain JSON.'),
  response_modes: z
    .array(z.enum(['query', 'form_post', 'fragment', 'jwt', 'query.jwt', 'form_post.jwt', 'fragment.jwt']))
    .min(1)
    .exactOptional()
    .describe('Ways in which it may ask to be answered. Default: all.'),
  default_max_age: whole(0, 86_400)
    .exactOptional()
    .describe('Seconds that a login may lie back when its request says nothing.'),
  id_token_signed_response_alg: algorithm()
    .exactOptional()
    .describe(
      'Algorithm of its ID tokens. Default RS256, which ordinary relying parties expect, with fapi2 ES256, which is recommended.',
    ),
  grant_types: z
    .array(
      z.enum([
        'authorization_code',
        'refresh_token',
        'urn:ietf:params:oauth:grant-type:device_code',
        'client_credentials',
      ]),
    )
    .default(['authorization_code', 'refresh_token'])
    .describe(
      'Grants it may use. The device flow must be enabled, too, in `deviceFlow`. `client_credentials` is for programs that keep accounts by the API, and needs `api`.',
    ),
  api: z
    .strictObject({
      scopes: z.array(z.enum(apiScopes)).min(1).describe('What it may do, as OAuth scopes.'),
      scopeOid: objectIdentifier().describe(
        'Whom: the accounts at this OID of the organisation tree and below it.',
      ),
      categories: z
        .array(catalogueId())
        .default([])
        .describe('What: ids of the categories of which it may give and take roles.'),
      warrant: z
        .strictObject({
          form: z.string().trim().min(1).max(60).describe('Number of the form or letter.'),
          reason: z.string().trim().min(1).max(200).describe('Reason in words.'),
        })
        .exactOptional()
        .describe(
          'What its changes by SCIM rest on where a request names nothing itself: for provisioning systems that send no headers of their own. Absent: every request names form and reason.',
        ),
    })
    .exactOptional()
    .describe('Its rights at the API (docs/api.md), with the grant `client_credentials`.'),
  response_types: z.array(z.literal('code')).default(['code']).describe('Only `code` exists here.'),
});

export const clients = z
  .array(client)
  .default([])
  .describe('Relying parties: the business systems that log in here.');
