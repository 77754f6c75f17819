import { expect, test } from 'vitest';
import { retryDelayMs } from '#src/delivery/retry-delay.ts';
import { realRandom } from '#test/support/real.ts';

const randomOf = (byte: number) => ({ ...realRandom, bytes: (length: number) => Buffer.alloc(length, byte) });

test.each([
  [1, 5],
  [2, 30],
  [3, 120],
  [4, 600],
  [5, 3600],
  [50, 3600],
])('after %i failed tries about %i seconds, a fifth up or down', (attempts, seconds) => {
  expect(retryDelayMs(attempts, randomOf(0))).toBe(seconds * 800);
  expect(retryDelayMs(attempts, randomOf(0xff))).toBe(seconds * 1200);
});
