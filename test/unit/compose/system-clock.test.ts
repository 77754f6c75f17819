import { afterEach, expect, test, vi } from 'vitest';
import { systemClock } from '#src/compose/system-clock.ts';

afterEach(() => void vi.useRealTimers());

const inMs = (milliseconds: number) => new Date(systemClock.now().getTime() + milliseconds);

test('waits until the time, and not at all for one that has passed', async () => {
  vi.useFakeTimers();
  const ended: string[] = [];
  void systemClock.until(inMs(1000)).then(() => ended.push('in a second'));
  void systemClock.until(inMs(-1)).then(() => ended.push('passed'));
  await vi.advanceTimersByTimeAsync(999);
  expect(ended).toEqual(['passed']);
  await vi.advanceTimersByTimeAsync(1);
  expect(ended).toEqual(['passed', 'in a second']);
});

test('an abort ends the waiting and leaves no timer that would keep a stopped process alive', async () => {
  vi.useFakeTimers();
  const stopping = new AbortController();
  const waiting = systemClock.until(inMs(60_000), stopping.signal);
  expect(vi.getTimerCount()).toBe(1);
  stopping.abort();
  await waiting;
  expect(vi.getTimerCount()).toBe(0);
  await systemClock.until(inMs(60_000), stopping.signal);
  expect(vi.getTimerCount()).toBe(0);
});
