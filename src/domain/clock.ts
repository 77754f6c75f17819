/** Time as the program sees it; injected, so that a test can set it. */
export interface Clock {
  now(): Date;
  /** Resolves at `time`, or at once when it has passed. */
  until(time: Date): Promise<void>;
}
