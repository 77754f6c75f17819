import { describe, expect, test } from 'vitest';
import { chainEntries, entryHash, prepareEvent } from '#audit/chain.ts';
import { signCheckpoint } from '#audit/checkpoint.ts';
import { exportLines, readExport } from '#audit/export.ts';
import { verifyTrail, type TrailFault, type VerifyOptions } from '#audit/verify.ts';
import type { ChainedEntry } from '#domain/audit-store.ts';
import { auditEventOf, chainOf, mintCheckpointKey } from '#test/support/audit-world.ts';
import { realRandom } from '#test/support/real.ts';

const time = new Date('2026-03-02T02:00:00.000Z');
const key = mintCheckpointKey();

function at(entries: readonly ChainedEntry[], sequence: number): ChainedEntry {
  const entry = entries[sequence - 1];
  if (!entry) throw new Error(`no entry ${sequence}`);
  return entry;
}

const checkpointsOf = (entries: readonly ChainedEntry[], ...sequences: number[]): VerifyOptions => ({
  checkpoints: sequences.map((sequence) => signCheckpoint(at(entries, sequence), time, key.signing)),
  keys: key.publicKeys,
});

test('a whole trail is good, and says what it was held against', async () => {
  const entries = chainOf(5);
  expect(await verifyTrail(entries, { ...checkpointsOf(entries, 2, 5), head: at(entries, 5) })).toEqual({
    ok: true,
    entries: 5,
    head: { sequence: 5, hash: at(entries, 5).hash },
    checkpoints: 2,
    unreadableLines: 0,
    cutValues: 0,
  });
  expect(await verifyTrail([])).toMatchObject({ ok: true, entries: 0 });
});

/** Each does to a chain of five what somebody with the database in hand may do. */
const tamperings: readonly [string, (entries: ChainedEntry[]) => ChainedEntry[], TrailFault, number][] = [
  ['an edited entry', edited(({ entry }) => ({ entry: entry.replace('F-3', 'F-9') })), 'hash', 3],
  [
    'an edited entry with its hash mended',
    edited(({ entry }) => {
      const text = entry.replace('F-3', 'F-9');
      return { entry: text, hash: entryHash(text) };
    }),
    'prev',
    4,
  ],
  ['an entry spelt otherwise', edited(({ entry }) => ({ entry: `${entry} ` })), 'malformed', 3],
  ['an entry that is none', edited(() => ({ entry: '{}' })), 'malformed', 3],
  ['a deleted entry', (entries) => entries.toSpliced(2, 1), 'sequence', 3],
  [
    'a deleted entry, the rest numbered anew in the column',
    (entries) => entries.toSpliced(2, 1).map((entry, nth) => ({ ...entry, sequence: nth + 1 })),
    'sequence',
    3,
  ],
  ['a deleted beginning', (entries) => entries.slice(1), 'sequence', 1],
  ['an entry twice', (entries) => entries.toSpliced(2, 0, at(entries, 2)), 'sequence', 3],
  [
    'an inserted entry',
    (entries) => {
      const [added] = chainEntries(at(entries, 2), [prepareEvent(auditEventOf(), time, realRandom)]);
      return added ? entries.toSpliced(2, 0, added) : entries;
    },
    'sequence',
    4,
  ],
  [
    'two entries exchanged',
    (entries) => entries.toSpliced(1, 2, at(entries, 3), at(entries, 2)),
    'sequence',
    2,
  ],
  [
    'an altered personal value',
    edited(({ personal }) => ({
      personal: { address: { salt: personal['address']?.salt ?? '', value: '192.0.2.99' } },
    })),
    'personal',
    3,
  ],
  [
    'personal values exchanged between entries',
    (entries) => entries.map((entry, nth) => ({ ...entry, personal: (entries[nth ^ 1] ?? entry).personal })),
    'personal',
    1,
  ],
  [
    'a personal value added',
    edited(({ personal }) => ({ personal: { ...personal, name: { salt: 'AAAA', value: 'x' } } })),
    'personal',
    3,
  ],
  [
    'an altered search column',
    edited(({ index }) => ({ index: { ...index, actor: 'person:other' } })),
    'index',
    3,
  ],
  ['a search column emptied of its time', edited(({ index }) => ({ index: { ...index, time } })), 'index', 3],
];

function edited(change: (entry: ChainedEntry) => Partial<ChainedEntry>) {
  return (entries: ChainedEntry[]) =>
    entries.map((entry) => (entry.sequence === 3 ? { ...entry, ...change(entry) } : entry));
}

test.each(tamperings)('%s is found', async (_, tamper, fault, sequence) => {
  expect(await verifyTrail(tamper(chainOf(5)))).toEqual({ ok: false, fault, sequence });
});

