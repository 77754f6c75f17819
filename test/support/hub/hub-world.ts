/** A whole hub in this process on a free port, with its mailbox, its people and a clock that can be moved. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import type { Account } from '#domain/account.ts';
import { loadConfig } from '#config/load.ts';
import { startHub, type RunningHub } from '#src/cli/serve.ts';
import { createLog } from '#src/compose/create-log.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { hubLogFile, noteCanary } from './canaries.ts';
import { openMailbox, type Mailbox } from './mailbox.ts';
import { createOffsetClock, type OffsetClock } from './offset-clock.ts';
import { activePerson, openPerson } from './people.ts';
import type { SamplePerson } from './sample-people.ts';

export interface Person {
  readonly account: Account;
  readonly nationalId: string;
  readonly email: string;
  readonly openingPassword: string;
}

export interface HubWorld {
  readonly origin: string;
  readonly folder: string;
  readonly hub: RunningHub;
  readonly clock: OffsetClock;
  readonly mailbox: Mailbox;
  /** Opens an account that waits for its first login. */
  openPerson(sample: SamplePerson): Promise<Person>;
  /** Opens and activates an account; the password works for the time given to register a card. */
  activePerson(sample: SamplePerson, password: string): Promise<Person>;
  close(): Promise<void>;
}

export const callbackUri = 'http://127.0.0.1:9/callback';
export const clientSecret = 'a client secret for tests alone, 32+';

/** A business system's registration as the configuration has it. */
export function clientConfig(clientId: string, systems: readonly string[], more: object = {}): object {
  return {
    client_id: clientId,
    name: `系統 ${clientId}`,
    systems,
    firstParty: true,
    scopes: ['openid', 'profile', 'organization', 'roles'],
    redirect_uris: [callbackUri],
    post_logout_redirect_uris: ['http://127.0.0.1:9/logged-out'],
    grant_types: ['authorization_code', 'refresh_token'],
    client_secret: { env: 'CLIENT_SECRET' },
    ...more,
  };
}

const standardClients = [
  clientConfig('csm', ['csm']),
  clientConfig('fms', ['fms']),
  clientConfig('pre', ['pre']),
  clientConfig('psr', ['psr']),
];

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Configuration of a hub under test: cheap captcha, no fixed answering time, everything else as shipped. */
export function hubConfig(folder: string, port: number, more: object = {}): object {
  return {
    issuer: `http://localhost:${port}`,
    listen: { port },
    dataFolder: path.join(folder, 'data'),
    mail: { kind: 'folder', folder: path.join(folder, 'mail'), from: 'hufu@example.test' },
    login: {
      answerMilliseconds: 0,
      captcha: { cost: 1 },
      mailedCode: { resendSeconds: 10 },
      perAddress: { attempts: 100_000 },
    },
    log: { level: 'debug', file: hubLogFile() },
    clients: standardClients,
    ...more,
  };
}

/** `more` goes over the configuration; as a function it gets the hub's folder before the hub does. */
export async function startHubWorld(more: object | ((folder: string) => object) = {}): Promise<HubWorld> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-hub-'));
  const port = await freePort();
  const file = path.join(folder, 'hufu.yaml');
  writeFileSync(file, stringify(hubConfig(folder, port, typeof more === 'function' ? more(folder) : more)));
  noteCanary(clientSecret);
  const config = loadConfig({ files: [file], environment: { CLIENT_SECRET: clientSecret }, cwd: folder });
  const clock = createOffsetClock();
  const hub = await startHub(config, { clock, random: systemRandom, log: createLog(config.log) });
  await hub.prepared;
  const { services } = hub;
  const mailbox = openMailbox(path.join(folder, 'mail'));
  return {
    origin: config.issuer,
    folder,
    hub,
    clock,
    mailbox,
    openPerson: (sample) => openPerson(services, sample),
    async activePerson(sample, password) {
      const person = await activePerson(services, sample, password);
      await mailbox.nextMailTo(person.email, 0);
      return person;
    },
    async close() {
      await hub.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
