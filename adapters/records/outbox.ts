import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { Random } from '#domain/random.ts';
import type { NewOutboxMessage, Outbox, OutboxKind, OutboxMessage } from '#domain/records.ts';
import { sealingPurpose, type Sealed, type Sealing } from '#domain/sealing.ts';
import { dueMessages } from './due-messages.ts';
import type { RecordsTables } from './tables.ts';

type OutboxRow = Selectable<RecordsTables['outbox']>;

export interface OutboxDeps {
  readonly db: Kysely<RecordsTables>;
  readonly clock: Clock;
  readonly random: Random;
  readonly sealing: Sealing;
  readonly log: Log;
}

/** Writes a message within the transaction of the change that causes it. Gives its id. */
export type InsertMessage = (
  tx: Kysely<RecordsTables> | Transaction<RecordsTables>,
  message: NewOutboxMessage,
) => Promise<string>;

const kinds: readonly string[] = ['mail', 'back-channel-log-out'] satisfies readonly OutboxKind[];

/** A sealed body belongs to its message: moved to another row it does not open. */
export const outboxContext = (id: string) => `${sealingPurpose.outbox}:${id}`;

export function createInsertMessage({
  clock,
  random,
  sealing,
}: Omit<OutboxDeps, 'db' | 'log'>): InsertMessage {
  return async (tx, { kind, body, expiresAt, recipient }) => {
    const id = random.token(16);
    const now = clock.now().getTime();
    await tx
      .insertInto('outbox')
      .values({
        id,
        kind,
        recipient: recipient ?? null,
        body: sealing.seal(body, outboxContext(id)),
        state: 'waiting',
        created_at: now,
        expires_at: expiresAt.getTime(),
        due_at: now,
        attempts: 0,
        error: null,
        finished_at: null,
      })
      .execute();
    return id;
  };
}

export function createOutbox(deps: OutboxDeps, insertMessage: InsertMessage): Outbox {
  const { db, clock, sealing, log } = deps;

  const giveUp = async (id: string, error: string): Promise<void> => {
    await db
      .updateTable('outbox')
      .set({ state: 'failed', error, finished_at: clock.now().getTime() })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .execute();
  };

  /** A body that does not open (its key is gone, it was altered) would otherwise come up for ever. */
  const open = async (row: OutboxRow): Promise<readonly OutboxMessage[]> => {
    try {
      if (row.body === null || !isKind(row.kind)) throw new Error('not a message');
      const body = sealing.open(row.body as Sealed, outboxContext(row.id));
      const { id, kind, attempts, recipient } = row;
      const expiresAt = new Date(row.expires_at);
      return [{ id, kind, body, expiresAt, attempts, ...(recipient !== null && { recipient }) }];
    } catch (error) {
      log.error('outbox-unreadable', { message: row.id, kind: row.kind, error });
      await giveUp(row.id, 'unreadable');
      return [];
    }
  };

  return {
    enqueue: (message) => insertMessage(db, message),

    async claimDue(kind, now, limit, leaseUntil, each) {
      const time = now.getTime();
      const due = dueMessages(db, { kind, time, limit, each });
      // The conditions are repeated outside: PostgreSQL judges them again on a row that another worker has just claimed.
      const rows = await db
        .updateTable('outbox')
        .set((row) => ({ due_at: leaseUntil.getTime(), attempts: row('attempts', '+', 1) }))
        .where('id', 'in', due)
        .where('state', '=', 'waiting')
        .where('due_at', '<=', time)
        .returningAll()
        .execute();
      const claimed = await Promise.all(rows.toSorted((a, b) => a.created_at - b.created_at).map(open));
      return claimed.flat();
    },

    async markDelivered(id, at) {
      await db
        .updateTable('outbox')
        .set({ state: 'delivered', body: null, error: null, finished_at: at.getTime() })
        .where('id', '=', id)
        .execute();
    },

    async markFailed(id, error, retryAt) {
      if (!retryAt) return giveUp(id, error);
      await db
        .updateTable('outbox')
        .set({ error, due_at: retryAt.getTime() })
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .execute();
    },

    async counts() {
      const rows = await db
        .selectFrom('outbox')
        .select(['state', ({ fn }) => fn.countAll<number>().as('messages')])
        .where('state', 'in', ['waiting', 'failed'])
        .groupBy('state')
        .execute();
      const count = (state: string) => Number(rows.find((row) => row.state === state)?.messages ?? 0);
      return { waiting: count('waiting'), failed: count('failed') };
    },
  };
}

export function isKind(kind: string): kind is OutboxKind {
  return kinds.includes(kind);
}
