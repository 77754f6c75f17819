import { expect, test } from 'vitest';
import {
  runCmsMutations,
  runOcspMutations,
  type MutationReport,
} from '#test/support/certificates/mutated-answers.ts';
import { mutated, seededChance } from '#test/support/certificates/mutations.ts';

/** Another one each day; a failure prints it. */
const seed = Math.floor(Date.now() / 86_400_000);
const run = { seed, count: 2500 };

function expectSound(report: MutationReport): void {
  const told = `seed ${seed}: ${JSON.stringify({ ...report, forged: report.forged.slice(0, 3) })}`;
  expect(report.forged, told).toEqual([]);
  expect(report.slowestMs, told).toBeLessThan(1000);
  // The loop does reach past reading: something is refused for what it says, not for its form alone.
  expect(Object.keys(report.refused).length, told).toBeGreaterThan(4);
  expect(report.harmless, told).toBeLessThan(report.tried / 10);
}

test('2,500 spoilt messages: an answer each time, and none taken for something else', async () => {
  expectSound(await runCmsMutations(run));
});

test('2,500 spoilt OCSP answers: an answer each time, and none taken for something else', async () => {
  expectSound(await runOcspMutations(run));
});

test('a seed repeats itself', () => {
  const bytes = Buffer.from('the same bytes');
  const of = (start: number) => mutated(bytes, seededChance(start)).toString('hex');
  expect(of(7)).toBe(of(7));
  expect(new Set(Array.from({ length: 50 }, (_, start) => of(start))).size).toBeGreaterThan(40);
});
