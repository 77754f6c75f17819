import { expect, test } from 'vitest';
import type { DownloadRegister } from '#domain/download-register.ts';

const one = {
  id: 'd1',
  zh: '操作手冊',
  en: 'Manual',
  place: 'both',
  content: { name: '操作手冊.pdf', kind: 'pdf', size: 20 * 1024 ** 2, hash: 'a'.repeat(64) },
} as const;
const two = { ...one, id: 'd2', place: 'login' } as const;
const three = { ...one, id: 'd3', place: 'home', content: { ...one.content, kind: 'ods' } } as const;

/** `register` gives the one of this test, empty; `reopen` the same of a connection made anew. */
export function describeDownloadRegister(
  register: () => DownloadRegister,
  reopen: () => Promise<DownloadRegister>,
): void {
  const order = async () => (await register().listDownloads()).map(({ id }) => id);
  const refused = { code: 'changed-meanwhile' };

  test('keeps what is added, the first first, over a new connection too', async () => {
    for (const each of [two, one, three]) await register().addDownload(each);
    const again = await reopen();
    expect(await again.listDownloads()).toEqual([two, one, three].map((each) => ({ ...each, revision: 1 })));
    expect(await again.findDownload('d1')).toEqual({ ...one, revision: 1 });
    expect(await again.findDownload('d4')).toBeUndefined();
  });

  test('changes and removes what was seen, once', async () => {
    await register().addDownload(one);
    const changed = { ...one, revision: 1, zh: '手冊', content: three.content } as const;
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () => register().changeDownload(changed)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await register().findDownload('d1')).toEqual({ ...changed, revision: 2 });
    await expect(register().removeDownload('d1', 1)).rejects.toMatchObject(refused);
    await register().removeDownload('d1', 2);
    await expect(register().removeDownload('d1', 2)).rejects.toMatchObject(refused);
    expect(await order()).toEqual([]);
  });

  test('moves one up or down in the list that was seen, and what is added later comes last', async () => {
    for (const each of [one, two, three]) await register().addDownload(each);
    const move = async (id: string, direction: 'up' | 'down') =>
      register().moveDownload(id, direction, await register().readVersion());
    await move('d3', 'up');
    expect(await order()).toEqual(['d1', 'd3', 'd2']);
    await move('d1', 'down');
    expect(await order()).toEqual(['d3', 'd1', 'd2']);
    await register().removeDownload('d1', 1);
    await register().addDownload(one);
    expect(await order()).toEqual(['d3', 'd2', 'd1']);
    await move('d2', 'up');
    expect(await order()).toEqual(['d2', 'd3', 'd1']);
    expect((await register().findDownload('d2'))?.revision).toBe(1);
    for (const [id, direction] of [
      ['d2', 'up'],
      ['d1', 'down'],
      ['d4', 'up'],
    ] as const) {
      await expect(move(id, direction)).rejects.toMatchObject(refused);
    }
  });

  test('of several moves in one list seen, one is made', async () => {
    for (const each of [one, two, three]) await register().addDownload(each);
    const version = await register().readVersion();
    const answers = await Promise.allSettled(
      Array.from({ length: 6 }, () => register().moveDownload('d3', 'up', version)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await order()).toEqual(['d1', 'd3', 'd2']);
  });

  test('has another version after each change, and after no refusal', async () => {
    const versions = [await register().readVersion()];
    const note = async () => versions.push(await register().readVersion());
    await register().addDownload(one);
    await note();
    await register()
      .changeDownload({ ...one, revision: 7 })
      .catch(() => undefined);
    await note();
    await register().removeDownload('d1', 1);
    await note();
    expect(versions).toEqual([0, 1, 1, 2]);
  });
}
