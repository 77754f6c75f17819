import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';

export interface SweeperOptions {
  readonly sweep: (limit: number) => number;
  readonly clock: Clock;
  readonly log: Log;
  /** Pause between rounds in milliseconds; default 1000. */
  readonly everyMs?: number;
  /** Rows deleted in one go, which is how long a request may have to wait; default 500. */
  readonly batch?: number;
}

/** Sweeps the protocol store in small batches until stopped. A failing store is logged and tried again. */
export function startSweeper(options: SweeperOptions): { stop(): void } {
  const { sweep, clock, log, everyMs = 1000, batch = 500 } = options;
  const stopping = new AbortController();

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await clock.until(new Date(clock.now().getTime() + everyMs), stopping.signal);
      if (stopping.signal.aborted) return;
      try {
        sweep(batch);
      } catch (error) {
        log.warn('protocol-store-sweep-failed', { error });
      }
    }
  };
  run().catch((error: unknown) => log.error('protocol-store-sweeper-ended', { error }));

  return {
    stop() {
      stopping.abort();
    },
  };
}
