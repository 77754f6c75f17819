import { z } from 'zod';
import { whole } from './values.ts';

export const session = z
  .strictObject({
    idleMinutes: whole(1, 1440)
      .default(240)
      .describe('Minutes without activity after which a session ends, at every system at once.'),
    absoluteHours: whole(1, 24).default(12).describe('Hours after the login at which it ends in any case.'),
  })
  .prefault({})
  .describe('How long somebody stays logged in.');
