import { z } from 'zod';

export const protocolStore = z
  .strictObject({
    kind: z.literal('sqlite').default('sqlite').describe('SQLite in the data folder.'),
  })
  .prefault({})
  .describe(
    'Where sessions, codes, tokens, one-time secrets and attempt counters are kept. If lost, people log in again.',
  );

export const records = z
  .strictObject({
    kind: z
      .literal('sqlite')
      .default('sqlite')
      .describe('SQLite in the data folder, every commit synced to disk.'),
  })
  .prefault({})
  .describe('Where the audit trail, the session register and the outbox are kept. Must not be lost.');
