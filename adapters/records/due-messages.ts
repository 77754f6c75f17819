import type { Kysely } from 'kysely';
import type { OutboxKind, RecipientLimit } from '#domain/records.ts';
import type { RecordsTables } from './tables.ts';

interface Wanted {
  readonly kind: OutboxKind;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly limit: number;
  readonly each: RecipientLimit | undefined;
}

/**
 * Ids of the messages that are due, longest due first; with `each`, only so many for one recipient as there is room for.
 * Messages without a recipient are nobody's share.
 */
export function dueMessages(db: Kysely<RecordsTables>, { kind, time, limit, each }: Wanted) {
  const due = db
    .selectFrom('outbox')
    .where('kind', '=', kind)
    .where('state', '=', 'waiting')
    .where('due_at', '<=', time);
  if (!each) return due.select('id').orderBy('due_at').limit(limit);

  const { atOnce, underWay } = each;
  const inOrder = due.select(({ fn }) => [
    'id',
    'due_at',
    'recipient',
    fn
      .agg<number>('row_number')
      .over((over) => over.partitionBy('recipient').orderBy('due_at').orderBy('id'))
      .as('place'),
  ]);
  return db
    .selectFrom(inOrder.as('in_order'))
    .select('id')
    .where((row) =>
      row.or([
        row('recipient', 'is', null),
        row.and([
          row('place', '<=', atOnce),
          ...[...underWay].map(([recipient, busy]) =>
            row.or([row('recipient', '!=', recipient), row('place', '<=', atOnce - busy)]),
          ),
        ]),
      ]),
    )
    .orderBy('due_at')
    .limit(limit);
}
