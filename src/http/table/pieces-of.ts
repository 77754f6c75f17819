import { setImmediate } from 'node:timers/promises';

/**
 * `bytes` by and by, with a turn for everybody else after each piece: whoever goes through a whole file at once keeps all others
 * waiting for as long.
 */
export async function* piecesOf(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) {
    yield bytes.subarray(at, at + length);
    await setImmediate();
  }
}
