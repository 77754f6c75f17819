/** A throw-away embedded directory in a process of its own, so that it can be killed as a power cut would. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface EmbeddedDirectoryProcess {
  readonly socketPath: string;
  readonly baseDn: string;
  readonly serviceDn: string;
  readonly servicePassword: string;
  readonly dataFolder: string;
  kill(): Promise<void>;
  /** Starts it again on the same file and socket. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startEmbeddedDirectoryProcess(): Promise<EmbeddedDirectoryProcess> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hufu-embedded-'));
  const dataFolder = path.join(folder, 'data');
  const socketPath = path.join(folder, 'run', 'ldapi');
  const baseDn = 'dc=hufu,dc=test';
  const serviceDn = `cn=hufu,${baseDn}`;
  const servicePassword = 'service-of-a-test';
  const options = {
    file: path.join(dataFolder, 'directory.sqlite'),
    baseDn,
    identities: [{ dn: serviceDn, password: servicePassword, access: 'write' }],
    listen: { socketPath },
  };
  await mkdir(dataFolder);

  async function launch(): Promise<ChildProcess> {
    const program = path.join(import.meta.dirname, 'embedded-directory-process.ts');
    const started = fork(program, [JSON.stringify(options)], { execArgv: [] });
    const ended = once(started, 'exit').then(() => {
      throw new Error('the embedded directory ended before it listened');
    });
    await Promise.race([once(started, 'message'), ended]);
    ended.catch(() => {});
    return started;
  }

  let child = await launch();
  const removeOnExit = () => child.kill('SIGKILL');
  process.once('exit', removeOnExit);

  return {
    socketPath,
    baseDn,
    serviceDn,
    servicePassword,
    dataFolder,
    kill: () => end(child),
    async restart() {
      await end(child);
      child = await launch();
    },
    async close() {
      process.removeListener('exit', removeOnExit);
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
