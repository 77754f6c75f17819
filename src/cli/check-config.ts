import { parseArgs } from 'node:util';
import { readConfig } from './read-config.ts';

/** `hufu check-config`: judges configuration files without starting anything; 0 good, 1 faulty, 2 none named. */
export async function run(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { config: { type: 'string', multiple: true, default: [] } },
  });
  if (values.config.length === 0) {
    process.stderr.write('usage: hufu check-config --config FILE [--config FILE…]\n');
    return 2;
  }
  const config = readConfig(values.config);
  if (!config) return 1;
  const { issuer, directory, mail, clients } = config;
  process.stdout.write(
    `The configuration is good: issuer ${issuer}, directory ${directory.kind}, mail ${mail.kind}, ${clients.length} relying parties\n`,
  );
  return 0;
}
