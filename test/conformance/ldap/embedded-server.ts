/** An embedded directory in a child process of its own, reached as slapd is reached in these suites. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EmbeddedDirectoryOptions } from '#adapters/embedded-directory/embedded-directory.ts';

export interface LdapServer {
  /** Where each process answers; all of them serve the same entries. */
  readonly socketPaths: readonly string[];
  /** Loopback port of the first process, when asked for. */
  readonly port: number | undefined;
  readonly baseDn: string;
  readonly adminDn: string;
  readonly adminPassword: string;
  readonly serviceDn: string;
  readonly servicePassword: string;
  readonly dataFolder: string;
  close(): Promise<void>;
}

export interface EmbeddedServer extends LdapServer {
  readonly socketPath: string;
  /** Ends all processes at once (SIGKILL). */
  kill(): Promise<void>;
  /** Starts them again on the same file and sockets. */
  restart(): Promise<void>;
}

export async function startEmbeddedServer({ processes = 1, tcp = false } = {}): Promise<EmbeddedServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hufu-embedded-'));
  const baseDn = 'dc=hufu,dc=test';
  const identities = [
    { dn: `cn=admin,${baseDn}`, password: 'admin-of-a-test', access: 'manage' as const },
    { dn: `cn=hufu,${baseDn}`, password: 'service-of-a-test', access: 'write' as const },
    { dn: `cn=reader,${baseDn}`, password: 'reader-of-a-test', access: 'read' as const },
  ];
  const socketPaths = Array.from({ length: processes }, (_, index) => path.join(folder, `ldapi-${index}`));
  const common = { file: path.join(folder, 'directory.sqlite'), baseDn, identities };
  const port = tcp ? await freePort() : undefined;
  let children = await startAll();

  async function startAll(): Promise<ChildProcess[]> {
    const listeners = socketPaths.map((socketPath) => launch({ ...common, listen: { socketPath } }));
    if (port !== undefined)
      listeners.push(launch({ ...common, listen: { host: '127.0.0.1', port, binds: 'everyone' } }));
    return Promise.all(listeners);
  }
  const stop = async (signal: NodeJS.Signals) => {
    await Promise.all(
      children.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, 'exit');
        child.kill(signal);
        await ended;
      }),
    );
  };

  return {
    socketPaths,
    socketPath: socketPaths[0] ?? '',
    port,
    baseDn,
    adminDn: identities[0]?.dn ?? '',
    adminPassword: 'admin-of-a-test',
    serviceDn: identities[1]?.dn ?? '',
    servicePassword: 'service-of-a-test',
    dataFolder: folder,
    kill: () => stop('SIGKILL'),
    async restart() {
      await stop('SIGKILL');
      children = await startAll();
    },
    async close() {
      await stop('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Told = Pick<EmbeddedDirectoryOptions, 'file' | 'baseDn' | 'identities' | 'listen'>;

async function launch(told: Told): Promise<ChildProcess> {
  const program = path.resolve(import.meta.dirname, '../../support/embedded-directory-process.ts');
  const child = fork(program, [JSON.stringify(told)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
  const [first] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (first !== 'listening') throw new Error('the embedded directory did not start');
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
