import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** Where hubs under test log to, at debug level, and where what must never be in those logs is noted. */
export const canaryFolder = path.resolve(import.meta.dirname, '../../../test-results/canaries');

export function noteCanary(value: string): void {
  mkdirSync(canaryFolder, { recursive: true });
  appendFileSync(path.join(canaryFolder, `values-${process.pid}.txt`), `${JSON.stringify(value)}\n`);
}

export function hubLogFile(): string {
  mkdirSync(canaryFolder, { recursive: true });
  return path.join(canaryFolder, `hub-${process.pid}.log`);
}
