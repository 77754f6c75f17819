/**
 * A throw-away OpenLDAP server with Hufu's own configuration (config/ldap), as an ordinary child process in a
 * temporary folder: what a deployment would run, on a unix socket and, when asked, on a loopback port.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type NetConnectOpts } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ldapFolder = path.resolve(import.meta.dirname, '../../config/ldap');
const programs = {
  slapd: '/usr/sbin/slapd',
  slapadd: '/usr/sbin/slapadd',
  slappasswd: '/usr/sbin/slappasswd',
  setpriv: '/usr/bin/setpriv',
};
/** slapd's "log what is always logged": enough to hear that it has started. */
const logAlways = '32768';

export interface Slapd {
  readonly socketPath: string;
  /** `ldap://127.0.0.1:port`, when a port was asked for. */
  readonly url?: string;
  /** `ldaps://127.0.0.1:port`, when a certificate was given. */
  readonly tlsUrl?: string;
  readonly baseDn: string;
  /** The root of the database: no access rule stops it. */
  readonly adminDn: string;
  readonly adminPassword: string;
  /** The identity Hufu binds as. */
  readonly serviceDn: string;
  readonly servicePassword: string;
  /** Where the database's files are. */
  readonly dataFolder: string;
  /** Ends it at once (SIGKILL), as a power cut would. */
  kill(): Promise<void>;
  /** Stops it in its tracks (SIGSTOP): connections stay open, nothing answers, until `resume`. */
  pause(): Promise<void>;
  resume(): void;
  /** Starts it again on the same data, socket and port. */
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

export interface SlapdOptions {
  readonly baseDn?: string;
  /** Listens on a loopback port as well. */
  readonly tcp?: boolean;
  /** Leaves the tree empty instead of loading tree.ldif. */
  readonly withoutTree?: boolean;
  /** Speaks TLS on a port of its own, and StartTLS on the other. */
  readonly certificate?: { readonly certFile: string; readonly keyFile: string };
  /** LDIF file with what lies below the tree from the start, loaded offline. */
  readonly entries?: string;
  /** Rewrites schema, configuration and tree before they are loaded: a directory that was there before us. */
  readonly rewrite?: (ldif: string) => string;
}

/** Whether slapd is installed. Throws where HUFU_REQUIRE_SERVICES=1 says that it must be. */
export function slapdAvailable(): boolean {
  const available = Object.values(programs).every((program) => existsSync(program));
  if (!available && process.env['HUFU_REQUIRE_SERVICES'] === '1') {
    throw new Error('slapd is not installed, and HUFU_REQUIRE_SERVICES=1 asks for it: npm run services');
  }
  return available;
}

export async function startSlapd(options: SlapdOptions = {}): Promise<Slapd> {
  const baseDn = options.baseDn ?? 'dc=hufu,dc=test';
  const adminPassword = 'admin-of-a-test';
  const servicePassword = 'service-of-a-test';
  const folder = await mkdtemp(path.join(tmpdir(), 'hufu-slapd-'));
  const socketPath = path.join(folder, 'ldapi');
  const dataFolder = path.join(folder, 'data');
  const { certificate, rewrite = (ldif) => ldif } = options;
  const port = options.tcp || certificate ? await freePort() : undefined;
  const tlsPort = certificate ? await freePort() : undefined;
  const tlsUrl = tlsPort === undefined ? undefined : `ldaps://127.0.0.1:${tlsPort}`;
  const url = port === undefined ? undefined : `ldap://127.0.0.1:${port}`;
  await configure();

  let child = await launch();
  const removeOnExit = () => child.kill('SIGKILL');
  process.once('exit', removeOnExit);

  async function configure(): Promise<void> {
    const configFolder = path.join(folder, 'config');
    await Promise.all([mkdir(configFolder), mkdir(dataFolder, { mode: 0o700 })]);
    const values: Record<string, string> = {
      CONFIG_DIR: folder,
      RUN_DIR: folder,
      DATA_DIR: dataFolder,
      BASE_DN: baseDn,
      BASE_DC: /^dc=([^,]+)/.exec(baseDn)?.[1] ?? 'hufu',
      ADMIN_PASSWORD: await hash(adminPassword),
      SERVICE_PASSWORD: await hash(servicePassword),
    };
    const schema = await readFile(path.join(ldapFolder, 'hufu.schema.ldif'), 'utf8');
    await writeFile(path.join(folder, 'hufu.schema.ldif'), rewrite(schema));
    const load = async (file: string, database: string) => {
      const template = await readFile(path.join(ldapFolder, 'slapd', file), 'utf8');
      const filled = path.join(folder, file);
      const text = template.replace(/@([A-Z_]+)@/g, (mark, name: string) => values[name] ?? mark);
      await writeFile(filled, rewrite(file === 'config.ldif' ? withCertificate(text) : text));
      await run(programs.slapadd, ['-n', database, '-F', configFolder, '-l', filled]);
    };
    await load('config.ldif', '0');
    if (!options.withoutTree) await load('tree.ldif', '1');
    if (options.entries !== undefined) {
      await run(programs.slapadd, ['-q', '-n', '1', '-F', configFolder, '-l', options.entries]);
    }
  }

  function withCertificate(config: string): string {
    if (!certificate) return config;
    const { certFile, keyFile } = certificate;
    const lines = `olcTLSCertificateFile: ${certFile}\nolcTLSCertificateKeyFile: ${keyFile}\n`;
    return config.replace(/^olcIdleTimeout:.*\n/m, (line) => line + lines);
  }

  async function launch(): Promise<ChildProcess> {
    const named = [`ldapi://${encodeURIComponent(socketPath)}`, url, tlsUrl];
    const addresses = named.filter((address) => address !== undefined).join(' ');
    const args = ['-F', path.join(folder, 'config'), '-h', addresses, '-d', logAlways];
    // A test process that is killed runs no clean-up of its own: then the kernel ends its slapd.
    const command = ['--pdeathsig', 'KILL', '--', programs.slapd, ...args];
    const started = spawn(programs.setpriv, command, { stdio: ['ignore', 'ignore', 'pipe'] });
    try {
      await startedLine(started);
      await accepting(started, { path: socketPath });
      for (const each of [port, tlsPort]) {
        if (each !== undefined) await accepting(started, { host: '127.0.0.1', port: each });
      }
      return started;
    } catch (error) {
      await end(started, 'SIGKILL');
      throw error;
    }
  }

  return {
    socketPath,
    ...(url ? { url } : {}),
    ...(tlsUrl ? { tlsUrl } : {}),
    baseDn,
    adminDn: `cn=admin,${baseDn}`,
    adminPassword,
    serviceDn: `cn=hufu,${baseDn}`,
    servicePassword,
    dataFolder,
    kill: () => end(child, 'SIGKILL'),
    async pause() {
      child.kill('SIGSTOP');
      await stopped(child);
    },
    resume: () => void child.kill('SIGCONT'),
    async restart() {
      await end(child, 'SIGKILL');
      child = await launch();
    },
    async close() {
      process.removeListener('exit', removeOnExit);
      await end(child, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function hash(password: string): Promise<string> {
  const { stdout } = await run(programs.slappasswd, ['-s', password]);
  return stdout.trim();
}

/** Resolves when the child says that it listens; throws with what it said when it ends before. */
function startedLine(child: ChildProcess): Promise<void> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    if (!child.stderr) throw new Error('slapd was started without a pipe');
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (said.length < 20) said.push(line);
      if (line.includes('slapd starting')) resolve();
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(`slapd did not start: ${said.join('\n')}`)));
  });
}

/** Resolves when the child accepts connections: it says that it starts just before it listens. */
async function accepting(child: ChildProcess, address: NetConnectOpts): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error('slapd ended right after it started');
    const socket = connect(address);
    try {
      await once(socket, 'connect');
      return;
    } catch {
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      socket.destroy();
    }
  }
}

/** Resolves when every thread of the child stands still (state T of proc(5)): a signal takes its time on a busy machine. */
async function stopped(child: ChildProcess): Promise<void> {
  const tasks = `/proc/${child.pid}/task`;
  for (;;) {
    const states = await Promise.all(
      (await readdir(tasks)).map((task) => readFile(path.join(tasks, task, 'status'), 'utf8')),
    );
    if (states.every((status) => /^State:\s+T/m.test(status))) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
