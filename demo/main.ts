/**
 * The demo (npm start): the hub with everything embedded, sample agencies and people, business systems as real
 * relying parties, and a mailbox.
 * Order: secrets → configuration → free ports? → hub → business systems and mailbox → people → the printed table.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Config } from '#config/config.ts';
import { ConfigError } from '#config/config-error.ts';
import { processEnvironment } from '#config/environment.ts';
import { loadConfig } from '#config/load.ts';
import { startHub, toldToStop } from '#src/cli/serve.ts';
import { createBusinessSystem } from './business-system/business-system.ts';
import { demoSystems, placeSystems, withTiles, type PlacedSystem } from './business-systems.ts';
import { findTakenAddresses } from './free-ports.ts';
import { makeSecrets } from './make-secrets.ts';
import { createMailbox } from './mailbox/mailbox.ts';
import { preparePeople } from './people/prepare-people.ts';
import { findWaysIn } from './people/way-in.ts';
import { serveLocally } from './serve-locally.ts';
import { startTable } from './start-table.ts';

const ownConfig = path.join(import.meta.dirname, 'demo.config.yaml');
const secretsFolder = path.resolve(import.meta.dirname, '../demo-data/secrets');
const usage = 'usage: npm start [-- --config FILE …] [--mailbox PORT]\n';

/** Runs the demo until it is told to stop; gives the process's exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (!options) return 2;
  makeSecrets(
    secretsFolder,
    demoSystems.map(({ clientId }) => clientId),
  );
  const config = readDemoConfig(options.files);
  if (!config) return 1;
  const systems = placeSystems(config);
  const mailbox = { hostname: '127.0.0.1', port: String(options.mailboxPort) };
  if (!(await allFree(config, systems, options.mailboxPort))) return 1;
  try {
    const demo = await startDemo(config, systems, mailbox);
    // Listened for before anybody is told that the demo runs.
    const told = toldToStop();
    process.stdout.write(demo.table);
    await told;
    process.stdout.write('停止中… Stopping…\n');
    await demo.stop();
    return 0;
  } catch (error) {
    console.error(error);
    // What has been started already would keep the process alive.
    return process.exit(1);
  }
}

async function startDemo(
  config: Config,
  systems: readonly PlacedSystem[],
  mailboxAt: { readonly hostname: string; readonly port: string },
): Promise<{ readonly table: string; stop(): Promise<void> }> {
  const hub = await startHub({ ...config, catalogue: withTiles(config.catalogue, systems) });
  const { services } = hub;
  const waysIn = () => findWaysIn(services);
  const mailbox = await serveLocally(
    createMailbox({ folder: mailFolder(config), hub: config.issuer, waysIn }).callback(),
    mailboxAt,
  );
  const running = await Promise.all(
    systems.map((placed) =>
      serveLocally(createBusinessSystem(placed, config.issuer).callback(), placed.redirectUri),
    ),
  );
  // The hub does the same in the background; done twice it is harmless, and here a failure is heard of.
  await services.prepare();
  await preparePeople(services);
  return {
    table: startTable({
      issuer: config.issuer,
      mailbox: mailbox.origin,
      systems,
      ways: await waysIn(),
      dataFolder: config.dataFolder,
    }),
    async stop() {
      await Promise.all([mailbox, ...running].map((server) => server.stop()));
      await hub.stop();
    },
  };
}

function readOptions(
  argv: readonly string[],
): { readonly files: readonly string[]; readonly mailboxPort: number } | undefined {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        config: { type: 'string', multiple: true, default: [] },
        mailbox: { type: 'string', default: '3009' },
      },
    });
    const mailboxPort = Number(values.mailbox);
    if (Number.isInteger(mailboxPort) && mailboxPort > 0 && mailboxPort < 65_536) {
      return { files: values.config, mailboxPort };
    }
  } catch (error) {
    if (error instanceof Error) process.stderr.write(`${error.message}\n`);
  }
  process.stderr.write(usage);
  return undefined;
}

function readDemoConfig(files: readonly string[]): Config | undefined {
  try {
    return loadConfig({
      files: [ownConfig, ...files],
      environment: processEnvironment(),
      cwd: process.cwd(),
    });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return undefined;
  }
}

/** Says which address is taken and what to do about it. */
async function allFree(
  { listen }: Config,
  systems: readonly PlacedSystem[],
  mailboxPort: number,
): Promise<boolean> {
  const taken = await findTakenAddresses([
    { ...listen, what: '入口網 the hub (listen.port and issuer)' },
    ...systems.map(({ client, redirectUri }) => ({
      host: redirectUri.hostname,
      port: Number(redirectUri.port),
      what: `${client.name} (redirect_uris of client ${client.client_id})`,
    })),
    { host: '127.0.0.1', port: mailboxPort, what: '示範信箱 the mailbox (npm start -- --mailbox PORT)' },
  ]);
  for (const { host, port, what, code } of taken) {
    process.stderr.write(`${host}:${port} 無法使用 cannot be used (${code}): ${what}\n`);
  }
  if (taken.length > 0) {
    process.stderr.write(
      '請停止佔用該埠的程式（也許示範已在執行），或以 npm start -- --config FILE 改用其他埠。\n' +
        'Stop what uses it (another demo, perhaps), or give other ports with npm start -- --config FILE.\n',
    );
  }
  return taken.length === 0;
}

function mailFolder({ mail, dataFolder }: Config): string {
  return mail.kind === 'folder' ? mail.folder : path.join(dataFolder, 'mail');
}
