import type { Kysely } from 'kysely';
import type { CatalogueKind, CatalogueRemovals } from '#domain/catalogue-register.ts';
import type { RecordsTables } from './tables.ts';

export function createCatalogueRemovals(db: Kysely<RecordsTables>): CatalogueRemovals {
  return {
    async listRemovals() {
      const rows = await db
        .selectFrom('catalogue_removals')
        .selectAll()
        .orderBy('kind')
        .orderBy('id')
        .execute();
      // Written here alone.
      return rows.map(({ kind, id }) => ({ kind: kind as CatalogueKind, id }));
    },
    async noteRemoval({ kind, id }) {
      await db
        .insertInto('catalogue_removals')
        .values({ kind, id })
        .onConflict((conflict) => conflict.columns(['kind', 'id']).doNothing())
        .execute();
    },
    async forgetRemoval({ kind, id }) {
      await db.deleteFrom('catalogue_removals').where('kind', '=', kind).where('id', '=', id).execute();
    },
  };
}
