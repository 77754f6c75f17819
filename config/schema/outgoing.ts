import { z } from 'zod';
import { host, network, whole } from './values.ts';

export const outgoing = z
  .strictObject({
    allow: z
      .array(z.union([network(), host()]))
      .default([])
      .describe(
        'Host names, addresses and networks (10.1.0.0/16) of relying parties that may be called although they lie on this machine or a private network: back-channel log-out, jwks_uri. Everything public may be called anyway. A name is allowed wherever it leads.',
      ),
    timeoutSeconds: whole(1, 60).default(10).describe('Seconds that one call may take altogether.'),
  })
  .prefault({})
  .describe('Calls that Hufu makes to relying parties. No redirect is ever followed.');
