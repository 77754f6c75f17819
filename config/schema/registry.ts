import { z } from 'zod';

export const registry = z
  .strictObject({
    requirement: z
      .enum(['certificate', 'second-factor'])
      .default('certificate')
      .describe(
        'What the login of a manager or programme officer must meet for the registration service to exist for them. `second-factor` is for the time before there are cards.',
      ),
  })
  .prefault({})
  .describe('註冊服務: the pages on which managers keep accounts and programme officers the catalogue.');
