/**
 * `npm run bench [-- --quick]`: Hufu beside the bare library it is made with, in one run on this machine.
 * Order: both servers as children → every flow in turns → audit → directories → equal answers → tables and a file.
 * Bounded: at most 3 minutes, 40 seconds with --quick. Figures are reports; nothing is asserted.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startChild } from './child.ts';
import { compareTargets, type Extent } from './compare.ts';
import { reportDirectoryRates } from './directory-rates.ts';
import { reportEqualAnswers } from './equal-answers.ts';
import type { AuditRates } from './hub-process.ts';
import { printed, type Results } from './report.ts';
import { bareTarget, hubTarget } from './target.ts';
import { closeConnections } from './visitor.ts';

const { quick } = parseArgs({ options: { quick: { type: 'boolean', default: false } } }).values;

const mostSeconds = quick ? 40 : 180;
/** What is under way then is brought to its end in order. */
const isOver = () => process.uptime() > mostSeconds - 8;
const extent: Extent = quick
  ? { rounds: 1, seconds: 1, callers: 8, people: 32, isOver }
  : { rounds: 3, seconds: 2.5, callers: 8, people: 150, isOver };
/** What is shipped as `login.answerMilliseconds`. */
const shippedDeadline = 700;

const say = (what: string) => console.error(`${process.uptime().toFixed(0).padStart(4)} s  ${what}`);

const results: Results = {
  at: new Date().toISOString(),
  node: process.versions.node,
  cores: availableParallelism(),
  callers: extent.callers,
  comparisons: [],
};

const giveUp = setTimeout(
  () => {
    say('time is up: what was reached');
    console.log(printed(results));
    process.exit(1);
  },
  (mostSeconds - process.uptime()) * 1000,
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

say('the hub and the bare library start');
const hub = await startChild('hub-process.ts', { people: extent.people, answerMilliseconds: 0 });
const bare = await startChild('bare-process.ts', { keys: await hub.ask('keys') });
const library = bareTarget(bare, await hub.ask('people'));
for await (const each of compareTargets(hubTarget(hub), library, extent)) {
  results.comparisons.push(each);
  say(each.scenario);
}
results.audit = await hub.ask<AuditRates>('auditRates');
say('audit');
await Promise.all([hub.stop(), bare.stop()]);
if (!isOver()) results.directories = await reportDirectoryRates(quick ? 1 : 2);
say('directories');
if (!isOver()) results.work = await reportEqualAnswers({ answerMilliseconds: 0, atOnce: false, isOver });
if (!quick && !isOver()) {
  results.shipped = await reportEqualAnswers({ answerMilliseconds: shippedDeadline, atOnce: true, isOver });
}
say('equal answers');
closeConnections();
clearTimeout(giveUp);

const folder = path.join(import.meta.dirname, 'results');
mkdirSync(folder, { recursive: true });
const file = path.join(folder, `${results.at.slice(0, 19).replaceAll(':', '')}.json`);
writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
console.log(printed(results));
say(`written to ${path.relative(process.cwd(), file)}`);
