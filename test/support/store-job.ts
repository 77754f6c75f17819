import process from 'node:process';

/** What a second process is told to do: the same call `times` times at once. */
export interface StoreJob {
  readonly method: string;
  readonly key: string;
  readonly value?: string;
  readonly times: number;
}

/** The child's side: runs each job that comes by IPC and answers with one result for each call. */
export function answerJobs(run: (job: StoreJob, nth: number) => Promise<unknown>): void {
  process.on('message', (job: StoreJob) => {
    const calls = Array.from({ length: job.times }, (_, nth) => run(job, nth));
    void Promise.allSettled(calls).then((results) =>
      process.send?.(
        results.map((result) => (result.status === 'fulfilled' ? result.value : `failed: ${result.reason}`)),
      ),
    );
  });
  process.send?.('ready');
}
