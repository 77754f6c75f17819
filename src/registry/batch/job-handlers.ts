/** The manager's imports: all of them, one with its progress or its result, and what can be done with it after a question. */
import { z } from 'zod';
import type { AccountImports, OrderOutcome } from '#accounts/import/account-imports.ts';
import { orderOf } from '#accounts/import/account-import.ts';
import type { Clock } from '#domain/clock.ts';
import { HufuError } from '#domain/errors.ts';
import type { ImportJob, ImportLines } from '#domain/import-jobs.ts';
import { formText, parseForm } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';
import { viewOf } from '#pages/view-of.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../registry-session.ts';
import type { RegistryParts } from '../registry-parts.ts';
import {
  batchDeeds,
  type BatchDeed,
  type BatchJobModel,
  type BatchListModel,
  type BatchQuestionModel,
} from './batch-model.ts';
import {
  batchHref,
  deedsOf,
  grouped,
  hrefOf,
  isWorking,
  jobFacts,
  linesPlace,
  linesQuery,
  linesView,
  progressOf,
  standingOf,
  totalOf,
  type JobSettings,
} from './batch-view.ts';

const deedForm = z.strictObject({ csrf: formText(100), count: formText(20).default('') });

export interface JobDependencies extends RegistryParts {
  readonly imports: AccountImports;
  readonly lines: ImportLines;
  readonly clock: Clock;
  readonly settings: JobSettings;
}

/** The job that the address names; throws `not-found` for another's. */
export async function getJob(
  { imports }: { readonly imports: Pick<AccountImports, 'find'> },
  ctx: RegistryContext,
): Promise<ImportJob> {
  const { job: id } = ctx.params as { readonly job: string };
  const job = await imports.find(ctx.state.actor, id);
  if (!job) throw new HufuError('not-found');
  return job;
}

export type JobHandlers = Readonly<
  Record<'list' | 'show' | 'progress' | 'ask' | 'carryOut', RegistryHandler>
>;

export function jobHandlers(deps: JobDependencies): JobHandlers {
  const { csrf, imports, lines, clock } = deps;
  const listPage = deps.views.page<BatchListModel>(new URL('./list.hbs', import.meta.url));
  const jobPage = deps.views.page<BatchJobModel>(new URL('./job.hbs', import.meta.url));
  const questionPage = deps.views.page<BatchQuestionModel>(new URL('./question.hbs', import.meta.url));
  const frameOf = (ctx: RegistryContext) => deps.frame.of(ctx.state, 'batch');

  /** The deed of the address, if it can be done now. */
  async function getDeed(ctx: RegistryContext) {
    const job = await getJob(deps, ctx);
    const { deed: name } = ctx.params as { readonly deed: string };
    const deed = batchDeeds.find((each) => each === name);
    if (!deed) throw new HufuError('not-found');
    const counts = await lines.countLines(job.id);
    return { job, deed, counts, possible: deedsOf(job, counts, clock.now()).find(({ id }) => id === deed) };
  }

  async function ask(ctx: RegistryContext, status: number, errors: readonly FieldError[]): Promise<void> {
    const { job, deed, counts, possible } = await getDeed(ctx);
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = questionPage(viewOf(ctx, hrefOf(job.id, `/${deed}`)), {
      ...(await frameOf(ctx)),
      csrf: csrf.issue(ctx.state.session.uid),
      errors: possible || errors.length > 0 ? errors : [notNow],
      deed,
      count: possible?.count ?? grouped(counts['brought-in']),
      fileName: orderOf(job).fileName,
      action: hrefOf(job.id, `/${deed}`),
      backHref: hrefOf(job.id),
      typed: isTyped(deed, counts['brought-in']),
    });
  }

  function order(ctx: RegistryContext, deed: BatchDeed, id: string): Promise<OrderOutcome> {
    const { actor } = ctx.state;
    if (deed === 'bring-in') return imports.bringIn(actor, id, contextOf(ctx));
    return deed === 'undo'
      ? imports.undo(actor, id, contextOf(ctx))
      : imports.cancel(actor, id, contextOf(ctx));
  }

  return {
    async list(ctx) {
      const jobs = (await imports.list(ctx.state.actor)).filter(({ state }) => state !== 'receiving');
      const counts = await Promise.all(jobs.map(({ id }) => lines.countLines(id)));
      ctx.type = 'html';
      ctx.body = listPage(viewOf(ctx, batchHref), {
        ...(await frameOf(ctx)),
        uploadHref: `${batchHref}/new`,
        jobs: jobs.map((job, nth) => ({
          href: hrefOf(job.id),
          fileName: orderOf(job).fileName,
          createdAt: job.createdAt,
          lines: grouped(totalOf(counts[nth] ?? nothing)),
          standing: standingOf(job),
          working: isWorking(job),
        })),
      });
    },

    async show(ctx) {
      const job = await getJob(deps, ctx);
      const counts = await lines.countLines(job.id);
      const place = linesPlace(ctx.query, counts);
      const list = isWorking(job)
        ? undefined
        : linesView(job.id, place, await lines.readLines(job.id, linesQuery(place)), ctx.state.language);
      ctx.type = 'html';
      ctx.body = jobPage(viewOf(ctx, hrefOf(job.id)), {
        ...(await frameOf(ctx)),
        ...jobFacts(job, counts, clock.now(), deps.settings),
        ...(list && { list }),
      });
    },

    async progress(ctx) {
      const job = await getJob(deps, ctx);
      const counts = await lines.countLines(job.id);
      ctx.body = { state: job.state, ...progressOf(job.state, counts) };
    },

    ask: (ctx) => ask(ctx, 200, []),

    async carryOut(ctx) {
      const form = parseForm(ctx, deedForm);
      csrf.check(ctx.state.session.uid, form.csrf);
      const { job, deed, counts } = await getDeed(ctx);
      const opened = counts['brought-in'];
      if (isTyped(deed, opened) && form.count.normalize('NFKC').replace(/[\s,]/g, '') !== String(opened)) {
        return ask(ctx, 422, [unconfirmed(opened)]);
      }
      const outcome = await order(ctx, deed, job.id);
      if (!outcome.ok && outcome.reason === 'not-now') return ask(ctx, 409, [notNow]);
      if (!outcome.ok) throw new HufuError(outcome.reason);
      ctx.status = 303;
      ctx.redirect(hrefOf(job.id));
    },
  };
}

const nothing = { waiting: 0, right: 0, faulty: 0, 'brought-in': 0, refused: 0, undone: 0, kept: 0 };

const notNow: FieldError = { field: '', message: 'registry.batch.error.not-now', code: 'B06' };

/** Deleting more than one asks for their number. */
function isTyped(deed: BatchDeed, opened: number): boolean {
  return deed === 'undo' && opened > 1;
}

function unconfirmed(count: number): FieldError {
  return {
    field: 'count',
    message: 'registry.batch.error.confirmation',
    params: { count: grouped(count) },
    code: 'B07',
  };
}
