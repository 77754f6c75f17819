import { mkdtempSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeEach, expect, test } from 'vitest';
import { createDownloadFiles } from '#adapters/download-files/download-files.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import type { DownloadFiles } from '#domain/download-register.ts';
import { createSetClock, type SetClock } from '../../../support/set-clock.ts';

const hour = 3_600_000;
let folder: string;
let clock: SetClock;
let files: DownloadFiles;

beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'hufu-downloads-')), 'downloads');
  clock = createSetClock();
  files = createDownloadFiles({ folder, clock, random: systemRandom });
});

const none = async () => new Set<string>();

test('keeps bytes by their hash, once, for their owner alone', async () => {
  const hash = await files.keep(Buffer.from('one'));
  expect(await files.keep(Buffer.from('one'))).toBe(hash);
  expect(hash).toBe('7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed');
  expect(readdirSync(folder)).toEqual([hash]);
  expect(readFileSync(path.join(folder, hash), 'utf8')).toBe('one');
  expect([folder, path.join(folder, hash)].map((each) => statSync(each).mode & 0o777)).toEqual([
    0o700, 0o600,
  ]);
  expect(await text(await files.open(hash))).toBe('one');
});

test.each(['0'.repeat(64), '../records.sqlite', '', 'constructor'])('has none called %j', async (hash) => {
  await files.keep(Buffer.from('one'));
  await expect(files.open(hash)).rejects.toMatchObject({ code: 'not-found' });
});

test('many keep the same at once', async () => {
  const hashes = await Promise.all(Array.from({ length: 20 }, () => files.keep(Buffer.from('same'))));
  expect(new Set(hashes).size).toBe(1);
  expect(readdirSync(folder)).toEqual([hashes[0]]);
});

test('removes what nothing refers to, an hour after it was last kept', async () => {
  const used = await files.keep(Buffer.from('used'));
  const unused = await files.keep(Buffer.from('unused'));
  const kept = async () => new Set([used]);
  await clock.advance(hour - 1);
  const young = await files.keep(Buffer.from('young'));
  await files.removeOthers(kept);
  expect(readdirSync(folder).toSorted()).toEqual([used, unused, young].toSorted());
  await clock.advance(1);
  await files.removeOthers(kept);
  expect(readdirSync(folder).toSorted()).toEqual([used, young].toSorted());
});

test('what is kept anew while others are removed stays', async () => {
  const hash = await files.keep(Buffer.from('again'));
  await clock.advance(hour);
  await files.removeOthers(async () => {
    await files.keep(Buffer.from('again'));
    return new Set();
  });
  expect(readdirSync(folder)).toEqual([hash]);
});

test('clears away what a crash left half written, and nothing that is not its own', async () => {
  await files.keep(Buffer.from('one'));
  for (const name of ['draft-x', 'readme']) {
    writeFileSync(path.join(folder, name), '');
    utimesSync(path.join(folder, name), clock.now(), clock.now());
  }
  await clock.advance(hour);
  await files.removeOthers(none);
  expect(readdirSync(folder)).toEqual(['readme']);
});

test('without a folder there is nothing to remove', async () => {
  await expect(files.removeOthers(none)).resolves.toBeUndefined();
});

test('a disk that refuses is said to be unavailable, and leaves no draft', async () => {
  writeFileSync(folder, 'a file where the folder should be');
  await expect(files.keep(Buffer.from('one'))).rejects.toMatchObject({ code: 'store-unavailable' });
});
