import { parseArgs } from 'node:util';
import type { Config } from '#config/config.ts';
import { compose, type Hub } from '../compose.ts';
import { createLog } from '../compose/create-log.ts';
import type { Machine } from '../compose/services.ts';
import { systemClock } from '../compose/system-clock.ts';
import { systemRandom } from '../compose/system-random.ts';
import { readConfig } from './read-config.ts';

/** `hufu serve --config FILE …`: runs the hub until it is told to stop (SIGTERM, SIGINT). */
export async function run(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { config: { type: 'string', multiple: true, default: [] } },
  });
  const config = readConfig(values.config);
  if (!config) return 1;
  const hub = await startHub(config);
  // Listened for before anybody is told that the hub runs.
  const told = toldToStop();
  process.stdout.write(`Hufu listens on http://${config.listen.host}:${hub.port}, issuer ${config.issuer}\n`);
  await told;
  await hub.stop();
  return 0;
}

export interface RunningHub {
  readonly services: Hub['services'];
  readonly registry: Hub['registry'];
  readonly port: number;
  /** Resolves when the directory has been prepared. */
  readonly prepared: Promise<void>;
  stop(): Promise<void>;
}

/** Composes the hub and listens. A directory that does not answer yet is waited for in the background. */
export async function startHub(
  config: Config,
  machine: Machine = systemMachine(config),
): Promise<RunningHub> {
  const { services, server, registry } = await compose(config, machine);
  const { log } = machine;
  const stopping = new AbortController();
  const prepared = services.prepareWhenReachable(stopping.signal);
  const reconciling = services.reconcileNowAndAgain(stopping.signal);
  const sweeping = services.sweepSessionsNowAndAgain(stopping.signal);
  const importing = services.importNowAndAgain(stopping.signal);
  const importingAccounts = services.workOnImports(stopping.signal);
  const clearing = services.clearDownloadsNowAndAgain(stopping.signal);
  const refreshing = services.certificates?.refreshNowAndAgain(stopping.signal);
  const port = await server.listen();
  log.info('listening', { port });
  return {
    services,
    registry,
    port,
    prepared,
    async stop() {
      stopping.abort();
      await server.stop();
      await Promise.all([prepared, reconciling, sweeping, importing, importingAccounts, clearing]);
      await services.close();
      await refreshing;
      log.info('stopped');
    },
  };
}

function systemMachine(config: Config): Machine {
  return { clock: systemClock, random: systemRandom, log: createLog(config.log) };
}

export function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}
