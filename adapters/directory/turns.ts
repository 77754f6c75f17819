import { HufuError } from '#domain/errors.ts';

/** At most `size` turns at a time, in the order of asking. */
export interface Turns {
  /** Resolves with what ends the turn; throws `directory-unavailable` when none comes within the time limit. */
  take(): Promise<() => void>;
}

export function createTurns(size: number, timeoutMs: number): Turns {
  const waiting: (() => void)[] = [];
  let free = size;

  function end(): void {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }

  return {
    take() {
      if (free > 0) {
        free -= 1;
        return Promise.resolve(end);
      }
      return new Promise((resolve, reject) => {
        const start = () => {
          clearTimeout(timer);
          resolve(end);
        };
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(start), 1);
          reject(new HufuError('directory-unavailable', { facts: { reason: 'no-free-connection' } }));
        }, timeoutMs);
        waiting.push(start);
      });
    },
  };
}
