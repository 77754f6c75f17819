import { expect, test } from 'vitest';
import type { ImportRow } from '#accounts/import/import-columns.ts';
import { warrant } from '../management/people-world.ts';
import { limits, ordered, personLine, startImportWorld } from './import-world.ts';

const people = limits.maximumLines;
const megabyte = 1024 * 1024;

test('20,000 lines are kept and checked in a bounded memory', { timeout: 120_000 }, async () => {
  const world = await startImportWorld();
  const { importJobs, importLines } = world.records;
  const before = process.memoryUsage().heapUsed;
  let most = 0;
  const look = () => {
    most = Math.max(most, process.memoryUsage().heapUsed - before);
  };
  async function* rows(): AsyncGenerator<ImportRow> {
    for (let n = 1; n <= people; n += 1) {
      if (n % 1000 === 0) look();
      // As long as a line of ours gets.
      yield {
        line: n + 1,
        cells: personLine(n + 1000, { address: '某市某路'.repeat(40), roles: 'csm_user', title: '科員' }),
      };
    }
  }
  const { writeLines } = importLines;
  let rounds = 0;
  importLines.writeLines = async (...given) => {
    rounds += 1;
    if (rounds % 20 === 0) look();
    return writeLines(...given);
  };
  const received = await world.imports.receive(
    world.actor,
    { name: '名冊.csv', encoding: 'utf-8', rows: rows() },
    warrant,
    ordered,
  );
  if (!received.ok) throw new Error(received.reason);
  await world.work();
  expect(await importJobs.findJob(received.id)).toMatchObject({ state: 'checked' });
  expect(await importLines.countLines(received.id)).toMatchObject({ right: people, faulty: 0 });
  expect(rounds).toBe(Math.ceil(people / 48));
  expect(most).toBeLessThan(120 * megabyte);
});
