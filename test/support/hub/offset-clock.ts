import type { Clock } from '#domain/clock.ts';
import { waitFor } from '#src/compose/system-clock.ts';

export interface OffsetClock extends Clock {
  /** Moves the program's time forward; waiting stays real. */
  advance(milliseconds: number): void;
}

/** The real clock, shifted: for a whole hub whose days a test turns over. */
export function createOffsetClock(): OffsetClock {
  let offset = 0;
  return {
    now: () => new Date(Date.now() + offset),
    until: (time, signal) => waitFor(time.getTime() - offset - Date.now(), signal),
    advance(milliseconds) {
      offset += milliseconds;
    },
  };
}
