/** Spoils bytes at random, repeatably: the same seed gives the same bytes. */

/** Numbers from 0 (inclusive) to `below` (exclusive). */
export type Chance = (below: number) => number;

/** Mulberry32. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

type Mutation = (bytes: Buffer, chance: Chance) => Buffer;

const splice = (bytes: Buffer, at: number, remove: number, insert: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);

const randomBytes = (length: number, chance: Chance) =>
  Buffer.from(Array.from({ length }, () => chance(256)));

const mutations: readonly Mutation[] = [
  function flipBit(bytes, chance) {
    const at = chance(bytes.length);
    return splice(bytes, at, 1, Buffer.from([(bytes[at] ?? 0) ^ (1 << chance(8))]));
  },
  (bytes, chance) => splice(bytes, chance(bytes.length), 1, randomBytes(1, chance)),
  function spoilLength(bytes, chance) {
    const lengths = [0x00, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0xff];
    return splice(bytes, chance(bytes.length), 1, Buffer.from([lengths[chance(lengths.length)] ?? 0]));
  },
  (bytes, chance) => bytes.subarray(0, chance(bytes.length)),
  (bytes, chance) => splice(bytes, chance(bytes.length), chance(16), Buffer.alloc(0)),
  (bytes, chance) => splice(bytes, chance(bytes.length), 0, randomBytes(1 + chance(16), chance)),
  function repeatPart(bytes, chance) {
    const at = chance(bytes.length);
    return splice(bytes, at, 0, bytes.subarray(at, at + chance(200)));
  },
  function nestDeep(bytes, chance) {
    return splice(bytes, chance(bytes.length), 0, Buffer.alloc(2 + chance(200), 0x30));
  },
];

/** One to three mutations of `bytes`, never `bytes` itself. */
export function mutated(bytes: Buffer, chance: Chance): Buffer {
  let result = bytes;
  const times = 1 + chance(3);
  for (let i = 0; i < times; i += 1) {
    result = mutations[chance(mutations.length)]?.(result.length > 0 ? result : bytes, chance) ?? result;
  }
  return result.equals(bytes) ? mutated(bytes, chance) : result;
}
