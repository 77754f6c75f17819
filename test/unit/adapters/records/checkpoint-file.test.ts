import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCheckpointFile, readCheckpointLines } from '#adapters/records/checkpoint-file.ts';
import { startStoreProcess } from '#test/support/store-process.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hufu-checkpoints-'));
  file = path.join(folder, 'outside', 'checkpoints.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function linesOf(name: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readCheckpointLines(name)) lines.push(line);
  return lines;
}

test('lines are appended, for the owner alone, and read back in order', async () => {
  const sink = createCheckpointFile(file);
  await sink.append('one');
  await sink.append('two');
  expect(await linesOf(file)).toEqual(['one', 'two']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('no file, no lines', async () => {
  expect(await linesOf(file)).toEqual([]);
});

test('a line that a dying writer left unfinished does not spoil the next', async () => {
  const sink = createCheckpointFile(file);
  await sink.append('one');
  appendFileSync(file, '{"v":1,"ti');
  await sink.append('two');
  expect(readFileSync(file, 'utf8')).toBe('one\n{"v":1,"ti\ntwo\n');
});

test('two processes on one file lose no line and mix none', async () => {
  const processes = await Promise.all([1, 2].map(() => startStoreProcess('checkpoint-worker', file)));
  await Promise.all(
    processes.map((process, nth) => process.run({ method: 'append', key: `p${nth}`, times: 50 })),
  );
  await Promise.all(processes.map((process) => process.stop()));
  const wanted = [0, 1].flatMap((nth) => Array.from({ length: 50 }, (_, line) => `p${nth}-${line}`));
  expect((await linesOf(file)).toSorted()).toEqual(wanted.toSorted());
});

test('a full disk is store-unavailable', async () => {
  const full = path.join(folder, 'full');
  symlinkSync('/dev/full', full);
  await expect(createCheckpointFile(full).append('one')).rejects.toMatchObject({ code: 'store-unavailable' });
});
