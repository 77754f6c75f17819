/** Around the whole suite: what must never be logged (national IDs, passwords, codes, tokens, addresses) is in no log line. */
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { canaryFolder } from './canaries.ts';
import { findCanaries } from './find-canaries.ts';

export function setup(): void {
  rmSync(canaryFolder, { recursive: true, force: true });
}

export function teardown(): void {
  const { logs, canaries } = readCanaryFolder();
  const found = [...new Set(logs.flatMap(({ text }) => findCanaries(canaries, text)))];
  if (found.length > 0) {
    throw new Error(
      `${found.length} of ${canaries.size} canaries stand in a log, of the kinds ${found.map(kindOf).join(', ')}`,
    );
  }
  const lines = logs.reduce((sum, { text }) => sum + countLines(text), 0);
  process.stdout.write(`canaries: ${canaries.size} values in none of ${lines} log lines\n`);
}

export function readCanaryFolder(): { logs: { name: string; text: Buffer }[]; canaries: Set<string> } {
  let names: string[] = [];
  try {
    names = readdirSync(canaryFolder);
  } catch {
    // no hub was started in this run
  }
  const read = (name: string) => readFileSync(path.join(canaryFolder, name));
  const logs = names.filter((name) => name.endsWith('.log')).map((name) => ({ name, text: read(name) }));
  const values = names
    .filter((name) => name.endsWith('.txt'))
    .flatMap((name) => read(name).toString().trim().split('\n'));
  const canaries = new Set(
    values.filter((value) => value !== '').map((value) => JSON.parse(value) as string),
  );
  return { logs, canaries };
}

function countLines(text: Buffer): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** Enough to find the leak, without repeating it. */
function kindOf(canary: string): string {
  return `${canary.slice(0, 2)}… (${canary.length} characters)`;
}
