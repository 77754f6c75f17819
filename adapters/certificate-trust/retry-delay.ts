import type { Random } from '#domain/random.ts';

/** Seconds to wait after the first, second, … failed fetch; the last one repeats. */
const delays = [5, 15, 60, 180, 600] as const;

/** A fifth up or down, so that what failed together does not come back together. */
const jitter = 0.2;

/** Milliseconds to wait after `failures` failed fetches (1 or more). */
export function retryDelayMs(failures: number, random: Random): number {
  const seconds = delays[Math.min(Math.max(failures, 1), delays.length) - 1] ?? 600;
  const share = random.bytes(2).readUInt16BE() / 0xffff;
  return Math.round(seconds * 1000 * (1 - jitter + 2 * jitter * share));
}
