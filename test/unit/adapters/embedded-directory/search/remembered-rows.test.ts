import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRememberedRows } from '#adapters/embedded-directory/search/remembered-rows.ts';
import { createIndexVersions, type IndexPart } from '#adapters/embedded-directory/store/index-versions.ts';

let folder: string;
let own: DatabaseSync;
let other: DatabaseSync;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hufu-rows-'));
  own = new DatabaseSync(path.join(folder, 'rows.sqlite'));
  own.exec('PRAGMA journal_mode = WAL; CREATE TABLE number (value INTEGER)');
  other = new DatabaseSync(path.join(folder, 'rows.sqlite'));
});

afterEach(() => {
  own.close();
  other.close();
  rmSync(folder, { recursive: true });
});

function reader() {
  const versions = createIndexVersions();
  const remember = createRememberedRows(own, versions);
  let reads = 0;
  const read = (key = 'all', worth = true, part: IndexPart = 1) =>
    remember(
      key,
      part,
      () => {
        reads += 1;
        return own
          .prepare('SELECT value FROM number')
          .all()
          .map((row) => Number(row['value']));
      },
      () => worth,
    );
  return { read, reads: () => reads, versions };
}

test('what was read is not read again while nobody writes', () => {
  const { read, reads } = reader();
  expect([read(), read(), read()]).toEqual([[], [], []]);
  expect(reads()).toBe(1);
  other.exec('BEGIN IMMEDIATE; INSERT INTO number VALUES (1); ROLLBACK');
  expect(read()).toEqual([]);
  expect(reads()).toBe(1);
});

test('what another connection wrote is seen at once', () => {
  const { read } = reader();
  expect(read()).toEqual([]);
  other.exec('INSERT INTO number VALUES (1)');
  expect(read()).toEqual([1]);
  other.exec('UPDATE number SET value = 3 WHERE value = 1');
  expect(read()).toEqual([3]);
});

test('what this connection wrote to a part is seen at once; the other parts are not read again', () => {
  const { read, reads, versions } = reader();
  expect([read('of 1', true, 1), read('of 2', true, 2), read('who', true, 'entries')]).toEqual([[], [], []]);
  own.exec('INSERT INTO number VALUES (2)');
  versions.countWrite(1);
  expect(read('of 1', true, 1)).toEqual([2]);
  expect([read('of 2', true, 2), read('who', true, 'entries')]).toEqual([[], []]);
  expect(reads()).toBe(4);
  versions.countWrite('entries');
  expect(read('who', true, 'entries')).toEqual([2]);
});

test('a change that is undone leaves nothing behind', () => {
  const { read } = reader();
  own.exec('BEGIN IMMEDIATE; INSERT INTO number VALUES (1)');
  expect(read()).toEqual([1]);
  own.exec('ROLLBACK');
  expect(read()).toEqual([]);
  other.exec('INSERT INTO number VALUES (2)');
  expect(read()).toEqual([2]);
});

test('results apart are kept apart, the oldest is given up, what is not worth it is not kept', () => {
  const { read, reads } = reader();
  for (let n = 0; n < 17; n += 1) read(`k${n}`);
  expect(reads()).toBe(17);
  read('k16');
  expect(reads()).toBe(17);
  read('k0');
  expect(reads()).toBe(18);
  read('small', false);
  read('small', false);
  expect(reads()).toBe(20);
});
