/**
 * `node bench/mutations.ts [--count N] [--seed N]`: alters certificates and CRLs N times (100,000 by default) and asks the function that logins ask.
 * Lines for people, then one line of JSON; exits 1 when something altered was valid, broke, or took over a second.
 */
import { parseArgs } from 'node:util';
import { runMutations } from '#test/support/certificates/mutation-run.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '100000' }, seed: { type: 'string' } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32));
const count = Number(values.count);
console.log(`${count.toLocaleString('en')} mutations, seed ${seed}`);

const { answers, faults, slowestMs } = await runMutations(seed, count);
for (const [answer, times] of Object.entries(answers)) console.log(`${String(times).padStart(8)}  ${answer}`);
for (const fault of faults) console.log(`FAULT  ${fault}`);
console.log(`the slowest took ${slowestMs.toFixed(1)} ms`);
console.log(JSON.stringify({ at: new Date().toISOString(), seed, count, answers, faults, slowestMs }));
process.exitCode = faults.length > 0 || slowestMs > 1000 ? 1 : 0;
