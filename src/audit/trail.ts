/**
 * The audit trail's appender. Owns the order of arrival and the group commit; depends on AuditStore for durability.
 * Calls that arrive while an append is under way go together in the next one, so that twenty callers cost one
 * commit. A call resolves once its entry is durable; a failed append rejects each of its callers, who must then
 * fail too (design, Records). Several processes may append to one store: the store gives the head to continue.
 */
import type { AuditEvent, AuditStore, ChainHead } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import type { Random } from '#domain/random.ts';
import { chainEntries, prepareEvent, type PreparedEvent } from './chain.ts';

export interface AuditTrail {
  /** Gives the event's id once it is durable. Throws `store-unavailable` when it is not. */
  record(event: AuditEvent): Promise<string>;
  /** Records what is about to be done, as an event of outcome `intended`; to be settled under the id it gives. */
  intend(event: AuditEvent): Promise<string>;
  /**
   * Records the outcome of what this process intended. When that fails the intent stays open: settle again, or
   * leave it to reconciliation.
   */
  settle(intentId: string, outcome: SettledOutcome, reason?: string, facts?: SettledFacts): Promise<void>;
  /** Resolves when everything recorded so far is durable or has been rejected. */
  flush(): Promise<void>;
  /** Flushes, writes a last checkpoint and takes no more events. */
  close(): Promise<void>;
}

export type SettledOutcome = 'done' | 'failed' | 'refused' | 'unknown';
export type SettledFacts = Pick<AuditEvent, 'evidence' | 'personal'>;

/** Told of every append; see checkpoints.ts. */
export interface CheckpointKeeper {
  note(head: ChainHead): void;
  close(): Promise<void>;
}

export interface AuditTrailDeps {
  readonly store: AuditStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly checkpoints?: CheckpointKeeper;
}

/** Entries in one transaction at most, so that a burst does not hold the store's lock for long. */
const largestBatch = 256;

interface Waiting {
  readonly prepared: PreparedEvent;
  readonly resolve: (id: string) => void;
  readonly reject: (error: HufuError) => void;
}

export function createAuditTrail(deps: AuditTrailDeps): AuditTrail {
  const { store, clock, random, log, checkpoints } = deps;
  const intents = new Map<string, AuditEvent>();
  let queue: Waiting[] = [];
  let appending: Promise<void> | undefined;
  let closed = false;

  const append = async (batch: readonly Waiting[]): Promise<void> => {
    let head: ChainHead | undefined;
    try {
      await store.append((current) => {
        const entries = chainEntries(
          current,
          batch.map(({ prepared }) => prepared),
        );
        head = entries.at(-1);
        return entries;
      });
    } catch (error) {
      log.error('audit-append-failed', { error, entries: batch.length });
      const unavailable = isHufuError(error) ? error : new HufuError('store-unavailable', { cause: error });
      for (const { reject } of batch) reject(unavailable);
      return;
    }
    for (const { prepared, resolve } of batch) resolve(prepared.id);
    if (head) checkpoints?.note(head);
  };

  const drain = async (): Promise<void> => {
    // Callers of the same turn of the event loop arrive before the first append begins.
    await Promise.resolve();
    while (queue.length > 0) {
      const batch = queue.slice(0, largestBatch);
      queue = queue.slice(largestBatch);
      await append(batch);
    }
    appending = undefined;
  };

  const record = (event: AuditEvent): Promise<string> =>
    new Promise((resolve, reject) => {
      if (closed) throw new HufuError('store-unavailable', { facts: { code: 'audit-closed' } });
      queue.push({ prepared: prepareEvent(event, clock.now(), random), resolve, reject });
      appending ??= drain();
    });

  const flush = async (): Promise<void> => {
    await appending;
  };

  return {
    record,
    async intend(event) {
      const id = await record({ ...event, outcome: 'intended' });
      intents.set(id, event);
      return id;
    },
    async settle(intentId, outcome, reason, facts = {}) {
      const intent = intents.get(intentId);
      if (!intent) throw new Error('settling what this process did not intend, or has settled');
      await record(settlingEvent(intent, intentId, outcome, reason, facts));
      intents.delete(intentId);
    },
    flush,
    async close() {
      closed = true;
      await flush();
      await checkpoints?.close();
    },
  };
}

/** The event that settles `intent`: who, what and on whom of the intent, with its own outcome and evidence. */
export function settlingEvent(
  intent: AuditEvent,
  intentId: string,
  outcome: SettledOutcome,
  reason?: string,
  facts: SettledFacts = {},
): AuditEvent {
  const { personal: _said, evidence: _before, reason: _none, ...same } = intent;
  return { ...same, ...facts, outcome, settles: intentId, ...(reason !== undefined && { reason }) };
}
