// The start of every command: on the Node at hand when it is new enough, else on the one that npm installed with the project, with V8
// told to keep its heap small and sources read without their types. Plain JavaScript that Node 20 understands.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import path from 'node:path';

const needed = 24;

// By itself V8 lets a hub whose objects take 60 MB grow beyond 400 MB before it looks for garbage, and glibc keeps a pool of
// memory for every thread (docs/decisions/0031).
const heapOptions = ['--max-semi-space-size=16', '--heap-growing-percent=70'];
const environment = { MALLOC_ARENA_MAX: '2', ...process.env };

/** Runs `load()` and its `main` with the command line's arguments; the process ends with the code that `main` gives. */
export async function start(load) {
  const isNewEnough = Number(process.versions.node.split('.')[0]) >= needed;
  const options = [...process.execArgv, ...heapOptions.filter((option) => !isGiven(option))];
  if (isNewEnough) {
    if (options.length > process.execArgv.length) become(options);
    const { useStrippedSources } = await import('./stripped-sources.js');
    useStrippedSources();
    const { main } = await load();
    process.exitCode = await main(process.argv.slice(2));
    return;
  }
  const bundled = findBundledNode();
  if (bundled === undefined) {
    console.error(
      `Hufu needs Node ${needed} or newer; this is ${process.versions.node}, and npm installed none for ` +
        `${process.platform}-${process.arch}. Install Node ${needed} (https://nodejs.org) and run the command again.`,
    );
    process.exitCode = 1;
    return;
  }
  runOn(bundled, options);
}
/** Whether whoever started this process has set the option to a value of their own. */
function isGiven(option) {
  const name = option.split('=')[0];
  const given = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? '').split(/\s+/)];
  return given.some((each) => each.split('=')[0].replaceAll('_', '-') === name);
}

/** Goes on as a Node with these options, in this same process; returns where the system cannot (Windows). */
function become(options) {
  if (process.execve === undefined || process.platform === 'win32') return;
  process.execve(process.execPath, [process.execPath, ...options, ...process.argv.slice(1)], environment);
}

function findBundledNode() {
  const windows = process.platform === 'win32';
  try {
    const manifest = createRequire(import.meta.url).resolve(
      `node-${windows ? 'win' : process.platform}-${process.arch}/package.json`,
    );
    return path.join(path.dirname(manifest), 'bin', windows ? 'node.exe' : 'node');
  } catch {
    return undefined; // npm has no Node for this platform, or optional packages were left out
  }
}

function runOn(node, options) {
  const child = spawn(node, [...options, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: environment,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole group: the child has it already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    console.error(`Hufu could not start ${node}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
