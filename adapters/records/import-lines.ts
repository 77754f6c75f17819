import type { Selectable } from 'kysely';
import { HufuError } from '#domain/errors.ts';
import type { ImportContent, ImportLine, ImportLines, ImportLineState } from '#domain/import-jobs.ts';
import { sealingPurpose, type Sealed } from '#domain/sealing.ts';
import type { ImportDeps } from './import-jobs.ts';
import type { RecordsTables } from './tables.ts';

/** A sealed line belongs to its job and its place there: moved to another it does not open. */
const lineContext = (jobId: string, line: number) => `${sealingPurpose.imports}:${jobId}:${line}`;

/** Rows of one statement: databases bound the number of its parameters. */
const rowsAtOnce = 200;

export function createImportLines({ db, sealing }: Omit<ImportDeps, 'random'>): ImportLines {
  const seal = (jobId: string, line: number, content: ImportContent) =>
    sealing.seal(JSON.stringify(content), lineContext(jobId, line));

  const lineOf = (row: Selectable<RecordsTables['import_lines']>): ImportLine => ({
    line: Number(row.line),
    // Written here alone, by the types of the port.
    state: row.state as ImportLineState,
    ...(row.subject !== null && { subject: row.subject }),
    ...(row.content !== null && {
      content: JSON.parse(
        sealing.open(row.content as Sealed, lineContext(row.job_id, Number(row.line))),
      ) as ImportContent,
    }),
  });

  return {
    async appendLines(jobId, lines) {
      for (let at = 0; at < lines.length; at += rowsAtOnce) {
        const rows = lines.slice(at, at + rowsAtOnce).map(({ line, content }) => ({
          job_id: jobId,
          line,
          state: 'waiting',
          subject: null,
          content: content ? seal(jobId, line, content) : null,
        }));
        await db.insertInto('import_lines').values(rows).execute();
      }
    },

    async readLines(jobId, { states, after = 0, offset = 0, limit }) {
      let query = db
        .selectFrom('import_lines')
        .selectAll()
        .where('job_id', '=', jobId)
        .where('line', '>', after);
      if (states) query = query.where('state', 'in', states);
      const rows = await query.orderBy('line').limit(limit).offset(offset).execute();
      return rows.map(lineOf);
    },

    writeLines: (jobId, lease, lines, leaseUntil) =>
      db.transaction().execute(async (tx) => {
        const held = await tx
          .updateTable('import_jobs')
          .set({ lease_until: leaseUntil.getTime() })
          .where('id', '=', jobId)
          .where('lease', '=', lease)
          .returning('id')
          .executeTakeFirst();
        if (!held) throw new HufuError('changed-meanwhile');
        for (const { line, state, subject, content } of lines) {
          await tx
            .updateTable('import_lines')
            .set({
              state,
              ...(subject !== undefined && { subject }),
              ...(content && { content: seal(jobId, line, content) }),
            })
            .where('job_id', '=', jobId)
            .where('line', '=', line)
            .execute();
        }
      }),

    async countLines(jobId) {
      const rows = await db
        .selectFrom('import_lines')
        .select(['state', ({ fn }) => fn.countAll<number>().as('lines')])
        .where('job_id', '=', jobId)
        .groupBy('state')
        .execute();
      const count = (state: ImportLineState) => Number(rows.find((row) => row.state === state)?.lines ?? 0);
      return {
        waiting: count('waiting'),
        right: count('right'),
        faulty: count('faulty'),
        'brought-in': count('brought-in'),
        refused: count('refused'),
        undone: count('undone'),
        kept: count('kept'),
      };
    },
  };
}
