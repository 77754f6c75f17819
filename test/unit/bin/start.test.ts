import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const run = promisify(execFile);
const folder = mkdtempSync(path.join(tmpdir(), 'hufu-start-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A command that says what it runs as. */
const program = path.join(folder, 'program.mjs');
writeFileSync(
  program,
  `import { start } from ${JSON.stringify(path.resolve(import.meta.dirname, '../../../bin/start.js'))};
   await start(() => ({
     main(args) {
       const { pid, execArgv, env } = process;
       console.log(JSON.stringify({ pid, execArgv, args, arenas: env.MALLOC_ARENA_MAX }));
       return 3;
     },
   }));`,
);

interface Said {
  readonly pid: number;
  readonly execArgv: readonly string[];
  readonly args: readonly string[];
  readonly arenas?: string;
}

async function started(options: readonly string[] = [], environment: Record<string, string> = {}) {
  const env = { PATH: process.env['PATH'], ...environment };
  const child = spawn(process.execPath, [...options, program, 'serve', '--config', 'a b'], { env });
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  const [code] = await once(child, 'close');
  return { pid: child.pid, code, said: JSON.parse(Buffer.concat(pieces).toString()) as Said };
}

test('a command goes on in the same process with a small heap, and ends with the code of its main', async () => {
  const { pid, code, said } = await started();
  expect(code).toBe(3);
  expect(said).toEqual({
    pid,
    execArgv: ['--max-semi-space-size=16', '--heap-growing-percent=70'],
    args: ['serve', '--config', 'a b'],
    arenas: '2',
  });
});

test('what whoever starts it has set stays set', async () => {
  const own = await started(['--max_semi_space_size=32', '--enable-source-maps'], { MALLOC_ARENA_MAX: '7' });
  expect(own.said.execArgv).toEqual([
    '--max_semi_space_size=32',
    '--enable-source-maps',
    '--heap-growing-percent=70',
  ]);
  expect(own.said.arenas).toBe('7');
  const byVariable = await started([], { NODE_OPTIONS: '--max-semi-space-size=64' });
  expect(byVariable.said.execArgv).toEqual(['--heap-growing-percent=70']);
});

test('a signal reaches the program that was started', async () => {
  const waiting = path.join(folder, 'waiting.mjs');
  writeFileSync(
    waiting,
    `import { start } from ${JSON.stringify(path.resolve(import.meta.dirname, '../../../bin/start.js'))};
     await start(() => ({ main: () => new Promise((resolve) => {
       process.once('SIGTERM', () => { clearInterval(alive); resolve(5); });
       const alive = setInterval(() => undefined, 1000);
       console.log('waits');
     }) }));`,
  );
  const child = spawn(process.execPath, [waiting], { env: { PATH: process.env['PATH'] } });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([5, null]);
});

test('the command line runs from a folder that is not the project', async () => {
  const hufu = path.resolve(import.meta.dirname, '../../../bin/hufu.js');
  const { stdout } = await run(process.execPath, [hufu, '--help'], { cwd: folder });
  expect(stdout).toContain('serve');
});
