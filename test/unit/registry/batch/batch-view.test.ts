import { expect, test } from 'vitest';
import type { ImportJob } from '#domain/import-jobs.ts';
import {
  deedsOf,
  jobFacts,
  linesPlace,
  progressOf,
  standingOf,
  type LineCounts,
} from '#registry/batch/batch-view.ts';

const none: LineCounts = { waiting: 0, right: 0, faulty: 0, 'brought-in': 0, refused: 0, undone: 0, kept: 0 };
const now = new Date('2026-11-26T02:00:00Z');
const job = (given: Partial<ImportJob> = {}): ImportJob => ({
  id: 'j',
  kind: 'accounts',
  owner: 'person:m',
  state: 'checked',
  facts: { day: '2026-11-26' },
  createdAt: now,
  changedAt: now,
  ...given,
});
const deeds = (given: Partial<ImportJob>, counts: Partial<LineCounts>, at = now) =>
  deedsOf(job(given), { ...none, ...counts }, at).map(({ id, count }) => `${id} ${count}`);

test('offers what can be done now', () => {
  expect(deeds({}, { right: 1200, faulty: 3 })).toEqual(['bring-in 1,200', 'cancel 0']);
  expect(deeds({}, { faulty: 3 })).toEqual(['cancel 0']);
  expect(deeds({ state: 'checking' }, { waiting: 1, right: 1 })).toEqual(['cancel 0']);
  expect(deeds({ state: 'bringing-in' }, { 'brought-in': 5 })).toEqual(['cancel 5']);
  expect(deeds({ state: 'stopping' }, { 'brought-in': 5 })).toEqual([]);
  const ended = { state: 'ended', ending: 'brought-in' } as const;
  expect(deeds(ended, { 'brought-in': 5 })).toEqual(['undo 5']);
  expect(deeds(ended, { 'brought-in': 5 }, new Date('2026-11-26T16:00:00Z'))).toEqual([]);
  expect(deeds({ ...ended, ending: 'undone' }, { kept: 5 })).toEqual([]);
});

test('progress is of the phase under way', () => {
  const counts = {
    ...none,
    waiting: 1,
    right: 2,
    faulty: 3,
    'brought-in': 4,
    refused: 5,
    undone: 6,
    kept: 7,
  };
  expect(progressOf('checking', counts)).toEqual({ done: 27, total: 28 });
  expect(progressOf('bringing-in', counts)).toEqual({ done: 9, total: 11 });
  expect(progressOf('undoing', counts)).toEqual({ done: 13, total: 17 });
});

test('faulty lines are shown first, pages stay within what there is', () => {
  const counts = { ...none, right: 120, faulty: 60, refused: 1 };
  expect(linesPlace({}, counts)).toEqual({ show: 'faulty', page: 1, pages: 2, count: 61 });
  expect(linesPlace({}, { ...none, right: 120 })).toMatchObject({ show: 'all', pages: 3 });
  expect(linesPlace({ show: 'all', page: '99' }, counts)).toMatchObject({ page: 4, pages: 4 });
  for (const page of ['0', '-1', 'x', ['2', '3']]) expect(linesPlace({ page }, counts).page).toBe(1);
  expect(linesPlace({}, none)).toMatchObject({ page: 1, pages: 1 });
});

test('files are offered when there is something in them', () => {
  const files = (given: Partial<ImportJob>, counts: Partial<LineCounts>) =>
    Object.keys(jobFacts(job(given), { ...none, ...counts }, now, { keepDays: 7, mostFaulty: 9 }).files);
  expect(files({}, { right: 1 })).toEqual([]);
  expect(files({}, { faulty: 1 })).toEqual(['correctionsCsv', 'correctionsXlsx']);
  expect(files({ state: 'ended' }, { 'brought-in': 1 })).toEqual(['opened']);
  expect(files({ state: 'checking' }, { faulty: 1 })).toEqual([]);
});

test('how a job stands is its state, or how it ended', () => {
  expect(standingOf(job())).toBe('checked');
  expect(standingOf(job({ state: 'ended', ending: 'undone' }))).toBe('undone');
});
