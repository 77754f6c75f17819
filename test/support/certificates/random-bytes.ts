/** Bytes that look random and are the same for the same seed (mulberry32). */
export function createRandomBytes(seed: number): (length: number) => Buffer {
  const next = createRandomNumbers(seed);
  return (length) => Buffer.from(Array.from({ length }, () => next(256)));
}

/** Whole numbers from 0 to below `limit`. */
export function createRandomNumbers(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}
