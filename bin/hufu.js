#!/usr/bin/env node
// Starts Hufu on a Node that is new enough: the running one, or the one that npm installed with the project.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const needed = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major >= needed) {
  const { main } = await import('../src/main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  const bundled = fileURLToPath(
    new URL(`../node_modules/node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}/bin/node`, import.meta.url),
  );
  if (!existsSync(bundled)) {
    console.error(
      `Hufu needs Node ${needed} or newer; this is ${process.versions.node}, and npm installed none for ` +
        `${process.platform}-${process.arch}. Install Node ${needed} (https://nodejs.org) and run the command again.`,
    );
    process.exit(1);
  }
  const child = spawn(bundled, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
