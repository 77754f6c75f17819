import { describe, expect, it } from 'vitest';
import { createRememberedValue } from '#adapters/directory/remembered-value.ts';
import { createSetClock } from '#test/support/set-clock.ts';

function counted(maxAgeSeconds = 10) {
  const clock = createSetClock();
  const pending: { resolve: (value: number) => void; reject: (error: Error) => void }[] = [];
  const read = () => new Promise<number>((resolve, reject) => void pending.push({ resolve, reject }));
  return { clock, pending, value: createRememberedValue(read, clock, maxAgeSeconds) };
}

describe('a remembered value', () => {
  it('is read once for those who ask at the same time', async () => {
    const { pending, value } = counted();
    const asked = [value.get(), value.get()];
    pending[0]?.resolve(1);
    expect(await Promise.all(asked)).toStrictEqual([1, 1]);
    expect(pending).toHaveLength(1);
  });

  it('is not remembered when reading it failed', async () => {
    const { pending, value } = counted();
    const first = value.get();
    pending[0]?.reject(new Error('down'));
    await expect(first).rejects.toThrow('down');
    const second = value.get();
    pending[1]?.resolve(2);
    expect(await second).toBe(2);
  });

  it('is read anew after it was forgotten, even while an older read is under way', async () => {
    const { pending, value } = counted();
    const older = value.get();
    value.forget();
    const newer = value.get();
    pending[1]?.resolve(2);
    pending[0]?.resolve(1);
    expect(await older).toBe(1);
    expect(await newer).toBe(2);
    expect(await value.get()).toBe(2);
  });

  it('is read anew when the clock was set back', async () => {
    const { clock, pending, value } = counted();
    void value.get();
    clock.set(new Date(clock.now().getTime() - 1));
    void value.get();
    expect(pending).toHaveLength(2);
  });
});
