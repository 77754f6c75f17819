import { constants } from 'node:fs';
import { open, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { CheckpointSink } from '#domain/audit-store.ts';
import { asStoreError } from '../sqlite/store-errors.ts';

/**
 * A file of checkpoints, mode 0600, for any number of processes: each line is one write with O_APPEND, followed by
 * fsync. The file is opened anew for each line, so that it may be moved away (rotated) at any time.
 */
export function createCheckpointFile(file: string): CheckpointSink {
  const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT;
  return {
    async append(line) {
      try {
        await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
        await using handle = await open(file, flags, 0o600);
        const { size } = await handle.stat();
        // A writer that died within its line must not spoil this one.
        const start = size === 0 || (await lastByte(handle, size)) === 0x0a ? '' : '\n';
        await handle.write(`${start}${line}\n`);
        await handle.sync();
      } catch (error) {
        throw asStoreError(error);
      }
    },
  };
}

async function lastByte(handle: Awaited<ReturnType<typeof open>>, size: number): Promise<number | undefined> {
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0];
}

/** The lines of a checkpoint file, empty ones left out; none when there is no file. */
export async function* readCheckpointLines(file: string): AsyncGenerator<string> {
  let handle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  for await (const line of handle.readLines()) if (line !== '') yield line;
}

/** The last whole line of a checkpoint file, read from its end; undefined when there is none. */
export async function readLastCheckpointLine(file: string): Promise<string | undefined> {
  let handle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, 4096);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const [last] = buffer.toString('utf8').split('\n').slice(0, -1).slice(-1);
    return last === '' ? undefined : last;
  } finally {
    await handle.close();
  }
}
