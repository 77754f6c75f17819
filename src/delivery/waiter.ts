import type { Clock } from '#domain/clock.ts';

export interface Waiter {
  /** Ends the waiting, or the next waiting if nobody waits: a wake-up between looking and waiting is not lost. */
  wake(): void;
  /** Forgets wake-ups so far: what they told of is about to be looked at. */
  reset(): void;
  /** Resolves at `time` or at a wake-up since the last reset, whichever comes first. */
  waitUntil(time: Date): Promise<void>;
}

export function createWaiter(clock: Clock): Waiter {
  let woken = Promise.withResolvers<void>();
  return {
    wake: () => woken.resolve(),
    reset() {
      woken = Promise.withResolvers<void>();
    },
    async waitUntil(time) {
      const waited = new AbortController();
      await Promise.race([woken.promise, clock.until(time, waited.signal)]);
      waited.abort();
    },
  };
}
