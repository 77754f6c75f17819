import type { Clock } from '#domain/clock.ts';

export interface SetClock extends Clock {
  set(time: Date): void;
  /** Moves time forward and lets everything run that was waiting for it. */
  advance(milliseconds: number): Promise<void>;
}

/** A clock that stands still until a test moves it. */
export function createSetClock(start = new Date('2026-03-02T01:00:00.000Z')): SetClock {
  let now = start.getTime();
  let waiting: { time: number; wake: () => void }[] = [];

  const wakeDue = (): void => {
    const due = waiting.filter(({ time }) => time <= now);
    waiting = waiting.filter(({ time }) => time > now);
    for (const { wake } of due) wake();
  };

  return {
    now: () => new Date(now),
    until: (time, signal) =>
      new Promise((wake) => {
        if (signal?.aborted) return wake();
        signal?.addEventListener('abort', () => wake(), { once: true });
        waiting.push({ time: time.getTime(), wake });
        wakeDue();
      }),
    set(time) {
      now = time.getTime();
      wakeDue();
    },
    async advance(milliseconds) {
      now += milliseconds;
      wakeDue();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
