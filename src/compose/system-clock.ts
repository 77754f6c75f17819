import type { Clock } from '#domain/clock.ts';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  until: (time, signal) => waitFor(time.getTime() - Date.now(), signal),
};

/** Resolves after so many milliseconds or at the abort. A timer left behind would keep a process alive that has stopped. */
export function waitFor(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (milliseconds <= 0 || signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });
}
