/**
 * The demo (npm start): the hub with everything embedded, sample agencies and people, business systems as real
 * relying parties, a card reader with its PKI, and a mailbox.
 * Order: secrets, PKI and cards → configuration → free ports? → hub → what stands around it → people → the printed table.
 */
import path from 'node:path';
import type { Config } from '#config/config.ts';
import { ConfigError } from '#config/config-error.ts';
import { processEnvironment } from '#config/environment.ts';
import { loadConfig } from '#config/load.ts';
import { startHub, toldToStop } from '#src/cli/serve.ts';
import { createBusinessSystem } from './business-system/business-system.ts';
import { demoSystems, placeSystems, withTiles, type PlacedSystem } from './business-systems.ts';
import { createCardComponent } from './card-component/card-component.ts';
import { createDesk } from './card-component/desk.ts';
import { findTakenAddresses } from './free-ports.ts';
import { makeSecrets } from './make-secrets.ts';
import { createMailbox } from './mailbox/mailbox.ts';
import { preparePeople } from './people/prepare-people.ts';
import { findWaysIn } from './people/way-in.ts';
import { createPkiServer } from './pki/pki-server.ts';
import { preparePki, type DemoPki } from './prepare-pki.ts';
import { readOptions, usage, type DemoOptions } from './read-options.ts';
import { serveLocally, type LocalServer } from './serve-locally.ts';
import { startTable } from './start-table.ts';

const ownConfig = path.join(import.meta.dirname, 'demo.config.yaml');
const secretsFolder = path.resolve(import.meta.dirname, '../demo-data/secrets');
const pkiFolder = path.resolve(import.meta.dirname, '../demo-data/pki');

/** Runs the demo until it is told to stop; gives the process's exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (!options.ok) {
    process.stderr.write(`${options.complaint}${usage}`);
    return 2;
  }
  makeSecrets(
    secretsFolder,
    demoSystems.map(({ clientId }) => clientId),
  );
  const demoPki = preparePki(pkiFolder, options.ports);
  const config = readDemoConfig([demoPki.layer, ...options.files]);
  if (!config) return 1;
  const systems = placeSystems(config);
  if (!(await allFree(config, systems, options))) return 1;
  try {
    const demo = await startDemo(config, systems, { ...options, demoPki });
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
  { ports, demoPki }: Pick<DemoOptions, 'ports'> & { readonly demoPki: DemoPki },
): Promise<{ readonly table: string; stop(): Promise<void> }> {
  // Before the hub, which fetches from it.
  const pki = await servePki(demoPki, ports);
  const hub = await startHub({ ...config, catalogue: withTiles(config.catalogue, systems) });
  const { services } = hub;
  const waysIn = () => findWaysIn(services);
  const mailbox = await serveLocally(
    createMailbox({ folder: mailFolder(config), hub: config.issuer, waysIn }).callback(),
    { hostname: '127.0.0.1', port: String(ports.mailbox) },
  );
  const card = await serveCardComponent(demoPki, ports, config.issuer);
  const running = await Promise.all(
    systems.map((placed) =>
      serveLocally(createBusinessSystem(placed, config.issuer).callback(), placed.redirectUri),
    ),
  );
  // The hub does the same in the background; done twice it is harmless, and here a failure is heard of.
  await services.prepare();
  await preparePeople(services, demoPki);
  return {
    table: startTable({
      issuer: config.issuer,
      mailbox: mailbox.origin,
      card: card.origin,
      pki: pki.origin,
      systems,
      ways: await waysIn(),
      dataFolder: config.dataFolder,
    }),
    async stop() {
      await Promise.all([mailbox, card, pki, ...running].map((server) => server.stop()));
      await hub.stop();
    },
  };
}

const now = () => new Date();

function servePki({ pki, ledger, baseUrl }: DemoPki, ports: DemoOptions['ports']): Promise<LocalServer> {
  const server = createPkiServer({ pki, ledger, baseUrl, now });
  return serveLocally(server.callback(), { hostname: '127.0.0.1', port: String(ports.pki) });
}

/** At `localhost`, the name by which pages look for it. */
function serveCardComponent(
  { cards }: DemoPki,
  { card: port }: DemoOptions['ports'],
  hub: string,
): Promise<LocalServer> {
  const origin = `http://localhost:${port}`;
  const component = createCardComponent({ desk: createDesk(cards), origin, hub, now });
  return serveLocally(component.callback(), { hostname: 'localhost', port: String(port) });
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
  { ports }: DemoOptions,
): Promise<boolean> {
  const taken = await findTakenAddresses([
    { ...listen, what: '入口網 the hub (listen.port and issuer)' },
    ...systems.map(({ client, redirectUri }) => ({
      host: redirectUri.hostname,
      port: Number(redirectUri.port),
      what: `${client.name} (redirect_uris of client ${client.client_id})`,
    })),
    { host: '127.0.0.1', port: ports.mailbox, what: '示範信箱 the mailbox (npm start -- --mailbox PORT)' },
    { host: '127.0.0.1', port: ports.pki, what: '示範憑證機構 the demo PKI (npm start -- --pki PORT)' },
    {
      host: '127.0.0.1',
      port: ports.card,
      what: '讀卡機 the card component; a real one, perhaps? (npm start -- --card PORT)',
    },
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
