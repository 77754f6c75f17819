import { setTimeout as sleep } from 'node:timers/promises';
import { asStoreError, isBusy } from './store-errors.ts';

/** How often a statement that met another process's lock is tried before the caller is told. */
const attempts = 60;
const longestPauseMs = 40;

/**
 * Runs `statement`, which is one SQLite statement or a BEGIN IMMEDIATE. While another process holds the write
 * lock it is tried again, giving the event loop away in between. After about two seconds of pauses, and for every
 * other failure of the store, throws `store-unavailable`.
 *
 * The pauses run on real time, not on the injected clock: what they wait for is another process.
 */
export async function retryBusy<T>(statement: () => T): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return statement();
    } catch (error) {
      if (!isBusy(error) || attempt >= attempts) throw asStoreError(error);
    }
    await sleep(Math.min(2 ** Math.min(attempt, 10), longestPauseMs));
  }
}
