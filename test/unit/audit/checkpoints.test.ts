import { expect, test } from 'vitest';
import { checkCheckpoint } from '#audit/checkpoint.ts';
import { createCheckpoints } from '#audit/checkpoints.ts';
import { HufuError } from '#domain/errors.ts';
import { mintCheckpointKey } from '#test/support/audit-world.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { createSetClock } from '#test/support/set-clock.ts';

function createWorld(everyEntries = 10, everySeconds = 60) {
  const key = mintCheckpointKey();
  const clock = createSetClock();
  const log = createKeptLog();
  const lines: string[] = [];
  const state = { failing: false };
  const sink = {
    append: async (line: string) => {
      if (state.failing) throw new HufuError('store-unavailable');
      lines.push(line);
    },
  };
  const checkpoints = createCheckpoints({ sink, key: key.signing, clock, log, everyEntries, everySeconds });
  const sequences = () =>
    lines.map((line) => {
      const verdict = checkCheckpoint(line, key.publicKeys);
      return verdict.ok ? verdict.checkpoint.sequence : verdict.reason;
    });
  const pass = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 1) await clock.advance(1000);
  };
  return { checkpoints, sequences, pass, log, state, lines, key };
}

const head = (sequence: number) => ({ sequence, hash: `hash of ${sequence}` });

test('a checkpoint after every so many entries', async () => {
  const { checkpoints, sequences } = createWorld();
  for (let sequence = 1; sequence <= 25; sequence += 1) {
    checkpoints.note(head(sequence));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(sequences()).toEqual([10, 20]);
  await checkpoints.close();
  expect(sequences()).toEqual([10, 20, 25]);
});

test('a quiet end gets its checkpoint after so many seconds, and only one', async () => {
  const { checkpoints, sequences, pass } = createWorld();
  checkpoints.note(head(1));
  checkpoints.note(head(2));
  await pass(59);
  expect(sequences()).toEqual([]);
  await pass(1);
  expect(sequences()).toEqual([2]);
  await pass(200);
  expect(sequences()).toEqual([2]);
  checkpoints.note(head(3));
  await pass(60);
  expect(sequences()).toEqual([2, 3]);
  await checkpoints.close();
  expect(sequences()).toEqual([2, 3]);
});

test('a checkpoint that cannot be written raises an alarm and is tried again', async () => {
  const { checkpoints, sequences, pass, log, state } = createWorld();
  state.failing = true;
  checkpoints.note(head(1));
  await pass(60);
  expect(log.lines).toMatchObject([
    { level: 'error', event: 'audit-checkpoint-failed', fields: { sequence: 1 } },
  ]);
  state.failing = false;
  await pass(60);
  expect(sequences()).toEqual([1]);
  await checkpoints.close();
});

test('closing without entries writes nothing', async () => {
  const { checkpoints, lines } = createWorld();
  await checkpoints.close();
  expect(lines).toEqual([]);
});
