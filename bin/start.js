// The start check of every command: runs on the Node at hand when it is new enough, else on the one that npm
// installed with the project. Plain JavaScript that Node 20 understands.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import path from 'node:path';

const needed = 24;

/** Runs `load()` and its `main` with the command line's arguments; the process ends with the code that `main` gives. */
export async function start(load) {
  if (Number(process.versions.node.split('.')[0]) >= needed) {
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
  runOn(bundled);
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

function runOn(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
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
