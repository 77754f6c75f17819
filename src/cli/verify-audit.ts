import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createLog } from '../compose/create-log.ts';
import { systemClock } from '../compose/system-clock.ts';
import { systemRandom } from '../compose/system-random.ts';
import { verifyExportedTrail, verifyInstalledTrail } from '../compose/verify-trail.ts';
import { readConfig } from './read-config.ts';

const usage = `usage: hufu verify-audit --config FILE [--config FILE…]
       hufu verify-audit --export FILE [--checkpoints FILE --keys FILE]
KEYS is a JWK set of the public keys that checkpoints are signed with. Without checkpoints nobody can tell whether the end
was cut off or the whole was written anew.
`;

type Verdict = NonNullable<Awaited<ReturnType<typeof verifyInstalledTrail>>>;

/** `hufu verify-audit`: 0 when the trail is whole, 1 when it is not, 2 when there is nothing to verify. */
export async function run(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      config: { type: 'string', multiple: true, default: [] },
      export: { type: 'string' },
      checkpoints: { type: 'string' },
      keys: { type: 'string' },
    },
  });
  const { config: files, export: entries, checkpoints, keys } = values;
  if ((entries === undefined) === (files.length === 0)) {
    process.stderr.write(usage);
    return 2;
  }
  if (entries !== undefined) {
    const missing = [entries, checkpoints, keys].find((file) => file !== undefined && !existsSync(file));
    if (missing !== undefined) {
      process.stderr.write(`hufu: there is no file ${missing}\n`);
      return 2;
    }
    const sources = { entries, ...(checkpoints && { checkpoints }), ...(keys && { keys }) };
    return report(await verifyExportedTrail(sources));
  }
  const config = readConfig(files);
  if (!config) return 1;
  const log = createLog({ ...config.log, level: 'error' });
  const verdict = await verifyInstalledTrail(config, { clock: systemClock, random: systemRandom, log });
  if (verdict) return report(verdict);
  process.stderr.write(`hufu: there is no audit trail in ${config.dataFolder}\n`);
  return 2;
}

function report(verdict: Verdict): number {
  if (!verdict.ok) {
    process.stderr.write(`The audit trail is NOT whole: ${verdict.fault} at entry ${verdict.sequence}\n`);
    return 1;
  }
  const { entries, head, checkpoints, cutValues, unreadableLines } = verdict;
  const lines = [
    `The audit trail is whole: ${entries} entries, ${checkpoints} checkpoints`,
    ...(head.sequence > 0 ? [`Last entry ${head.sequence}, hash ${head.hash}`] : []),
    ...(checkpoints === 0
      ? ['No checkpoint was there to hold it against: a cut-off end would not show']
      : []),
    ...(cutValues > 0 ? [`${cutValues} personal values have been cut by retention`] : []),
    ...(unreadableLines > 0 ? [`${unreadableLines} lines of the checkpoint file could not be read`] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
