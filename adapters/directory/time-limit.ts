/** The time that one call may take, however many waits it is made of. Measured on the machine, not on the wall. */
export interface TimeLimit {
  /** Milliseconds that are left; 0 when it has passed. */
  left(): number;
}

export function startTimeLimit(milliseconds: number): TimeLimit {
  const end = performance.now() + milliseconds;
  return { left: () => Math.max(0, end - performance.now()) };
}

/** The directory took longer than it may. */
export class TimeLimitError extends Error {
  constructor() {
    super('no answer within the time limit');
    this.name = 'TimeLimitError';
  }
}

/** What `work` gives, or a TimeLimitError after `milliseconds`; `giveUp` then ends whatever it was waiting for. */
export function within<T>(work: Promise<T>, milliseconds: number, giveUp: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new TimeLimitError());
      giveUp();
    }, milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
