import type { Kysely, Selectable } from 'kysely';
import type { Consent, Consents } from '#domain/consents.ts';
import type { RecordsTables } from './tables.ts';

/** One row for each scope, so that two agreements at the same moment add up without being read first. */
export function createConsents(db: Kysely<RecordsTables>): Consents {
  const rowsOf = (accountId: string) =>
    db
      .selectFrom('consents')
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('client_id')
      .orderBy('scope');

  return {
    async rememberConsent(accountId, { clientId, scopes, at }) {
      const time = at.getTime();
      const rows = [...new Set(scopes)].map((scope) => ({
        account_id: accountId,
        client_id: clientId,
        scope,
        first_at: time,
        agreed_at: time,
      }));
      if (rows.length === 0) return;
      await db
        .insertInto('consents')
        .values(rows)
        .onConflict((conflict) =>
          conflict.columns(['account_id', 'client_id', 'scope']).doUpdateSet({ agreed_at: time }),
        )
        .execute();
    },

    async findConsent(accountId, clientId) {
      const rows = await rowsOf(accountId).where('client_id', '=', clientId).execute();
      return consentsOf(rows)[0];
    },

    async listConsents(accountId) {
      return consentsOf(await rowsOf(accountId).execute()).toSorted(
        (a, b) => a.since.getTime() - b.since.getTime(),
      );
    },

    async removeConsent(accountId, clientId) {
      const { numDeletedRows } = await db
        .deleteFrom('consents')
        .where('account_id', '=', accountId)
        .where('client_id', '=', clientId)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

function consentsOf(rows: readonly Selectable<RecordsTables['consents']>[]): Consent[] {
  return [...Map.groupBy(rows, (row) => row.client_id)].map(([clientId, granted]) => ({
    clientId,
    scopes: granted.map(({ scope }) => scope),
    since: new Date(Math.min(...granted.map((row) => Number(row.first_at)))),
    agreedAt: new Date(Math.max(...granted.map((row) => Number(row.agreed_at)))),
  }));
}
