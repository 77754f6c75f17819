/** An embedded directory in a child process of its own, reached as slapd is reached in these suites. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
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
  let port: number | undefined;
  let children = await startAll();

  async function startAll(): Promise<ChildProcess[]> {
    const listeners = socketPaths.map((socketPath) => launch({ ...common, listen: { socketPath } }));
    if (tcp) listeners.push(launch({ ...common, listen: { host: '127.0.0.1', port: port ?? 0 } }));
    const started = await Promise.all(listeners);
    port = started.map(({ port: used }) => used).find((used) => used !== undefined);
    return started.map(({ child }) => child);
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
    get port() {
      return port;
    },
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

async function launch(told: Told): Promise<{ child: ChildProcess; port: number | undefined }> {
  const child = fork(path.join(import.meta.dirname, 'embedded-server-process.ts'), [JSON.stringify(told)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
  const first = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  const address: unknown = first[0];
  if (typeof address !== 'object' || address === null)
    throw new Error('the embedded directory did not start');
  return { child, port: 'port' in address ? Number(address.port) : undefined };
}
