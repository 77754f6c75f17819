/** The keys that sign the provider's cookies, in a file like the signing keys: newest first, older ones verify. */
import path from 'node:path';
import { z } from 'zod';
import type { Clock } from '#domain/clock.ts';
import type { Random } from '#domain/random.ts';
import { readOrCreateKeyFile } from './key-file.ts';

interface Deps {
  readonly clock: Clock;
  readonly random: Random;
}

const keyFile = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        kid: z.string().min(1),
        created: z.iso.datetime(),
        use: z.literal('cookie'),
        /** 256 random bits, base64url. */
        secret: z.string().min(43),
      }),
    )
    .min(1),
});

/** The secrets in `folder`/cookie-keys.json, made when it is not there. Throws when the file is malformed. */
export async function loadOrCreateCookieKeys(
  folder: string,
  { clock, random }: Deps,
): Promise<readonly string[]> {
  const file = path.join(folder, 'cookie-keys.json');
  const content = await readOrCreateKeyFile(file, random, async () => {
    const key = {
      kid: random.token(6),
      created: clock.now().toISOString(),
      use: 'cookie',
      secret: random.token(32),
    };
    return { keys: [key] };
  });
  const parsed = keyFile.safeParse(content);
  if (!parsed.success) throw new Error(`${file} is not a list of cookie keys`);
  return parsed.data.keys.map(({ secret }) => secret);
}
