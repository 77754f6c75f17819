import { describe, expect, test } from 'vitest';
import { evidenceOf, watchedRows, type RowsLeft } from '#domain/watched-rows.ts';

async function* rows(count: number, failsAt?: number): AsyncGenerator<number> {
  for (let n = 0; n < count; n += 1) {
    if (n === failsAt) throw new Error('reading failed');
    yield n;
  }
}

/** Reads rows, of which `asked` lists when rights were asked for; `untilAsked`: after so many times they are gone. */
function watch(given: AsyncIterable<number>, untilAsked = Number.POSITIVE_INFINITY) {
  const read: number[] = [];
  const asked: number[] = [];
  const noted: RowsLeft[] = [];
  const mayGoOn = async () => asked.push(read.length) <= untilAsked;
  const watched = watchedRows(given, mayGoOn, async (left) => noted.push(left));
  return { read, asked, noted, watched };
}

async function readAll({ read, watched }: ReturnType<typeof watch>): Promise<void> {
  for await (const row of watched) read.push(row);
}

describe('rows that leave', () => {
  test('are all given and counted, and rights are asked for again and again', async () => {
    const world = watch(rows(450));
    await readAll(world);
    expect(world.read).toHaveLength(450);
    expect(world.asked).toEqual([0, 200, 400]);
    expect(world.noted).toEqual([{ count: 450, ending: 'whole' }]);
  });

  test.each([
    [0, 0],
    [1, 200],
    [2, 400],
  ])('end once rights are gone, after %i times of asking', async (untilAsked, count) => {
    const world = watch(rows(450), untilAsked);
    await expect(readAll(world)).rejects.toMatchObject({ code: 'not-permitted' });
    expect(world.read).toHaveLength(count);
    expect(world.noted).toEqual([{ count, ending: 'rights-changed' }]);
  });

  test('are counted when reading fails, and when nobody reads on', async () => {
    const failing = watch(rows(450, 3));
    await expect(readAll(failing)).rejects.toThrow('reading failed');
    expect(failing.noted).toEqual([{ count: 3, ending: 'broken-off' }]);
    const left = watch(rows(450));
    for await (const row of left.watched) if (row === 6) break;
    expect(left.noted).toEqual([{ count: 7, ending: 'broken-off' }]);
  });

  test('that are none are a whole list', async () => {
    const world = watch(rows(0));
    await readAll(world);
    expect(world.noted).toEqual([{ count: 0, ending: 'whole' }]);
  });
});

test.each([
  ['whole', { count: '2', whole: 'yes' }],
  ['broken-off', { count: '2', whole: 'no' }],
  ['rights-changed', { count: '2', whole: 'no', ending: 'rights-changed' }],
] as const)('of a list that is %s the trail says so', (ending, evidence) => {
  expect(evidenceOf({ count: 2, ending })).toEqual(evidence);
});
