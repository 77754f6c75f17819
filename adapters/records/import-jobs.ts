import type { Kysely, Selectable } from 'kysely';
import {
  workingStates,
  type ImportEnding,
  type ImportFacts,
  type ImportJob,
  type ImportJobs,
  type ImportKind,
  type ImportState,
} from '#domain/import-jobs.ts';
import type { Random } from '#domain/random.ts';
import { sealingPurpose, type Sealed, type Sealing } from '#domain/sealing.ts';
import type { RecordsTables } from './tables.ts';

export interface ImportDeps {
  readonly db: Kysely<RecordsTables>;
  readonly random: Random;
  readonly sealing: Sealing;
}

/** Facts sealed for one job open for no other. */
const factsContext = (id: string) => `${sealingPurpose.imports}:${id}`;

export function createImportJobs({ db, random, sealing }: ImportDeps): ImportJobs {
  const jobOf = (row: Selectable<RecordsTables['import_jobs']>): ImportJob => ({
    id: row.id,
    // Written here alone, by the types of the port.
    kind: row.kind as ImportKind,
    owner: row.owner,
    state: row.state as ImportState,
    ...(row.ending !== null && { ending: row.ending as ImportEnding }),
    facts: openFacts(row),
    createdAt: new Date(Number(row.created_at)),
    changedAt: new Date(Number(row.changed_at)),
  });
  const openFacts = ({ id, facts }: { readonly id: string; readonly facts: string }) =>
    JSON.parse(sealing.open(facts as Sealed, factsContext(id))) as ImportFacts;
  const sealFacts = (id: string, facts: ImportFacts) => sealing.seal(JSON.stringify(facts), factsContext(id));

  async function removeJobs(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await db.transaction().execute(async (tx) => {
      await tx.deleteFrom('import_lines').where('job_id', 'in', ids).execute();
      await tx.deleteFrom('import_jobs').where('id', 'in', ids).execute();
    });
  }

  return {
    async createJob({ id, kind, owner, facts }, at) {
      await db
        .insertInto('import_jobs')
        .values({
          id,
          kind,
          owner,
          state: 'receiving',
          ending: null,
          facts: sealFacts(id, facts),
          created_at: at.getTime(),
          changed_at: at.getTime(),
          lease: null,
          lease_until: 0,
          purged: 0,
        })
        .execute();
    },

    async findJob(id) {
      const row = await db.selectFrom('import_jobs').selectAll().where('id', '=', id).executeTakeFirst();
      return row && jobOf(row);
    },

    async listJobs(kind, owner, limit) {
      const rows = await db
        .selectFrom('import_jobs')
        .selectAll()
        .where('kind', '=', kind)
        .where('owner', '=', owner)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(jobOf);
    },

    moveJob: (id, from, { state, ending, facts }, at) =>
      db.transaction().execute(async (tx) => {
        const moved = await tx
          .updateTable('import_jobs')
          .set({
            state,
            ending: ending ?? null,
            changed_at: at.getTime(),
            ...(state !== 'stopping' && { lease: null, lease_until: 0 }),
          })
          .where('id', '=', id)
          .where('state', 'in', from)
          .returning(['id', 'facts'])
          .executeTakeFirst();
        if (!moved) return false;
        if (facts) {
          const all = { ...openFacts(moved), ...facts };
          await tx
            .updateTable('import_jobs')
            .set({ facts: sealFacts(id, all) })
            .where('id', '=', id)
            .execute();
        }
        return true;
      }),

    async claimJob(kind, now, leaseUntil) {
      const lease = random.token(16);
      const free = db
        .selectFrom('import_jobs')
        .select('id')
        .where('kind', '=', kind)
        .where('state', 'in', workingStates)
        .where('lease_until', '<=', now.getTime())
        .orderBy('changed_at')
        .orderBy('id')
        .limit(1);
      // The condition is repeated outside: PostgreSQL judges it again on a row that another process has just claimed.
      const row = await db
        .updateTable('import_jobs')
        .set({ lease, lease_until: leaseUntil.getTime() })
        .where('id', 'in', free)
        .where('lease_until', '<=', now.getTime())
        .returningAll()
        .executeTakeFirst();
      return row && { job: jobOf(row), lease };
    },

    async releaseJob(id, lease) {
      await db
        .updateTable('import_jobs')
        .set({ lease: null, lease_until: 0 })
        .where('id', '=', id)
        .where('lease', '=', lease)
        .execute();
    },

    removeJob: (id) => removeJobs([id]),

    async purgeJobs(contentsBefore, unfinishedBefore) {
      const jobs = await db
        .selectFrom('import_jobs')
        .select(['id', 'state'])
        .where('purged', '=', 0)
        .where(({ eb, and, or }) =>
          or([
            and([eb('state', 'in', ['checked', 'ended']), eb('changed_at', '<', contentsBefore.getTime())]),
            and([eb('state', '=', 'receiving'), eb('changed_at', '<', unfinishedBefore.getTime())]),
          ]),
        )
        .execute();
      const over = jobs.filter(({ state }) => state !== 'receiving').map(({ id }) => id);
      await removeJobs(jobs.filter(({ id }) => !over.includes(id)).map(({ id }) => id));
      for (const id of over) {
        await db.transaction().execute(async (tx) => {
          await tx.updateTable('import_lines').set({ content: null }).where('job_id', '=', id).execute();
          // One that was never brought in cannot be, now that nobody knows what it said.
          await tx
            .updateTable('import_jobs')
            .set({ state: 'ended', ending: 'cancelled' })
            .where('id', '=', id)
            .where('state', '=', 'checked')
            .execute();
          await tx.updateTable('import_jobs').set({ purged: 1 }).where('id', '=', id).execute();
        });
      }
      return jobs.length;
    },
  };
}
