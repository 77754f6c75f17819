import type { Clock } from '#domain/clock.ts';
import type { Counter, CounterStore } from '#domain/protocol-store.ts';

/** Counters in a map. */
export function createMemoryCounters(clock: Clock): CounterStore {
  const counters = new Map<string, Counter>();
  const alive = (key: string): Counter | undefined => {
    const counter = counters.get(key);
    return counter && counter.expiresAt > clock.now() ? counter : undefined;
  };
  return {
    async add(key, by, expiresAt) {
      const was = alive(key) ?? { count: 0, expiresAt };
      const counter = { ...was, count: Math.max(0, was.count + by) };
      counters.set(key, counter);
      return counter;
    },
    read: async (key) => alive(key),
    reset: async (key) => void counters.delete(key),
  };
}
