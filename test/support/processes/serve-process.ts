/** `hufu serve` as a child process of its own, with what it says kept. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { clientSecret } from '#test/support/hub/hub-world.ts';

const program = path.resolve(import.meta.dirname, '../../../bin/hufu.js');

export interface ServeProcess {
  readonly pid: number;
  /** Whether it has not ended. */
  isAlive(): boolean;
  /** What it has written to standard error. */
  readonly said: readonly string[];
  /** SIGTERM; gives the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** Resolves when the hub listens; throws with what it said when it ends before. */
export async function startServeProcess(configFile: string): Promise<ServeProcess> {
  const child = spawn(process.execPath, [program, 'serve', '--config', configFile], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], CLIENT_SECRET: clientSecret },
  });
  const exited = once(child, 'exit');
  const killOnExit = () => child.kill('SIGKILL');
  process.once('exit', killOnExit);
  void exited.then(() => process.removeListener('exit', killOnExit));
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('Hufu listens')) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`hufu serve ended (${code}): ${said.join('\n')}`)));
  });
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (isAlive()) child.kill(signal);
    await exited;
    return child.exitCode;
  };
  if (child.pid === undefined) throw new Error('hufu serve has no process id');
  return {
    pid: child.pid,
    isAlive,
    said,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
}
