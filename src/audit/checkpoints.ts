/**
 * Writes signed checkpoints of the chain to a place outside the database: after every so many entries, after so
 * much time when there were any, and at the end. A checkpoint that cannot be written raises an alarm and is tried
 * again with the next; the entries themselves are durable already, so nobody is refused for it.
 */
import type { ChainHead, CheckpointSink } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import { signCheckpoint, type CheckpointKey } from './checkpoint.ts';
import type { CheckpointKeeper } from './trail.ts';

export interface CheckpointsDeps {
  readonly sink: CheckpointSink;
  readonly key: CheckpointKey;
  readonly clock: Clock;
  readonly log: Log;
  /** Entries after which a checkpoint is due. */
  readonly everyEntries: number;
  /** Seconds after which one is due if anything was appended since the last. */
  readonly everySeconds: number;
}

/** Waiting goes in steps of this length, so that a closed keeper does not keep the process alive for long. */
const longestWaitMs = 2000;

export function createCheckpoints(deps: CheckpointsDeps): CheckpointKeeper {
  const { sink, key, clock, log, everyEntries, everySeconds } = deps;
  let written: ChainHead | undefined;
  let latest: ChainHead | undefined;
  let dueAt: number | undefined;
  let waiting = false;
  let writing: Promise<void> | undefined;
  const closing = new AbortController();

  const inSeconds = (seconds: number) => clock.now().getTime() + seconds * 1000;

  const write = async (): Promise<void> => {
    const head = latest;
    if (!head || head.sequence === written?.sequence) return;
    dueAt = undefined;
    try {
      await sink.append(signCheckpoint(head, clock.now(), key));
      written = head;
    } catch (error) {
      log.error('audit-checkpoint-failed', { error, sequence: head.sequence });
      dueAt = inSeconds(everySeconds);
    }
  };
  const writeOnce = (): Promise<void> => (writing ??= write().finally(() => (writing = undefined)));

  const wait = async (): Promise<void> => {
    if (waiting) return;
    waiting = true;
    for (;;) {
      if (dueAt === undefined || closing.signal.aborted) break;
      const now = clock.now().getTime();
      if (now >= dueAt) await writeOnce();
      else await clock.until(new Date(Math.min(dueAt, now + longestWaitMs)), closing.signal);
    }
    waiting = false;
  };

  return {
    note({ sequence, hash }) {
      written ??= { sequence: sequence - 1, hash: '' };
      latest = { sequence, hash };
      dueAt ??= inSeconds(everySeconds);
      if (sequence - written.sequence >= everyEntries) void writeOnce();
      void wait();
    },
    async close() {
      closing.abort();
      await writing;
      await writeOnce();
    },
  };
}
