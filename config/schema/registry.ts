import { z } from 'zod';

export const registry = z
  .strictObject({
    requirement: z
      .enum(['certificate', 'second-factor'])
      .default('certificate')
      .describe(
        'What the login of a manager or programme officer must meet for the registration service to exist for them. `second-factor` is for the time before there are cards.',
      ),
    organizationRoot: z
      .string()
      .regex(/^[0-2](?:\.(?:0|[1-9][0-9]*))+$/, { error: 'an OID in dotted form' })
      .max(128)
      .default('2.16.886.101')
      .describe(
        'OID under which the tree of organisations is shown; the default is that of the government of Taiwan.',
      ),
  })
  .prefault({})
  .describe('註冊服務: the pages on which managers keep accounts and programme officers the catalogue.');
