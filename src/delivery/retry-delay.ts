import type { Random } from '#domain/random.ts';

/** Seconds to wait after the first, second, … failed try; the last one repeats until the message expires. */
const delays = [5, 30, 120, 600, 3600] as const;

/** A fifth up or down, so that what failed together does not come back together. */
const jitter = 0.2;

/** Milliseconds to wait after `attempts` failed tries (1 or more). */
export function retryDelayMs(attempts: number, random: Random): number {
  const seconds = delays[Math.min(Math.max(attempts, 1), delays.length) - 1] ?? 3600;
  const share = random.bytes(4).readUInt32BE() / 0xffff_ffff;
  return Math.round(seconds * 1000 * (1 - jitter + 2 * jitter * share));
}
