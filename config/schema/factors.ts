import { z } from 'zod';
import { whole } from './values.ts';

export const factors = z
  .strictObject({
    freshMinutes: whole(1, 60)
      .default(5)
      .describe(
        'Minutes after a certificate login in which a person may add a way to log in to the own account, or take one away.',
      ),
    fromOtherSessions: z
      .boolean()
      .default(false)
      .describe(
        'Whether other full sessions may add one too, with a mailed notice. Then a one-day password can become a permanent way in. The first certificate can always be registered with password and check code.',
      ),
    certificateWarnDays: whole(1, 365)
      .default(60)
      .describe('Days before the end of a registered certificate from which its owner is warned.'),
  })
  .prefault({})
  .describe('The ways to log in that people keep themselves: registered certificates and second factors.');
