import { z } from 'zod';

export const language = z
  .strictObject({
    default: z
      .enum(['zh-TW', 'en'])
      .default('zh-TW')
      .describe('Language of pages and mails for somebody who has not chosen one.'),
  })
  .prefault({})
  .describe('Languages of the pages.');