describe('with checkpoints', () => {
  test('a cut-off end is found, by a checkpoint or by the head', async () => {
    const entries = chainOf(5);
    const cut = entries.slice(0, 3);
    expect(await verifyTrail(cut)).toMatchObject({ ok: true });
    const truncated = { ok: false, fault: 'truncated', sequence: 4 };
    expect(await verifyTrail(cut, checkpointsOf(entries, 4))).toEqual(truncated);
    expect(await verifyTrail(cut, { head: at(entries, 5) })).toEqual(truncated);
  });

  test('a chain written anew from some entry on is found at the first checkpoint after it', async () => {
    const entries = chainOf(5);
    const prepared = [3, 4, 5].map(() => prepareEvent(auditEventOf(), time, realRandom));
    const rewritten = [...entries.slice(0, 2), ...chainEntries(at(entries, 2), prepared)];
    expect(await verifyTrail(rewritten)).toMatchObject({ ok: true });
    expect(await verifyTrail(rewritten, checkpointsOf(entries, 1, 4, 5))).toEqual({
      ok: false,
      fault: 'checkpoint-mismatch',
      sequence: 4,
    });
    expect(await verifyTrail(rewritten, { head: at(entries, 5) })).toMatchObject({
      fault: 'head-mismatch',
      sequence: 5,
    });
  });

  test('a forged checkpoint is found, and one under an unknown key', async () => {
    const entries = chainOf(3);
    const stranger = mintCheckpointKey();
    const other = mintCheckpointKey('other');
    const forged = signCheckpoint(at(entries, 2), time, stranger.signing);
    const unknown = signCheckpoint(at(entries, 2), time, other.signing);
    const [good = ''] = checkpointsOf(entries, 2).checkpoints as string[];
    const moved = good.replace('"sequence":2', '"sequence":3');
    const check = (line: string) => verifyTrail(entries, { checkpoints: [line], keys: key.publicKeys });
    expect(await check(forged)).toEqual({ ok: false, fault: 'checkpoint-forged', sequence: 2 });
    expect(await check(moved)).toEqual({ ok: false, fault: 'checkpoint-forged', sequence: 3 });
    expect(await check(unknown)).toEqual({ ok: false, fault: 'checkpoint-unknown-key', sequence: 2 });
  });

  test('a line cut off by a crash says nothing and is counted; order of lines does not matter', async () => {
    const entries = chainOf(5);
    const lines = checkpointsOf(entries, 5, 2, 4).checkpoints as string[];
    const checkpoints = [...lines, lines[0]?.slice(0, 40) ?? '', 'null', '{"v":1}'];
    expect(await verifyTrail(entries, { checkpoints, keys: key.publicKeys })).toMatchObject({
      ok: true,
      checkpoints: 3,
      unreadableLines: 3,
    });
  });
});

test('values that retention has cut are counted, and the chain still stands', async () => {
  const entries = edited(() => ({ personal: {} }))(chainOf(5));
  expect(await verifyTrail(entries)).toMatchObject({ ok: true, cutValues: 1 });
});

test('a part of the trail is good after the entry that it continues', async () => {
  const entries = chainOf(5);
  const options = { ...checkpointsOf(entries, 1, 5), after: at(entries, 2) };
  expect(await verifyTrail(entries.slice(2), options)).toMatchObject({
    ok: true,
    entries: 3,
    checkpoints: 1,
  });
  expect(await verifyTrail(entries.slice(2), { after: at(entries, 1) })).toMatchObject({ fault: 'sequence' });
});

describe('an export', () => {
  const linesOf = async (entries: readonly ChainedEntry[]): Promise<string[]> => {
    const lines: string[] = [];
    for await (const line of exportLines(entries)) lines.push(line);
    return lines;
  };

  test('verifies offline as the trail does', async () => {
    const entries = chainOf(5);
    const lines = await linesOf(entries);
    expect(await verifyTrail(readExport(lines), checkpointsOf(entries, 5))).toMatchObject({
      ok: true,
      entries: 5,
    });
    expect(lines.every((line) => !line.includes('\n'))).toBe(true);
  });

  test.each([
    ['edited', (lines: string[]) => lines.map((line) => line.replace('F-3', 'F-9')), 'hash', 3],
    ['with a line missing', (lines: string[]) => lines.toSpliced(1, 1), 'sequence', 2],
    ['with a line of rubbish', (lines: string[]) => lines.toSpliced(1, 1, 'x'), 'malformed', 2],
    [
      'cut within a line',
      (lines: string[]) => [...lines.slice(0, 4), lines[4]?.slice(0, 50) ?? ''],
      'malformed',
      5,
    ],
  ] as const)('%s is found', async (_, tamper, fault, sequence) => {
    const lines = tamper(await linesOf(chainOf(5)));
    expect(await verifyTrail(readExport(lines))).toEqual({ ok: false, fault, sequence });
  });
});
