/** The import of the public OID list: take the file in, show what it would do, bring it in, with progress in between. */
import { z } from 'zod';
import type { ArrivingLine, OrganizationImports } from '#administration/import-organizations.ts';
import { actorName } from '#domain/actor.ts';
import { HufuError } from '#domain/errors.ts';
import { workingStates, type ImportJob, type ImportJobs, type ImportLines } from '#domain/import-jobs.ts';
import { formText, parseForm } from '#http/form.ts';
import { readTable } from '#http/table/read-table.ts';
import { TableError } from '#http/table/table-error.ts';
import { receiveUpload, type UploadedFile } from '#http/upload.ts';
import { viewOf } from '#pages/view-of.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../../registry-session.ts';
import type { RegistryParts } from '../../registry-parts.ts';
import type { ImportJobModel, ImportUploadModel, UploadFault } from './import-model.ts';

const uploadForm = z.strictObject({ csrf: formText(100) });
const deedForm = z.strictObject({ csrf: formText(100), deed: z.enum(['bring-in', 'cancel']) });

const base = '/registry/organizations/import';
const maximumBytes = 20 * 1024 * 1024;
const maximumLines = 100_000;
const shownLines = 100;

interface Dependencies extends RegistryParts {
  readonly imports: OrganizationImports;
  readonly jobs: Pick<ImportJobs, 'findJob' | 'listJobs'>;
  readonly lines: Pick<ImportLines, 'readLines' | 'countLines'>;
}

export type ImportHandlers = Readonly<Record<'showUpload' | 'upload' | 'show' | 'act', RegistryHandler>>;

export function importHandlers(deps: Dependencies): ImportHandlers {
  const { csrf, imports, jobs, lines } = deps;
  const uploadPage = deps.views.page<ImportUploadModel>(new URL('./upload.hbs', import.meta.url));
  const jobPage = deps.views.page<ImportJobModel>(new URL('./job.hbs', import.meta.url));

  async function showUpload(ctx: RegistryContext, status: number, fault?: UploadFault): Promise<void> {
    const own = await jobs.listJobs('organizations', actorName(ctx.state.actor), 10);
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = uploadPage(viewOf(ctx, base), {
      ...(await deps.frame.of(ctx.state, 'organizations')),
      csrf: csrf.issue(ctx.state.session.uid),
      errors: fault ? [{ field: 'file', message: `registry.import.error.${fault}`, code: 'R07' }] : [],
      jobs: own.map(({ id, createdAt, state }) => ({ href: `${base}/${id}`, createdAt, state })),
      backHref: '/registry/organizations',
    });
  }

  /** Nobody else's job is there. */
  async function get(ctx: RegistryContext): Promise<ImportJob> {
    const job = await jobs.findJob((ctx.params as { job: string }).job);
    if (job?.kind !== 'organizations' || job.owner !== actorName(ctx.state.actor))
      throw new HufuError('not-found');
    return job;
  }

  return {
    showUpload: (ctx) => showUpload(ctx, 200),

    async upload(ctx) {
      const owner = actorName(ctx.state.actor);
      const check = (form: { csrf: string }) => {
        csrf.check(ctx.state.session.uid, form.csrf);
        return ctx.state.checkStillMay();
      };
      const form = { fileField: 'file', fields: uploadForm, maximumBytes, check };
      const bytes = await receiveUpload(ctx, form, (_, file) => bytesOf(file));
      if (!bytes) return showUpload(ctx, 422, 'no-file');
      try {
        const id = await imports.receive(owner, await linesIn(bytes));
        ctx.status = 303;
        ctx.redirect(`${base}/${id}`);
      } catch (error) {
        if (!(error instanceof TableError) && !(error instanceof MissingColumns)) throw error;
        await showUpload(ctx, 422, error instanceof TableError ? error.fault : 'columns');
      }
    },

    async show(ctx) {
      const job = await get(ctx);
      const path = `${base}/${job.id}`;
      ctx.type = 'html';
      ctx.body = jobPage(viewOf(ctx, path), {
        ...(await deps.frame.of(ctx.state, 'organizations')),
        csrf: csrf.issue(ctx.state.session.uid),
        errors: [],
        action: path,
        backHref: base,
        ...(await factsOf(job, lines)),
      });
    },

    async act(ctx) {
      const form = parseForm(ctx, deedForm);
      csrf.check(ctx.state.session.uid, form.csrf);
      const job = await get(ctx);
      if (form.deed === 'bring-in') await imports.bringIn(job, contextOf(ctx));
      else await imports.cancel(job, contextOf(ctx));
      // Where it was too late for it, the page says how the job stands.
      ctx.status = 303;
      ctx.redirect(`${base}/${job.id}`);
    },
  };
}

async function bytesOf(file: UploadedFile | undefined): Promise<Buffer | undefined> {
  if (!file) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of file.content) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

class MissingColumns extends Error {}

/** Columns of the public list; the others are not ours to keep. */
async function linesIn(bytes: Buffer): Promise<AsyncIterable<ArrivingLine>> {
  const isLikely = (text: string) => /OrgName/i.test(text.slice(0, 1000));
  const { head, rows } = await readTable(bytes, { maximumLines, isLikely });
  const names = head.map((name) => name.trim().toLowerCase());
  const [name, oid, code] = ['orgname', 'oid', 'orgcode'].map((column) => names.indexOf(column));
  if (name === undefined || oid === undefined || name < 0 || oid < 0) throw new MissingColumns();
  const cell = (cells: readonly string[], at: number | undefined) => (cells[at ?? -1] ?? '').slice(0, 500);
  return (async function* () {
    for await (const { line, cells } of rows)
      yield { line, oid: cell(cells, oid), name: cell(cells, name), code: cell(cells, code) };
  })();
}

type Facts = Omit<
  ImportJobModel,
  'navigation' | 'office' | 'places' | 'csrf' | 'errors' | 'action' | 'backHref'
>;

async function factsOf(job: ImportJob, lines: Dependencies['lines']): Promise<Facts> {
  const counts = await lines.countLines(job.id);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const isWriting = job.state === 'bringing-in' || job.state === 'ended';
  const wrong = await lines.readLines(job.id, { states: ['faulty', 'refused'], limit: shownLines });
  const right = await lines.readLines(job.id, { states: ['right'], limit: 1000 });
  const { new: fresh = '0', changed = '0', same = '0' } = job.facts;
  return {
    state: job.state,
    ...(job.ending && { ending: job.ending }),
    working: workingStates.some((state) => state === job.state),
    total,
    done: isWriting ? counts['brought-in'] : total - counts.waiting,
    counts: { new: fresh, changed, same, faulty: String(counts.faulty + counts.refused) },
    mayBringIn: (job.state === 'checked' && fresh !== '0') || (job.state === 'checked' && changed !== '0'),
    mayCancel: job.state === 'checking' || job.state === 'checked',
    faulty: wrong.map(({ line, content }) => ({
      line,
      oid: content?.cells['oid'] ?? '',
      name: content?.cells['name'] ?? '',
      reason: `${content?.faults[0]?.column ?? 'oid'}.${content?.faults[0]?.fault ?? 'malformed'}`,
    })),
    effects: right
      .flatMap(({ content }) => {
        const { oid = '', name = '', before, effect } = content?.cells ?? {};
        if (effect !== 'new' && effect !== 'changed') return [];
        return [{ oid, name, effect, ...(before !== undefined && { before }) } as const];
      })
      .slice(0, shownLines),
  };
}
