/** A kept list as this process knows it: read again, before a request, when it has changed. */
export interface KnownList<Item> {
  refresh(): Promise<void>;
  all(): readonly Item[];
}

interface Dependencies<Item> {
  readonly readList: () => Promise<readonly Item[]>;
  /** Another number after every change, by whichever process. */
  readonly readVersion: () => Promise<number>;
}

export function createKnownList<Item>({ readList, readVersion }: Dependencies<Item>): KnownList<Item> {
  let known: readonly Item[] = [];
  let version: number | undefined;
  return {
    async refresh() {
      // The version first: a change in between is read once more.
      const current = await readVersion();
      if (current === version) return;
      known = await readList();
      version = current;
    },
    all: () => known,
  };
}
