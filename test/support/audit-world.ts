import { generateKeyPairSync } from 'node:crypto';
import { chainEntries, emptyChain, prepareEvent } from '#audit/chain.ts';
import type { AuditCriteria, AuditEvent, AuditStore, ChainedEntry } from '#domain/audit-store.ts';
import { realRandom } from './real.ts';

export function auditEventOf(fields: Partial<AuditEvent> = {}): AuditEvent {
  return { action: 'test.act', outcome: 'done', actor: 'system:command', ...fields };
}

/** A chain of events with a network address each. */
export function chainOf(length: number): ChainedEntry[] {
  const time = new Date('2026-03-02T01:00:00.000Z');
  const prepared = Array.from({ length }, (_, nth) =>
    prepareEvent(
      auditEventOf({ form: `F-${nth + 1}`, personal: { address: `192.0.2.${nth}` } }),
      time,
      realRandom,
    ),
  );
  return [...chainEntries(emptyChain, prepared)];
}

/** The checkpoint key of a test with its public half by id. */
export function mintCheckpointKey(kid = 'test') {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { signing: { kid, key: privateKey }, publicKeys: new Map([[kid, publicKey]]) };
}

export interface MemoryAuditStore extends AuditStore {
  readonly entries: ChainedEntry[];
  /** How many appends were carried out. */
  readonly appends: number;
  /** Appends fail with this until it is undefined. */
  failing: Error | undefined;
  /** When set, appends wait for it. */
  gate: Promise<void> | undefined;
}

/** A store of one process, for tests of what stands before it; not a substitute for the conformance suite. */
export function createMemoryAuditStore(): MemoryAuditStore {
  const entries: ChainedEntry[] = [];
  let appends = 0;
  const head = () => entries.at(-1) ?? emptyChain;
  return {
    entries,
    failing: undefined,
    gate: undefined,
    get appends() {
      return appends;
    },
    async append(build) {
      await this.gate;
      if (this.failing) throw this.failing;
      appends += 1;
      entries.push(...build({ sequence: head().sequence, hash: head().hash }));
    },
    read: async (after, limit) => entries.filter(({ sequence }) => sequence > after).slice(0, limit),
    head: async () => ({ sequence: head().sequence, hash: head().hash }),
    async openIntents(before) {
      const settled = new Set(entries.map(({ index }) => index.settles));
      return entries.filter(
        ({ index }) => index.outcome === 'intended' && index.time < before && !settled.has(index.id),
      );
    },
    async search(criteria, before = Infinity, limit) {
      const settled = new Set(
        criteria.withoutSettledIntents ? entries.map(({ index }) => index.settles) : [],
      );
      return entries
        .filter((entry) => entry.sequence < before && isHit(entry, criteria) && !settled.has(entry.index.id))
        .toReversed()
        .slice(0, limit);
    },
    count: async (criteria, most) => Math.min(most, entries.filter((entry) => isHit(entry, criteria)).length),
  };
}

function isHit({ index }: ChainedEntry, criteria: AuditCriteria): boolean {
  const { from, to, actor, onAccount, underOid, action, actions, ids, outcome } = criteria;
  return (
    (!from || index.time >= from) &&
    (!to || index.time < to) &&
    (actor === undefined || index.actor === actor) &&
    (onAccount === undefined || index.onAccount === onAccount) &&
    (underOid === undefined ||
      index.unitOid === underOid ||
      index.unitOid?.startsWith(`${underOid}.`) === true) &&
    (action === undefined || index.action === action) &&
    (actions?.includes(index.action) ?? true) &&
    (ids?.includes(index.id) ?? true) &&
    (outcome === undefined || index.outcome === outcome)
  );
}
