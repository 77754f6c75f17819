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
    elsewherePerDay: z
      .int()
      .min(1)
      .max(10_000)
      .default(20)
      .describe(
        'How often in 24 hours a manager or a program may be told that somebody for whom an account is opened, or whose national ID is entered, has one outside the own jurisdiction. Then opening pauses, so that nobody can look up who has an account; each such answer is in the audit trail.',
      ),
    import: z
      .strictObject({
        maximumLines: z
          .int()
          .min(1)
          .max(100_000)
          .default(20_000)
          .describe('People in one file at most; longer lists are handed in as several files.'),
        maximumMegabytes: z
          .int()
          .min(1)
          .max(100)
          .default(20)
          .describe('Size of a file at most. It is held in memory while it is read, and only then.'),
        mostFaulty: z
          .int()
          .min(1)
          .max(100_000)
          .default(1000)
          .describe('Faulty lines after which checking ends: such a file is mended as a whole.'),
        keepDays: z
          .int()
          .min(1)
          .max(90)
          .default(7)
          .describe(
            'Days for which the lines of an import can still be looked at; then what they say of people is deleted. National IDs and birthdays of accounts that were opened are deleted at once.',
          ),
      })
      .prefault({})
      .describe('批次註冊: files of officials that managers hand in.'),
  })
  .prefault({})
  .describe('註冊服務: the pages on which managers keep accounts and programme officers the catalogue.');
