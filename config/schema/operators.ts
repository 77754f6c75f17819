import { z } from 'zod';

export const operators = z
  .strictObject({
    requirement: z
      .enum(['certificate', 'second-factor'])
      .default('certificate')
      .describe(
        'What the login of a programme officer must meet for the operators’ pages to exist for them.',
      ),
  })
  .prefault({})
  .describe('系統維運: outbox, audit trail and health, for programme officers.');
