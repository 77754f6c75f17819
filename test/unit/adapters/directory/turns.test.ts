import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTurns } from '#adapters/directory/turns.ts';

describe('turns', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('go to those who wait in the order they asked', async () => {
    const turns = createTurns(1, 1_000);
    const order: string[] = [];
    const end = await turns.take();
    const others = ['second', 'third'].map(async (name) => {
      const done = await turns.take();
      order.push(name);
      done();
    });
    expect(order).toStrictEqual([]);
    end();
    await Promise.all(others);
    expect(order).toStrictEqual(['second', 'third']);
  });

  it('are given up after the time limit, without losing a turn', async () => {
    const turns = createTurns(1, 1_000);
    const end = await turns.take();
    const late = turns.take();
    const refused = expect(late).rejects.toMatchObject({ code: 'directory-unavailable' });
    await vi.advanceTimersByTimeAsync(1_000);
    await refused;
    end();
    (await turns.take())();
  });
});
