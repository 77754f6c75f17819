import { expect, test } from 'vitest';
import type { ImportContent, ImportJobs, ImportLines, NewImportJob } from '#domain/import-jobs.ts';
import { minute, second } from './records-world.ts';

const at = new Date('2026-11-26T02:00:00Z');
const inMs = (milliseconds: number) => new Date(at.getTime() + milliseconds);
const job: NewImportJob = { id: 'job-1', kind: 'accounts', owner: 'person:m', facts: { form: 'F-1' } };
const content = (name: string): ImportContent => ({ cells: { name }, faults: [] });

interface Imports {
  readonly importJobs: ImportJobs;
  readonly importLines: ImportLines;
}

/** `imports` gives those of this test, empty; `reopen` the same of a connection made anew. */
export function describeImports(imports: () => Imports, reopen: () => Promise<Imports>): void {
  const jobs = () => imports().importJobs;
  const lines = () => imports().importLines;

  async function checking(id = job.id, when = at): Promise<void> {
    await jobs().createJob({ ...job, id }, when);
    await lines().appendLines(
      id,
      [2, 3, 4].map((line) => ({ line, content: content(`name ${line}`) })),
    );
    expect(await jobs().moveJob(id, ['receiving'], { state: 'checking' }, when)).toBe(true);
  }
  const claim = (now = at) => jobs().claimJob('accounts', now, new Date(now.getTime() + minute));
  const claimed = async (now = at) => (await claim(now)) ?? expect.unreachable('nothing to claim');

  test('keeps jobs with their facts and lines, over a new connection too', async () => {
    await checking();
    const again = await reopen();
    expect(await again.importJobs.findJob('job-1')).toEqual({
      ...job,
      state: 'checking',
      createdAt: at,
      changedAt: at,
    });
    expect(await again.importJobs.findJob('job-2')).toBeUndefined();
    const read = await again.importLines.readLines('job-1', { limit: 2 });
    expect(read).toEqual(
      [2, 3].map((line) => ({ line, state: 'waiting', content: content(`name ${line}`) })),
    );
    expect(await again.importLines.readLines('job-1', { limit: 9, after: 3 })).toHaveLength(1);
    expect(await again.importLines.readLines('job-1', { limit: 9, offset: 1 })).toHaveLength(2);
    expect(await again.importLines.readLines('job-2', { limit: 9 })).toEqual([]);
  });

  test('lists the owner’s jobs alone, newest first', async () => {
    await jobs().createJob(job, at);
    await jobs().createJob({ ...job, id: 'job-2' }, inMs(1));
    await jobs().createJob({ ...job, id: 'other', owner: 'person:x' }, at);
    expect((await jobs().listJobs('accounts', 'person:m', 9)).map(({ id }) => id)).toEqual([
      'job-2',
      'job-1',
    ]);
    expect(await jobs().listJobs('accounts', 'person:m', 1)).toHaveLength(1);
  });

  test('of many moves from one state one wins, and lays its facts over those there are', async () => {
    await checking();
    const moves = await Promise.all(
      Array.from({ length: 10 }, (_, nth) =>
        jobs().moveJob('job-1', ['checking'], { state: 'checked', facts: { nth: String(nth) } }, inMs(5)),
      ),
    );
    expect(moves.filter(Boolean)).toHaveLength(1);
    expect(await jobs().findJob('job-1')).toMatchObject({
      state: 'checked',
      changedAt: inMs(5),
      facts: { form: 'F-1', nth: String(moves.indexOf(true)) },
    });
    await jobs().moveJob('job-1', ['checked'], { state: 'ended', ending: 'cancelled' }, at);
    expect(await jobs().findJob('job-1')).toMatchObject({ ending: 'cancelled' });
  });

  test('one process holds a job, until its lease ends or is given up', async () => {
    await checking();
    const claims = (await Promise.all(Array.from({ length: 10 }, () => claim()))).filter(Boolean);
    expect(claims).toHaveLength(1);
    expect(claims[0]?.job.id).toBe('job-1');
    expect(await claim(inMs(minute - 1))).toBeUndefined();
    const next = await claimed(inMs(minute));
    await jobs().releaseJob('job-1', claims[0]?.lease ?? '');
    expect(await claim(inMs(minute))).toBeUndefined();
    await jobs().releaseJob('job-1', next.lease);
    expect(await claim(inMs(minute))).toBeDefined();
  });

  test('gives the job that waits longest, and none that is not worked on', async () => {
    await jobs().createJob({ ...job, id: 'receiving' }, at);
    await checking('later', inMs(2));
    await checking('sooner', inMs(1));
    expect((await claimed()).job.id).toBe('sooner');
    expect((await claimed()).job.id).toBe('later');
    await jobs().moveJob('later', ['checking'], { state: 'checked' }, at);
    expect(await claim(inMs(2))).toBeUndefined();
  });

  test('writes lines under the lease alone, all or none, and prolongs it', async () => {
    await checking();
    const { lease } = await claimed();
    const faulty = { cells: {}, faults: [{ column: 'name', fault: 'missing', about: '2' }] };
    await lines().writeLines(
      'job-1',
      lease,
      [
        { line: 2, state: 'right', subject: 'a' },
        { line: 3, state: 'faulty', content: faulty },
      ],
      inMs(2 * minute),
    );
    expect(await claim(inMs(minute))).toBeUndefined();
    expect(await lines().readLines('job-1', { limit: 9 })).toEqual([
      { line: 2, state: 'right', subject: 'a', content: content('name 2') },
      { line: 3, state: 'faulty', content: faulty },
      { line: 4, state: 'waiting', content: content('name 4') },
    ]);
    expect(await lines().readLines('job-1', { states: ['right', 'waiting'], limit: 9 })).toHaveLength(2);
    expect(await lines().countLines('job-1')).toMatchObject({ right: 1, faulty: 1, waiting: 1, kept: 0 });
    const late = lines().writeLines('job-1', 'another', [{ line: 4, state: 'right' }], inMs(minute));
    await expect(late).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect((await lines().countLines('job-1')).waiting).toBe(1);
  });

  test('a move ends the lease, but for the one to stop', async () => {
    await checking();
    const { lease } = await claimed();
    await jobs().moveJob('job-1', ['checking'], { state: 'checked' }, at);
    const write = (held: string) =>
      lines().writeLines('job-1', held, [{ line: 2, state: 'right' }], inMs(minute));
    await expect(write(lease)).rejects.toMatchObject({ code: 'changed-meanwhile' });
    await jobs().moveJob('job-1', ['checked'], { state: 'bringing-in' }, at);
    const { lease: next } = await claimed();
    await jobs().moveJob('job-1', ['bringing-in'], { state: 'stopping' }, at);
    await expect(write(next)).resolves.toBeUndefined();
  });

  test('throws contents away when their time has come, and jobs that never arrived', async () => {
    await checking();
    await jobs().moveJob('job-1', ['checking'], { state: 'checked' }, at);
    await checking('working');
    await jobs().createJob({ ...job, id: 'receiving' }, at);
    await lines().appendLines('receiving', [{ line: 2, content: content('x') }]);
    expect(await jobs().purgeJobs(at, at)).toBe(0);
    expect(await jobs().purgeJobs(inMs(second), inMs(second))).toBe(2);
    expect(await jobs().purgeJobs(inMs(second), inMs(second))).toBe(0);
    expect(await lines().readLines('job-1', { limit: 1 })).toEqual([{ line: 2, state: 'waiting' }]);
    expect(await jobs().findJob('job-1')).toMatchObject({ state: 'ended', ending: 'cancelled' });
    expect(await jobs().findJob('receiving')).toBeUndefined();
    expect(await lines().readLines('receiving', { limit: 1 })).toEqual([]);
    expect((await lines().readLines('working', { limit: 1 }))[0]?.content).toEqual(content('name 2'));
    await jobs().removeJob('working');
    expect(await jobs().findJob('working')).toBeUndefined();
    expect(await lines().readLines('working', { limit: 1 })).toEqual([]);
  });
}
