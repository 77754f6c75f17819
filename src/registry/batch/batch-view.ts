/** An import as its pages show it. */
import { isUndoable, orderOf } from '#accounts/import/account-import.ts';
import { takenStates } from '#accounts/import/lines-to-take.ts';
import { maskNationalId } from '#domain/account-listing.ts';
import {
  workingStates,
  type ImportJob,
  type ImportLine,
  type ImportLines,
  type ImportLineState,
  type ImportState,
} from '#domain/import-jobs.ts';
import type { Language } from '#pages/messages/define-messages.ts';
import type { BatchDeed, BatchJobModel, BatchLine, BatchLines, JobStanding } from './batch-model.ts';
import { faultText } from './fault-words.ts';

export const batchHref = '/registry/batch';
export const hrefOf = (id: string, rest = '') => `${batchHref}/${id}${rest}`;

export type LineCounts = Awaited<ReturnType<ImportLines['countLines']>>;

export const grouped = (count: number) => count.toLocaleString('en');

export const isWorking = ({ state }: Pick<ImportJob, 'state'>) =>
  workingStates.some((each) => each === state);

export function standingOf({ state, ending }: Pick<ImportJob, 'state' | 'ending'>): JobStanding {
  return state === 'ended' ? (ending ?? 'cancelled') : state;
}

export function totalOf(counts: LineCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Lines that the phase under way has done, and all that it has to do. */
export function progressOf(
  state: ImportState,
  counts: LineCounts,
): { readonly done: number; readonly total: number } {
  const total = totalOf(counts);
  if (state === 'checking') return { done: total - counts.waiting, total };
  if (state === 'undoing') {
    const done = counts.undone + counts.kept;
    return { done, total: done + counts['brought-in'] };
  }
  const done = counts['brought-in'] + counts.refused;
  return { done, total: done + counts.right };
}

function shownProgress({ id, state }: ImportJob, counts: LineCounts) {
  const { done, total } = progressOf(state, counts);
  return {
    done,
    total,
    words: { done: grouped(done), total: grouped(total) },
    href: hrefOf(id, '/progress'),
  };
}

/** What can be done now, with the number of lines that it is about. */
export function deedsOf(job: ImportJob, counts: LineCounts, now: Date): BatchJobModel['deeds'] {
  const opened = counts['brought-in'];
  const deeds: [BatchDeed, boolean, number][] = [
    ['bring-in', job.state === 'checked' && counts.right > 0, counts.right],
    ['undo', isUndoable(job, now) && opened > 0, opened],
    ['cancel', ['checking', 'checked', 'bringing-in'].includes(job.state), opened],
  ];
  return deeds
    .filter(([, isPossible]) => isPossible)
    .map(([id, , count]) => ({ id, href: hrefOf(job.id, `/${id}`), count: grouped(count) }));
}

const lineStates = [
  'waiting',
  'right',
  'faulty',
  'brought-in',
  'refused',
  'undone',
  'kept',
] as const satisfies readonly ImportLineState[];

type JobFacts = Omit<BatchJobModel, 'navigation' | 'office' | 'places' | 'list'>;

export interface JobSettings {
  readonly keepDays: number;
  readonly mostFaulty: number;
}

export function jobFacts(job: ImportJob, counts: LineCounts, now: Date, settings: JobSettings): JobFacts {
  const { fileName, encoding, form, reason } = orderOf(job);
  const isOver = job.state === 'checked' || job.state === 'ended';
  const toMend = counts.faulty + counts.refused > 0 && isOver;
  const opened = counts['brought-in'] + counts.kept > 0 && job.state === 'ended';
  return {
    // Those still arriving are not found.
    state: job.state === 'receiving' ? 'checking' : job.state,
    standing: standingOf(job),
    fileName,
    readAs: encoding,
    form,
    reason,
    createdAt: job.createdAt,
    ...(isOver && { keptUntil: new Date(job.changedAt.getTime() + settings.keepDays * 24 * 3_600_000) }),
    backHref: batchHref,
    selfHref: hrefOf(job.id),
    ...(isWorking(job) && { progress: shownProgress(job, counts) }),
    mostFaulty: grouped(settings.mostFaulty),
    counts: lineStates
      .filter((state) => counts[state] > 0 && !isWorking(job))
      .map((state) => ({ state, count: grouped(counts[state]) })),
    deeds: deedsOf(job, counts, now),
    files: {
      ...(toMend && {
        correctionsCsv: hrefOf(job.id, '/corrections/csv'),
        correctionsXlsx: hrefOf(job.id, '/corrections/xlsx'),
      }),
      ...(opened && { opened: hrefOf(job.id, '/opened') }),
    },
  };
}

export const linesOnPage = 50;

/** Which lines are asked for; faulty ones first of all, where there are any. */
export interface LinesPlace {
  readonly show: 'all' | 'faulty';
  readonly page: number;
  readonly pages: number;
  readonly count: number;
}

export function linesPlace(query: Readonly<Record<string, unknown>>, counts: LineCounts): LinesPlace {
  const faulty = counts.faulty + counts.refused;
  const asked = query['show'];
  const show = asked === 'all' || asked === 'faulty' ? asked : faulty > 0 ? 'faulty' : 'all';
  const count = show === 'faulty' ? faulty : totalOf(counts);
  const pages = Math.max(1, Math.ceil(count / linesOnPage));
  const text = query['page'];
  const typed = typeof text === 'string' && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;
  return { show, page: Math.min(typed, pages), pages, count };
}

export function linesQuery({ show, page }: LinesPlace) {
  return {
    ...(show === 'faulty' && { states: takenStates.faulty }),
    offset: (page - 1) * linesOnPage,
    limit: linesOnPage,
  };
}

export function linesView(
  id: string,
  { show, page, pages, count }: LinesPlace,
  lines: readonly ImportLine[],
  language: Language,
): BatchLines {
  const href = (to: 'all' | 'faulty', at: number) => hrefOf(id, `?show=${to}&page=${at}`);
  return {
    purged: lines.length > 0 && lines.every(({ content }) => content === undefined),
    shows: (['all', 'faulty'] as const).map((each) => ({
      id: each,
      href: href(each, 1),
      current: each === show,
    })),
    count: grouped(count),
    page,
    pages,
    ...(page > 1 && { previousHref: href(show, page - 1) }),
    ...(page < pages && { nextHref: href(show, page + 1) }),
    lines: lines.map((line) => lineView(line, language)),
  };
}

function lineView({ line, state, content }: ImportLine, language: Language): BatchLine {
  const { name = '', nationalId = '', email = '', unitOid = '', roles = '' } = content?.cells ?? {};
  return {
    line,
    name,
    maskedNationalId: maskNationalId(nationalId),
    email,
    unitOid,
    roles,
    state,
    faults: (content?.faults ?? []).map((fault) => faultText(language, fault)),
  };
}
