import type { Clock } from '#domain/clock.ts';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  until(time) {
    const wait = time.getTime() - Date.now();
    return wait <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, wait));
  },
};
