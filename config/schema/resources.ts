import { z } from 'zod';
import { catalogueId } from './values.ts';

/** An absolute URI without a fragment (RFC 8707, section 2). */
export function resourceUri() {
  return z.string().refine((text) => URL.canParse(text) && !text.includes('#') && !/\s/.test(text), {
    error: 'an absolute URI without a fragment, such as https://api.system.example.gov.tw/',
  });
}

/** Scopes of OpenID Connect as the hub supports them: a person must not agree to both under one name. */
const ownScopes: ReadonlySet<string> = new Set([
  'openid',
  'profile',
  'email',
  'phone',
  'organization',
  'roles',
  'national_id',
  'offline_access',
]);

export const resources = z
  .array(
    z.strictObject({
      uri: resourceUri().describe('What relying parties name it by, and the audience of its tokens.'),
      systems: z
        .array(catalogueId())
        .min(1)
        .describe('Ids of the systems of the catalogue whose roles its tokens tell.'),
      scopes: z
        .array(
          z
            .string()
            .regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/, { error: 'a scope without spaces and quotes' })
            .refine((scope) => !ownScopes.has(scope), { error: 'a scope that is not one of the hub itself' }),
        )
        .min(1)
        .describe('Scopes of its own, such as `cases:read`.'),
      format: z
        .enum(['jwt', 'opaque'])
        .default('jwt')
        .describe(
          '`jwt` (RFC 9068): the resource judges tokens by itself; they live `tokens.jwtAccessTokenMinutes`. `opaque`: it introspects them.',
        ),
      introspectedBy: z
        .array(z.string())
        .default([])
        .describe('Client ids, besides that of the token itself, that may introspect its opaque tokens.'),
    }),
  )
  .default([])
  .describe('Interfaces of business systems that take access tokens of their own (RFC 8707).');
