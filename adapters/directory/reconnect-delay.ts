import type { Clock } from '#domain/clock.ts';
import type { Random } from '#domain/random.ts';

const firstDelay = 50;
const longestDelay = 2_000;

/** Keeps a server that is down from being asked by every request: between tries the answer is known. */
export interface ReconnectDelay {
  /** Whether the last try failed. */
  isDown(): boolean;
  /** Whether it may be tried. */
  isDue(): boolean;
  /** What the last try failed with. */
  cause(): unknown;
  failed(cause: unknown): void;
  succeeded(): void;
}

/** The delay doubles from 50 ms to 2 s, each shortened by up to half at random so that processes do not march in step. */
export function createReconnectDelay(clock: Clock, random: Random): ReconnectDelay {
  let failures = 0;
  let delay = 0;
  let failedAt = 0;
  let lastCause: unknown;
  return {
    isDown: () => failures > 0,
    isDue() {
      const passed = clock.now().getTime() - failedAt;
      // A clock set back must not prolong the wait.
      return passed < 0 || passed >= delay;
    },
    cause: () => lastCause,
    failed(cause) {
      const full = Math.min(longestDelay, firstDelay * 2 ** Math.min(failures, 10));
      failures += 1;
      delay = full * (1 - (random.bytes(1)[0] ?? 0) / 512);
      failedAt = clock.now().getTime();
      lastCause = cause;
    },
    succeeded() {
      failures = 0;
      delay = 0;
      lastCause = undefined;
    },
  };
}
