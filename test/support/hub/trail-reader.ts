import type { HubWorld } from './hub-world.ts';

export interface TrailEvent {
  readonly action: string;
  readonly outcome: string;
  readonly reason?: string;
}

/** An entry with what it says of account and evidence. */
export interface TrailEntry extends TrailEvent {
  readonly onAccount?: string;
  readonly evidence?: Readonly<Record<string, string>>;
}

/** What the audit trail says since it was last asked, in order; every test that reads it begins a reader. */
export interface TrailReader {
  news(): Promise<readonly TrailEvent[]>;
  /** The same, whole. */
  entries(): Promise<readonly TrailEntry[]>;
}

/** Reads the trail of `world` from here on. */
export async function readTrailFromNow(world: HubWorld): Promise<TrailReader> {
  const read = () => world.hub.services.stores.records.audit.read(0, 100_000);
  let seen = (await read()).length;
  async function entries(): Promise<readonly TrailEntry[]> {
    const all = await read();
    const fresh = all.slice(seen);
    seen = all.length;
    return fresh.map(({ entry }) => JSON.parse(entry) as TrailEntry);
  }
  return {
    entries,
    async news() {
      return (await entries()).map(({ action, outcome, reason }) => ({
        action,
        outcome,
        ...(reason !== undefined && { reason }),
      }));
    },
  };
}
