/** Runs one flow again and again, bounded in count and time, and what is told of it. */

export interface Bounds {
  /** Flows at the same time. */
  readonly callers: number;
  readonly seconds: number;
  /** Flows at most. */
  readonly most: number;
}

export interface Sample {
  readonly flows: number;
  readonly seconds: number;
  /** Milliseconds of each flow. */
  readonly latencies: readonly number[];
}

/** Gets the number of its caller; may give the milliseconds of its own that are not the server's. */
export type Flow = (caller: number) => Promise<number | void>;

export async function measure(flow: Flow, { callers, seconds, most }: Bounds): Promise<Sample> {
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  let begun = 0;
  const call = async (caller: number): Promise<void> => {
    while (begun < most && performance.now() < end) {
      begun += 1;
      const before = performance.now();
      const own = (await flow(caller)) ?? 0;
      latencies.push(performance.now() - before - own);
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
  return { flows: latencies.length, seconds: (performance.now() - start) / 1000, latencies };
}

/** Flows a second. */
export async function rate(flow: Flow, bounds: Bounds): Promise<number> {
  const { flows, seconds } = await measure(flow, bounds);
  return flows / seconds;
}

/** The value that `share` of `values` do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
