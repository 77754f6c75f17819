import type { ExpressionBuilder, Kysely, Selectable, Transaction } from 'kysely';
import type { AuditCriteria, AuditStore, ChainedEntry } from '#domain/audit-store.ts';
import type { RecordsTables } from './tables.ts';

/** Rows in one INSERT: well below the number of parameters that any database takes. */
const rowsAtOnce = 100;

type EntryRow = Selectable<RecordsTables['audit_entries']> & { readonly fields: string | null };

export function createAuditStore(db: Kysely<RecordsTables>): AuditStore {
  return {
    append: (build) =>
      db.transaction().execute(async (tx) => {
        // The update waits for whoever is appending and keeps the others out until this transaction ends.
        const head = await tx
          .updateTable('audit_head')
          .set((row) => ({ appends: row('appends', '+', 1) }))
          .where('id', '=', 1)
          .returning(['sequence', 'hash'])
          .executeTakeFirstOrThrow();
        const entries = build({ sequence: Number(head.sequence), hash: head.hash });
        const last = entries.at(-1);
        if (!last) return;
        for (let start = 0; start < entries.length; start += rowsAtOnce) {
          await insertEntries(tx, entries.slice(start, start + rowsAtOnce));
        }
        await tx
          .updateTable('audit_head')
          .set({ sequence: last.sequence, hash: last.hash })
          .where('id', '=', 1)
          .execute();
      }),

    async read(afterSequence, limit) {
      const rows = await selectEntries(db)
        .where('audit_entries.sequence', '>', afterSequence)
        .orderBy('audit_entries.sequence')
        .limit(limit)
        .execute();
      return rows.map(entryOf);
    },

    async head() {
      const head = await db
        .selectFrom('audit_head')
        .selectAll()
        .where('id', '=', 1)
        .executeTakeFirstOrThrow();
      return { sequence: Number(head.sequence), hash: head.hash };
    },

    async openIntents(before) {
      const rows = await selectEntries(db)
        .innerJoin('audit_open_intents', 'audit_open_intents.sequence', 'audit_entries.sequence')
        .where('audit_open_intents.time', '<', before.getTime())
        .orderBy('audit_entries.sequence')
        .execute();
      return rows.map(entryOf);
    },

    async search(criteria, beforeSequence, limit) {
      let query = selectEntries(db).where(meeting(criteria));
      if (beforeSequence !== undefined) query = query.where('audit_entries.sequence', '<', beforeSequence);
      const rows = await query.orderBy('audit_entries.sequence', 'desc').limit(limit).execute();
      return rows.map(entryOf);
    },

    async count(criteria, most) {
      const found = db
        .selectFrom('audit_entries')
        .select('audit_entries.sequence')
        .where(meeting(criteria))
        .limit(most);
      const { hits } = await db
        .selectFrom(found.as('found'))
        .select(({ fn }) => fn.countAll<number>().as('hits'))
        .executeTakeFirstOrThrow();
      return Number(hits);
    },
  };
}

type Conditions = ExpressionBuilder<RecordsTables, 'audit_entries'>;

function meeting(criteria: AuditCriteria) {
  const { from, to, actor, onAccount, underOid, action, actions, ids, outcome } = criteria;
  return (row: Conditions) =>
    row.and([
      ...(from ? [row('audit_entries.time', '>=', from.getTime())] : []),
      ...(to ? [row('audit_entries.time', '<', to.getTime())] : []),
      ...(actor === undefined ? [] : [row('audit_entries.actor', '=', actor)]),
      ...(onAccount === undefined ? [] : [row('audit_entries.on_account', '=', onAccount)]),
      // An OID is digits and dots: nothing in it is a wildcard.
      ...(underOid === undefined
        ? []
        : [
            row.or([
              row('audit_entries.unit_oid', '=', underOid),
              row('audit_entries.unit_oid', 'like', `${underOid}.%`),
            ]),
          ]),
      ...(action === undefined ? [] : [row('audit_entries.action', '=', action)]),
      ...(actions ? [oneOf(row, 'audit_entries.action', actions)] : []),
      ...(ids ? [oneOf(row, 'audit_entries.id', ids)] : []),
      ...(outcome === undefined ? [] : [row('audit_entries.outcome', '=', outcome)]),
      ...(criteria.withoutSettledIntents
        ? [
            row.or([
              row('audit_entries.outcome', '!=', 'intended'),
              row('audit_entries.id', 'in', row.selectFrom('audit_open_intents').select('id')),
            ]),
          ]
        : []),
    ]);
}

/** An empty list is met by nothing, and is no SQL. */
function oneOf(
  row: Conditions,
  column: 'audit_entries.action' | 'audit_entries.id',
  values: readonly string[],
) {
  return values.length > 0 ? row(column, 'in', values) : row.lit(false);
}

function selectEntries(db: Kysely<RecordsTables>) {
  return db
    .selectFrom('audit_entries')
    .leftJoin('audit_personal', 'audit_personal.sequence', 'audit_entries.sequence')
    .selectAll('audit_entries')
    .select('audit_personal.fields');
}

async function insertEntries(
  tx: Transaction<RecordsTables>,
  entries: readonly ChainedEntry[],
): Promise<void> {
  await tx.insertInto('audit_entries').values(entries.map(rowOf)).execute();
  const personal = entries.filter((entry) => Object.keys(entry.personal).length > 0);
  if (personal.length > 0) {
    await tx
      .insertInto('audit_personal')
      .values(personal.map((entry) => ({ sequence: entry.sequence, fields: JSON.stringify(entry.personal) })))
      .execute();
  }
  const intents = entries.filter(({ index }) => index.outcome === 'intended');
  if (intents.length > 0) {
    const rows = intents.map(({ sequence, index }) => ({
      id: index.id,
      sequence,
      time: index.time.getTime(),
    }));
    await tx.insertInto('audit_open_intents').values(rows).execute();
  }
  const settled = entries.flatMap(({ index }) => (index.settles === undefined ? [] : [index.settles]));
  if (settled.length > 0) await tx.deleteFrom('audit_open_intents').where('id', 'in', settled).execute();
}

function rowOf({ sequence, entry, hash, index }: ChainedEntry): RecordsTables['audit_entries'] {
  return {
    sequence,
    entry,
    hash,
    id: index.id,
    time: index.time.getTime(),
    action: index.action,
    outcome: index.outcome,
    actor: index.actor,
    on_account: index.onAccount ?? null,
    unit_oid: index.unitOid ?? null,
    settles: index.settles ?? null,
  };
}

function entryOf(row: EntryRow): ChainedEntry {
  return {
    sequence: Number(row.sequence),
    entry: row.entry,
    hash: row.hash,
    // Written by rowOf's caller; verification checks each value against the digest in the entry.
    personal: row.fields === null ? {} : (JSON.parse(row.fields) as ChainedEntry['personal']),
    index: {
      id: row.id,
      time: new Date(Number(row.time)),
      action: row.action,
      outcome: row.outcome,
      actor: row.actor,
      ...(row.on_account !== null && { onAccount: row.on_account }),
      ...(row.unit_oid !== null && { unitOid: row.unit_oid }),
      ...(row.settles !== null && { settles: row.settles }),
    },
  };
}
