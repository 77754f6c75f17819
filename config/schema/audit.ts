import { z } from 'zod';
import { path, whole } from './values.ts';

export const audit = z
  .strictObject({
    checkpoint: z
      .strictObject({
        file: path()
          .exactOptional()
          .describe(
            'File that signed checkpoints are appended to; best on another disk or machine. Default: `audit-checkpoints.jsonl` in the data folder.',
          ),
        everyEntries: whole(1, 1_000_000)
          .default(1000)
          .describe('Entries after which a checkpoint is written.'),
        everyMinutes: whole(1, 1440)
          .default(60)
          .describe('Minutes after which one is written if there were any entries.'),
      })
      .prefault({})
      .describe('Signed heads of the chain kept outside the database, so that cutting off its end shows.'),
  })
  .prefault({})
  .describe('The audit trail.');
