import { z } from 'zod';
import { path } from './values.ts';

export const rulesOfUse = z
  .strictObject({
    version: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,32}$/, { error: '1 to 32 letters, digits, dots, - or _' })
      .exactOptional()
      .describe(
        'Kept with every agreement; give a new one whenever a text changes. Default: that of the shipped texts, `2026-1`.',
      ),
    zh: path().exactOptional().describe('UTF-8 text in Traditional Chinese. Default: the shipped text.'),
    en: path().exactOptional().describe('UTF-8 text in English. Default: the shipped text.'),
  })
  .prefault({})
  .describe(
    'Rules of use and purpose of the personal data, agreed to at activation, and again at the next login after a new version. Paragraphs are separated by empty lines.',
  );
