/** `npm run check`: everything that is checked without running the program. Runs all, shows all faults. */
import { spawn } from 'node:child_process';
import path from 'node:path';

interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

const root = path.resolve(import.meta.dirname, '..');

/** A program that npm installed with the project. */
function tool(name: string, ...args: string[]): Pick<Check, 'command' | 'args'> {
  return { command: path.join(root, 'node_modules/.bin', name), args };
}

function script(name: string, ...args: string[]): Pick<Check, 'command' | 'args'> {
  return { command: process.execPath, args: [path.join(root, 'scripts', name), ...args] };
}

const checks: readonly Check[] = [
  { name: 'types', ...tool('tsc') },
  { name: 'lint', ...tool('oxlint') },
  { name: 'format', ...tool('oxfmt', '--check') },
  { name: 'imports', ...script('check-imports.ts') },
  { name: 'configuration reference', ...script('generate-config-reference.ts', '--check') },
  { name: 'API document', ...script('generate-api-document.ts', '--check') },
];

function run({ command, args }: Check): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

let failed = 0;
for (const check of checks) {
  const { ok, output } = await run(check);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${check.name}`);
  if (ok) continue;
  failed += 1;
  console.log(`${output.trimEnd()}\n`);
}
if (failed > 0) {
  console.log(`${failed} of ${checks.length} checks failed`);
  process.exitCode = 1;
}
