import { randomBytes, randomInt } from 'node:crypto';
import type { Random } from '#domain/random.ts';

/** The system's cryptographic source. */
export const systemRandom: Random = {
  bytes: (length) => randomBytes(length),
  digits: (length) => Array.from({ length }, () => randomInt(10)).join(''),
  token: (bytes) => randomBytes(bytes).toString('base64url'),
};
