import { z } from 'zod';
import { path } from './values.ts';

export const log = z
  .strictObject({
    level: z
      .enum(['debug', 'info', 'warn', 'error'])
      .default('info')
      .describe('Least important event that is written.'),
    file: path().exactOptional().describe('File to append to. Default: standard output.'),
  })
  .prefault({})
  .describe('The log: one JSON object a line, without personal data.');
