/** `hufu check-config`: judges configuration files without starting anything. */
import { parseArgs } from 'node:util';
import { ConfigError, formatFault } from '#config/config-error.ts';
import { processEnvironment } from '#config/environment.ts';
import { loadConfig } from '#config/load.ts';

export const summary = 'check configuration files and report every fault in them';

const usage = 'usage: hufu check-config --config FILE [--config FILE…]';

/** 0 when the files are good, 1 when they have faults, 2 when the command line is wrong. */
export async function run(argv: readonly string[]): Promise<number> {
  const files = readFiles(argv);
  if (files.length === 0) {
    console.error(usage);
    return 2;
  }
  try {
    const { issuer, clients, directory, mail } = loadConfig({
      files,
      environment: processEnvironment(),
      cwd: process.cwd(),
    });
    console.log(
      `good: ${issuer}, directory ${directory.kind}, mail ${mail.kind}, ${clients.length} relying parties`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const fault of error.faults) console.error(formatFault(fault));
    console.error(`${error.faults.length} ${error.faults.length === 1 ? 'fault' : 'faults'}`);
    return 1;
  }
}

function readFiles(argv: readonly string[]): readonly string[] {
  try {
    return (
      parseArgs({ args: [...argv], options: { config: { type: 'string', multiple: true } } }).values.config ??
      []
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'the command line is wrong');
    return [];
  }
}
