import type { HubWorld } from './hub-world.ts';

export interface TrailEvent {
  readonly action: string;
  readonly outcome: string;
  readonly reason?: string;
}

/** What the audit trail says since it was last asked, in order; every test that reads it begins a reader. */
export interface TrailReader {
  news(): Promise<readonly TrailEvent[]>;
}

/** Reads the trail of `world` from here on. */
export async function readTrailFromNow(world: HubWorld): Promise<TrailReader> {
  const read = () => world.hub.services.stores.records.audit.read(0, 100_000);
  let seen = (await read()).length;
  return {
    async news() {
      const entries = await read();
      const fresh = entries.slice(seen);
      seen = entries.length;
      return fresh.map(({ entry }) => {
        const { action, outcome, reason } = JSON.parse(entry) as TrailEvent;
        return { action, outcome, ...(reason !== undefined && { reason }) };
      });
    },
  };
}
