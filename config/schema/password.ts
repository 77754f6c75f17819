import { z } from 'zod';
import { whole } from './values.ts';

export const password = z
  .strictObject({
    minLength: whole(8, 64).default(12).describe('Fewest characters.'),
    maxLength: whole(64, 1024).default(128).describe('Most characters; bounds the work of hashing.'),
    requireSpecial: z
      .boolean()
      .default(false)
      .describe('Whether a character that is neither letter nor digit is asked for.'),
    history: whole(0, 24).default(3).describe('How many former passwords may not come back.'),
    minAgeDays: whole(0, 30)
      .default(1)
      .describe(
        'Days before a password can be changed again; a change that is asked for is always possible.',
      ),
    maxAgeDays: whole(1, 3650).default(90).describe('Days after which a password must be changed.'),
  })
  .prefault({})
  .describe('Rules for new passwords, besides upper case, lower case and digits.');
