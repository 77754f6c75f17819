import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import type { StoreJob } from './store-job.ts';

export interface StoreProcess {
  readonly child: ChildProcess;
  /** Runs the job `times` times at once in the child; one result each. */
  run(job: StoreJob): Promise<readonly unknown[]>;
  stop(): Promise<void>;
}

/**
 * Starts a worker of this folder on `file`; resolves when it has opened its stores. With `fileBlocks` none of its
 * files can grow beyond so many blocks of 512 bytes: a full disk.
 */
export async function startStoreProcess(
  worker: 'protocol-store-worker' | 'records-worker' | 'checkpoint-worker',
  file: string,
  fileBlocks?: number,
): Promise<StoreProcess> {
  const limit = fileBlocks === undefined ? '' : `ulimit -f ${fileBlocks};`;
  const program = path.join(import.meta.dirname, `${worker}.ts`);
  const child = spawn('/bin/sh', ['-c', `${limit} exec "$0" "$1" "$2"`, process.execPath, program, file], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const next = async (): Promise<unknown> => {
    const [message] = await Promise.race([
      once(child, 'message'),
      ended.then(() => Promise.reject(new Error(`the ${worker} ended`))),
    ]);
    return message;
  };
  await next();
  return {
    child,
    async run(job) {
      const answer = next();
      child.send(job);
      return (await answer) as unknown[];
    },
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
