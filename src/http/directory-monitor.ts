import type { Clock } from '#domain/clock.ts';
import type { DirectoryHealth } from '#domain/directory.ts';

/** Whether the directory answers, asked at most once in a while: pages may look without costing a round trip. */
export interface DirectoryMonitor {
  answers(): Promise<boolean>;
}

const maximumAge = 2000;

export function createDirectoryMonitor(health: DirectoryHealth, clock: Clock): DirectoryMonitor {
  let known: { readonly at: number; readonly answer: Promise<boolean> } | undefined;
  return {
    answers() {
      const now = clock.now().getTime();
      if (!known || now - known.at > maximumAge) {
        const answer = health.checkDirectory().then(
          () => true,
          () => false,
        );
        known = { at: now, answer };
      }
      return known.answer;
    },
  };
}
