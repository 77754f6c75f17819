/** Random choices that a seed repeats. */
export interface Seeded {
  readonly seed: number;
  below(limit: number): number;
  pick<T>(from: readonly [T, ...T[]] | readonly T[]): T;
  /** True once in `n` times. */
  once(n: number): boolean;
  some<T>(from: readonly T[]): T[];
}

/** mulberry32. */
export function createSeeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    seed,
    below,
    pick(from) {
      if (from.length === 0) throw new Error('nothing to pick from');
      return from[below(from.length)] as (typeof from)[number];
    },
    once: (n) => below(n) === 0,
    some: (from) => from.filter(() => next() < 0.4),
  };
}
