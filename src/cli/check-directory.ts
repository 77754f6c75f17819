import { parseArgs } from 'node:util';
import { isHufuError } from '#domain/errors.ts';
import { checkDirectoryServers, type Finding } from '../compose/check-directory.ts';
import { createLog } from '../compose/create-log.ts';
import { systemClock } from '../compose/system-clock.ts';
import { systemRandom } from '../compose/system-random.ts';
import { readConfig } from './read-config.ts';

const words: Readonly<Record<Finding['kind'], string>> = {
  'missing-branch':
    'the branch is not there, or not shown to us (Hufu makes its own `ou=` branches at its first start)',
  'missing-attribute': 'no such attribute type in the schema',
  'missing-object-class': 'no such object class in the schema',
  'schema-hidden': 'the schema is not shown to us: names were not checked',
  'missing-index': 'no index on the attribute: searches read every entry',
  'unique-not-serialized':
    'no `serialize` in the overlay unique: changes at the same moment pass one another',
  'configuration-hidden': 'not shown to us: indexes and the overlay unique were not looked at',
  'not-unique': 'the same value was taken twice: the directory does not keep it unique',
  'not-writable': 'an account could not be written there',
};

/** `hufu check-directory`: 0 when Hufu can run on every server, 1 when not, 2 when none is named. */
export async function run(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { config: { type: 'string', multiple: true, default: [] } },
  });
  if (values.config.length === 0) {
    process.stderr.write('usage: hufu check-directory --config FILE [--config FILE…]\n');
    return 2;
  }
  const config = readConfig(values.config);
  if (!config) return 1;
  if (config.directory.kind === 'embedded') {
    process.stdout.write('The directory is the embedded one: there is nothing to check\n');
    return 0;
  }
  const log = createLog({ ...config.log, level: 'error' });
  const machine = { clock: systemClock, random: systemRandom, log };
  let isGood = true;
  try {
    for await (const { url, findings } of checkDirectoryServers(config.directory, machine)) {
      process.stdout.write(report(url, findings));
      if (findings.some(({ severity }) => severity === 'fault' || severity === 'unsafe')) isGood = false;
    }
  } catch (error) {
    if (!isHufuError(error, 'directory-unavailable')) throw error;
    const { reason = 'no connection' } = error.facts;
    process.stderr.write(`hufu: a directory server cannot be used: ${reason}${causeOf(error)}\n`);
    return 1;
  }
  return isGood ? 0 : 1;
}

function report(url: string, findings: readonly Finding[]): string {
  const lines = findings.map(
    ({ severity, kind, name }) => `  ${severity.padEnd(8)}${name}: ${words[kind]}\n`,
  );
  return `${url}: ${findings.length === 0 ? 'nothing is missing' : `${findings.length} findings`}\n${lines.join('')}`;
}

/** The system's own code of what went wrong, such as ECONNREFUSED or CERT_HAS_EXPIRED. */
function causeOf(error: Error): string {
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
}
