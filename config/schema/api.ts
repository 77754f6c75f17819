import { z } from 'zod';
import { whole } from './values.ts';

export const api = z
  .strictObject({
    requestsPerMinute: whole(1, 100_000)
      .default(600)
      .describe('Requests of one client in a minute; more are turned away until it is over.'),
  })
  .prefault({})
  .describe('Interfaces for programs (docs/api.md): REST below `/api/v1`, SCIM 2.0 below `/scim/v2`.');
