import { z } from 'zod';
import { secret } from './values.ts';

export const keys = z
  .strictObject({
    sealing: z
      .array(
        z.strictObject({
          id: z
            .string()
            .regex(/^[a-z0-9]{1,16}$/, { error: '1 to 16 characters of a-z and 0-9' })
            .describe('Name of the key, kept beside every value sealed with it; never reused.'),
          secret: secret()
            .refine((text) => decode(text) !== undefined, {
              error: '32 random bytes in base64 (openssl rand -base64 32)',
            })
            .transform((text) => decode(text) ?? Buffer.alloc(0))
            .describe('32 random bytes in base64, as `openssl rand -base64 32` prints them.'),
        }),
      )
      .min(1)
      .exactOptional()
      .describe(
        'Keys that seal personal fields. The first seals, all of them open: to replace a key, put the new one first and keep the old one. Default: one key made at first start in the data folder.',
      ),
  })
  .prefault({})
  .describe(
    'Keys for personal fields at rest. Keys that sign tokens are made at first start in the data folder.',
  );

function decode(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 && bytes.toString('base64') === text ? bytes : undefined;
}
