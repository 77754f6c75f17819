/** Numbers that look like chance and are the same for the same seed (mulberry32). Not for secrets. */
export interface SeededNoise {
  /** Evenly from `least` (included) to `most` (not included). */
  between(least: number, most: number): number;
}

export function createSeededNoise(seed: number): SeededNoise {
  let state = seed >>> 0;
  return {
    between(least, most) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return least + (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * (most - least);
    },
  };
}
