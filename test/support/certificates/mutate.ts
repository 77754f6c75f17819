/** Alters bytes as a fuzzer does, the same way for the same seed. */
import { createRandomNumbers } from './random-bytes.ts';

export interface Mutation {
  readonly bytes: Buffer;
  /** For the report of a failure. */
  readonly how: string;
}

/** Changes, removes, repeats or inserts bytes at one to four places; what comes is never what went in. */
export function createMutator(seed: number): (original: Uint8Array) => Mutation {
  const random = createRandomNumbers(seed);
  /** Lengths and tags are what parsers stumble over. */
  const telling = [0x00, 0x01, 0x02, 0x03, 0x05, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xa0, 0xa3, 0xff];
  const octet = () => (random(2) === 0 ? random(256) : (telling[random(telling.length)] ?? 0));

  const once = (bytes: Buffer): [Buffer, string] => {
    const at = random(bytes.length);
    const length = 1 + random(Math.min(16, bytes.length - at));
    switch (random(7)) {
      case 0: {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << random(8));
        return [flipped, `flip ${at}`];
      }
      case 1: {
        const set = Buffer.from(bytes);
        set[at] = octet();
        return [set, `set ${at}`];
      }
      case 2:
        return [Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]), `cut ${at}+${length}`];
      case 3:
        return [
          Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]),
          `repeat ${at}+${length}`,
        ];
      case 4:
        return [
          Buffer.concat([bytes.subarray(0, at), Buffer.from([octet()]), bytes.subarray(at)]),
          `insert ${at}`,
        ];
      case 5:
        return [bytes.subarray(0, at + 1), `end at ${at}`];
      default: {
        const moved = Buffer.from(bytes);
        const from = random(bytes.length);
        moved.set(bytes.subarray(from, Math.min(from + length, bytes.length - at + from)), at);
        return [moved, `move ${from} to ${at}+${length}`];
      }
    }
  };

  return (original) => {
    for (;;) {
      let bytes = Buffer.from(original);
      const hows: string[] = [];
      for (let left = random(2) === 0 ? 1 : 1 + random(4); left > 0 && bytes.length > 0; left -= 1) {
        const [changed, how] = once(bytes);
        bytes = Buffer.from(changed);
        hows.push(how);
      }
      if (Buffer.compare(bytes, original) !== 0) return { bytes, how: hows.join(', ') };
    }
  };
}
