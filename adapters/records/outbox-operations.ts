import type { Selectable } from 'kysely';
import type { OutboxListing, OutboxOperations } from '#domain/records.ts';
import type { Sealed } from '#domain/sealing.ts';
import { isKind, outboxContext, type OutboxDeps } from './outbox.ts';
import type { RecordsTables } from './tables.ts';

type OutboxRow = Selectable<RecordsTables['outbox']>;

/** What operators see of the outbox and do with it. Bodies are opened for the recipient's domain and never leave. */
export function createOutboxOperations({
  db,
  clock,
  sealing,
}: Pick<OutboxDeps, 'db' | 'clock' | 'sealing'>): OutboxOperations {
  const recipientDomain = ({ id, kind, body }: OutboxRow): string | undefined => {
    if (kind !== 'mail' || body === null) return undefined;
    try {
      const message: unknown = JSON.parse(sealing.open(body as Sealed, outboxContext(id)));
      const to: unknown = (message as { to?: unknown } | null)?.to;
      return typeof to === 'string' ? to.split('@').at(-1) : undefined;
    } catch {
      // Unreadable: the worker gives such a message up and says so.
      return undefined;
    }
  };

  const listingOf = (row: OutboxRow): readonly OutboxListing[] => {
    if (!isKind(row.kind) || (row.state !== 'waiting' && row.state !== 'failed')) return [];
    const domain = recipientDomain(row);
    return [
      {
        id: row.id,
        kind: row.kind,
        state: row.state,
        createdAt: new Date(Number(row.created_at)),
        expiresAt: new Date(Number(row.expires_at)),
        dueAt: new Date(Number(row.due_at)),
        attempts: row.attempts,
        ...(row.error !== null && { error: row.error }),
        ...(domain !== undefined && { recipientDomain: domain }),
      },
    ];
  };

  return {
    async list(state, after, limit) {
      let query = db.selectFrom('outbox').selectAll().where('state', '=', state);
      const last =
        after === undefined
          ? undefined
          : await db.selectFrom('outbox').select('created_at').where('id', '=', after).executeTakeFirst();
      if (after !== undefined && last) {
        query = query.where((row) =>
          row.or([
            row('created_at', '>', last.created_at),
            row.and([row('created_at', '=', last.created_at), row('id', '>', after)]),
          ]),
        );
      }
      const rows = await query.orderBy('created_at').orderBy('id').limit(limit).execute();
      return rows.flatMap(listingOf);
    },

    async find(id) {
      const row = await db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst();
      return row && listingOf(row)[0];
    },

    async retry(id) {
      const now = clock.now().getTime();
      const row = await db
        .updateTable('outbox')
        .set({ state: 'waiting', due_at: now, finished_at: null })
        .where('id', '=', id)
        .where('state', 'in', ['waiting', 'failed'])
        .where('body', 'is not', null)
        .where('expires_at', '>', now)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    async drop(id) {
      const row = await db
        .updateTable('outbox')
        .set({ state: 'dropped', body: null, finished_at: clock.now().getTime() })
        .where('id', '=', id)
        .where('state', 'in', ['waiting', 'failed'])
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
