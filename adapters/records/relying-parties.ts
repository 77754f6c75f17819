import type { Kysely, Selectable, Transaction } from 'kysely';
import { HufuError } from '#domain/errors.ts';
import type { KeptRelyingParty, KeptSecret, RelyingPartyRegister } from '#domain/relying-party-register.ts';
import type { RecordsTables } from './tables.ts';

/** Every change moves the one version on in the same transaction; it comes first, and keeps changes apart. */
export function createRelyingPartyRegister(db: Kysely<RecordsTables>): RelyingPartyRegister {
  function change<Result>(act: (tx: Transaction<RecordsTables>) => Promise<Result>): Promise<Result> {
    return db.transaction().execute(async (tx) => {
      await tx
        .updateTable('relying_party_version')
        .set((row) => ({ version: row('version', '+', 1) }))
        .where('id', '=', 1)
        .execute();
      return act(tx);
    });
  }

  return {
    async listRelyingParties() {
      const rows = await db.selectFrom('relying_parties').selectAll().orderBy('client_id').execute();
      return rows.map(keptOf);
    },

    async findRelyingParty(clientId) {
      const row = await db
        .selectFrom('relying_parties')
        .selectAll()
        .where('client_id', '=', clientId)
        .executeTakeFirst();
      return row && keptOf(row);
    },

    addRelyingParty: ({ clientId, registration, secrets }, at) =>
      change(async (tx) => {
        const added = await tx
          .insertInto('relying_parties')
          .values({
            client_id: clientId,
            revision: 1,
            enabled: 1,
            registration: JSON.stringify(registration),
            secrets: formatSecrets(secrets),
            created_at: at.getTime(),
            changed_at: at.getTime(),
          })
          .onConflict((conflict) => conflict.column('client_id').doNothing())
          .returning('client_id')
          .executeTakeFirst();
        if (!added) throw new HufuError('not-unique', { facts: { attribute: 'client_id' } });
      }),

    changeRelyingParty: (clientId, revision, { enabled, registration, secrets }, at) =>
      change(async (tx) => {
        const changed = await tx
          .updateTable('relying_parties')
          .set({
            revision: revision + 1,
            changed_at: at.getTime(),
            ...(enabled !== undefined && { enabled: enabled ? 1 : 0 }),
            ...(registration && { registration: JSON.stringify(registration) }),
            ...(secrets && { secrets: formatSecrets(secrets) }),
          })
          .where('client_id', '=', clientId)
          .where('revision', '=', revision)
          .returning('client_id')
          .executeTakeFirst();
        if (!changed) throw new HufuError('changed-meanwhile');
      }),

    removeRelyingParty: (clientId, revision) =>
      change(async (tx) => {
        const removed = await tx
          .deleteFrom('relying_parties')
          .where('client_id', '=', clientId)
          .where('revision', '=', revision)
          .returning('client_id')
          .executeTakeFirst();
        if (!removed) throw new HufuError('changed-meanwhile');
      }),

    async readVersion() {
      const row = await db
        .selectFrom('relying_party_version')
        .select('version')
        .where('id', '=', 1)
        .executeTakeFirstOrThrow();
      return Number(row.version);
    },
  };
}

interface StoredSecret {
  readonly hash: string;
  readonly createdAt: number;
  readonly until?: number;
}

function formatSecrets(secrets: readonly KeptSecret[]): string {
  const stored = secrets.map(({ hash, createdAt, until }): StoredSecret => ({
    hash,
    createdAt: createdAt.getTime(),
    ...(until && { until: until.getTime() }),
  }));
  return JSON.stringify(stored);
}

function keptOf(row: Selectable<RecordsTables['relying_parties']>): KeptRelyingParty {
  // Both written here alone.
  const secrets = JSON.parse(row.secrets) as readonly StoredSecret[];
  return {
    clientId: row.client_id,
    revision: Number(row.revision),
    enabled: Number(row.enabled) === 1,
    registration: JSON.parse(row.registration) as Record<string, unknown>,
    secrets: secrets.map(({ hash, createdAt, until }) => ({
      hash,
      createdAt: new Date(createdAt),
      ...(until !== undefined && { until: new Date(until) }),
    })),
    createdAt: new Date(Number(row.created_at)),
    changedAt: new Date(Number(row.changed_at)),
  };
}
