import { describe, expect, it } from 'vitest';
import { createReconnectDelay } from '#adapters/directory/reconnect-delay.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';

function delayed() {
  const clock = createSetClock();
  const random = { ...realRandom, bytes: (length: number) => Buffer.alloc(length) };
  return { clock, delay: createReconnectDelay(clock, random) };
}

describe('the delay between tries to connect', () => {
  it('doubles with each failure, up to two seconds', async () => {
    const { clock, delay } = delayed();
    for (const expected of [50, 100, 200, 400, 800, 1_600, 2_000, 2_000]) {
      expect(delay.isDue()).toBe(true);
      delay.failed(new Error('down'));
      await clock.advance(expected - 1);
      expect(delay.isDue()).toBe(false);
      await clock.advance(1);
    }
    expect(delay.isDue()).toBe(true);
  });

  it('is gone after a success', () => {
    const { delay } = delayed();
    delay.failed(new Error('down'));
    expect(delay.isDown()).toBe(true);
    delay.succeeded();
    expect(delay.isDown()).toBe(false);
    expect(delay.isDue()).toBe(true);
  });

  it('does not outlast a clock that was set back', () => {
    const { clock, delay } = delayed();
    delay.failed(new Error('down'));
    clock.set(new Date(0));
    expect(delay.isDue()).toBe(true);
  });
});
