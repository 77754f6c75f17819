import type { Config } from '#config/config.ts';
import { isHufuError } from '#domain/errors.ts';
import { createLog } from '../compose/create-log.ts';
import { openServices, type Services } from '../compose/services.ts';
import { systemClock } from '../compose/system-clock.ts';
import { systemRandom } from '../compose/system-random.ts';

/** Runs a command on the services of an installation, which may be serving at the same time; gives the exit code. */
export async function withServices(
  config: Config,
  command: (services: Services) => Promise<void>,
): Promise<number> {
  // The command's own words are all that belongs on the terminal.
  const log = createLog({ ...config.log, level: 'error' });
  const services = await openServices(config, { clock: systemClock, random: systemRandom, log });
  try {
    await services.prepare();
    await command(services);
    return 0;
  } catch (error) {
    if (!isHufuError(error)) throw error;
    process.stderr.write(
      `hufu: ${error.code}${Object.values(error.facts)
        .map((fact) => `, ${fact}`)
        .join('')}\n`,
    );
    return 1;
  } finally {
    await services.close();
  }
}
