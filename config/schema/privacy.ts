import { z } from 'zod';
import { path } from './values.ts';

export const privacy = z
  .strictObject({
    version: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,32}$/, { error: '1 to 32 letters, digits, dots, - or _' })
      .exactOptional()
      .describe('Shown below the text. Default: that of the shipped texts, `2026-1`.'),
    zh: path().exactOptional().describe('UTF-8 text in Traditional Chinese. Default: the shipped text.'),
    en: path().exactOptional().describe('UTF-8 text in English. Default: the shipped text.'),
  })
  .prefault({})
  .describe('The privacy page, linked in the foot of every page. Written like the rules of use.');
