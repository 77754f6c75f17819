import { z } from 'zod';

export const deviceFlow = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe(
        'Whether devices without a keyboard or browser may sign in by a code typed elsewhere, for clients whose grant_types say so.',
      ),
  })
  .prefault({})
  .describe('Device flow (RFC 8628).');
