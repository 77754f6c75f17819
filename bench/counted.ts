/**
 * Counts what goes through ports, from outside: each method of a port is replaced on the very object that the program
 * holds, and directory operations are read off the adapter's own line per operation in the debug log.
 */
import type { Log } from '#domain/log.ts';

export type Counts = Readonly<Record<string, number>>;

export interface Counter {
  note(name: string): void;
  read(): Counts;
}

export function createCounter(): Counter {
  const counts = new Map<string, number>();
  return {
    note: (name) => void counts.set(name, (counts.get(name) ?? 0) + 1),
    read: () => Object.fromEntries(counts),
  };
}

/** Counts every call to `port` as `<name>.<method>`, apart from what only timers call. */
export function countCalls(
  name: string,
  port: object,
  counter: Counter,
  timersOnly: readonly string[] = [],
): void {
  for (const [method, act] of Object.entries(port) as [string, unknown][]) {
    if (typeof act !== 'function' || timersOnly.includes(method)) continue;
    const counted = (...given: unknown[]): unknown => {
      counter.note(`${name}.${method}`);
      return Reflect.apply(act, port, given);
    };
    if (!Reflect.set(port, method, counted)) throw new Error(`${name}.${method} cannot be counted`);
  }
}

/** A log that writes nothing and counts the directory's operations. */
export function createCountingLog(counter: Counter): Log {
  const drop = () => undefined;
  return {
    debug(event, fields) {
      if (event === 'directory.operation') counter.note(`directory.${String(fields?.['operation'])}`);
    },
    info: drop,
    warn: drop,
    error: (event) => process.stderr.write(`${event}\n`),
  };
}

/** What was counted between two readings, for each of `flows`. */
export function perFlow(before: Counts, after: Counts, flows: number): Counts {
  const entries = Object.entries(after).map(
    ([name, count]) => [name, (count - (before[name] ?? 0)) / flows] as const,
  );
  return Object.fromEntries(entries.filter(([, count]) => count > 0));
}

/** The counts of ports whose name begins with `prefix`, added up. */
export function total(counts: Counts, prefix: string): number {
  return Object.entries(counts).reduce(
    (sum, [name, count]) => (name.startsWith(prefix) ? sum + count : sum),
    0,
  );
}
