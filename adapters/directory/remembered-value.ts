import type { Clock } from '#domain/clock.ts';

/** A value read at most once at a time and remembered for `maxAgeSeconds`; a failed read is not remembered. */
export interface RememberedValue<T> {
  get(): Promise<T>;
  /** The next `get` reads anew, whatever is being read now. */
  forget(): void;
}

export function createRememberedValue<T>(
  read: () => Promise<T>,
  clock: Clock,
  maxAgeSeconds: number,
): RememberedValue<T> {
  let held: { readonly value: Promise<T>; readonly readAt: number } | undefined;

  function isFresh(readAt: number): boolean {
    const age = clock.now().getTime() - readAt;
    return age >= 0 && age < maxAgeSeconds * 1000;
  }

  return {
    get() {
      if (held && isFresh(held.readAt)) return held.value;
      const entry = { value: read(), readAt: clock.now().getTime() };
      held = entry;
      entry.value.catch(() => {
        if (held === entry) held = undefined;
      });
      return entry.value;
    },
    forget() {
      held = undefined;
    },
  };
}
