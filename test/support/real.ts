import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#domain/clock.ts';
import type { Random } from '#domain/random.ts';

/** Time and randomness for processes started by tests, where nobody can set a clock. */
export const realClock: Clock = {
  now: () => new Date(),
  until: (time) => sleep(Math.max(0, time.getTime() - Date.now()), undefined, { ref: false }),
};

export const realRandom: Random = {
  bytes: randomBytes,
  digits: (length) => Array.from({ length }, () => randomInt(10)).join(''),
  token: (bytes) => randomBytes(bytes).toString('base64url'),
};
