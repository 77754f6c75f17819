import type { Clock } from '#domain/clock.ts';

/**
 * A time of the library (seconds since the epoch, by the machine's clock) by the program's clock. The two are one in a
 * running program; they differ where somebody moves the program's time, and then what is left must stay the same.
 */
export function byOurClock(seconds: number, clock: Clock): Date {
  return new Date(clock.now().getTime() + seconds * 1000 - Date.now());
}
