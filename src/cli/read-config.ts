import type { Config } from '#config/config.ts';
import { ConfigError } from '#config/config-error.ts';
import { processEnvironment } from '#config/environment.ts';
import { loadConfig } from '#config/load.ts';

/** The configuration in `files`; undefined after every fault in it has been said on standard error. */
export function readConfig(files: readonly string[]): Config | undefined {
  try {
    return loadConfig({ files, environment: processEnvironment(), cwd: process.cwd() });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return undefined;
  }
}
