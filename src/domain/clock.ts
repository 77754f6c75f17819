/** Time as the program sees it; injected, so that a test can set it. */
export interface Clock {
  now(): Date;
  /** Resolves at `time`, at once when it has passed, or when `signal` aborts: nothing is left to wait for then. */
  until(time: Date, signal?: AbortSignal): Promise<void>;
}
