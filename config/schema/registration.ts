import { z } from 'zod';
import { catalogueId, secret } from './values.ts';

export const registration = z
  .strictObject({
    initialAccessToken: secret()
      .refine((text) => text.length >= 32, { error: 'at least 32 characters' })
      .describe('Token that whoever registers a relying party must show; at least 32 characters.'),
    systems: z.array(catalogueId()).min(1).describe('Ids of the systems that such a relying party serves.'),
    scopes: z
      .array(z.enum(['profile', 'email', 'phone', 'organization', 'roles', 'offline_access']))
      .default(['profile'])
      .describe('Scopes that it may ask for at most, besides openid.'),
  })
  .exactOptional()
  .describe('Dynamic registration of relying parties (RFC 7591). Default: there is none.');
