/**
 * Imports of accounts (批次註冊) as their owner orders them: hand in a file → it is checked in the background → bring in
 * what is right → undo on the same day. Nobody sees another's; each order is in the trail before it is carried out.
 */
import {
  importCancelled,
  importOrdered,
  importReceived,
  importTakenOut,
  importUndone,
} from '#audit/import-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Actor, PersonActor } from '#domain/actor.ts';
import { actorName } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import { dayOf } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import type { ImportJob, ImportJobs, ImportLine, ImportLines, ImportMove } from '#domain/import-jobs.ts';
import { mayAct, type Deed } from '#domain/permission.ts';
import type { Random } from '#domain/random.ts';
import { evidenceOf, watchedRows, type MayGoOn } from '#domain/watched-rows.ts';
import { createAdmission } from '../management/admission.ts';
import type { NotPermitted } from '../management/deed-outcome.ts';
import type { Warrant } from '../warrant.ts';
import { authorityOf, isUndoable, orderOf } from './account-import.ts';
import type { ImportRow } from './import-columns.ts';
import { linesToTake, type LinesTaken } from './lines-to-take.ts';

export interface ImportFile {
  readonly name: string;
  /** How it was read. */
  readonly encoding: string;
  /** Throws when the file turns out to be faulty: then nothing is kept of it. */
  readonly rows: AsyncIterable<ImportRow>;
}

export type ReceiveOutcome =
  | { readonly ok: true; readonly id: string }
  | NotPermitted
  /** So many are open already. */
  | { readonly ok: false; readonly reason: 'too-many' };

export type OrderOutcome =
  | { readonly ok: true }
  | NotPermitted
  | { readonly ok: false; readonly reason: 'not-found' }
  /** Not (any more) in a state for it. */
  | { readonly ok: false; readonly reason: 'not-now' };

export interface AccountImports {
  receive(
    actor: PersonActor,
    file: ImportFile,
    warrant: Warrant,
    context: AuditContext,
  ): Promise<ReceiveOutcome>;
  /** The owner's, newest first. */
  list(actor: Actor): Promise<readonly ImportJob[]>;
  /** Undefined where there is none, or none of the actor's. */
  find(actor: Actor, id: string): Promise<ImportJob | undefined>;
  bringIn(actor: PersonActor, id: string, context: AuditContext): Promise<OrderOutcome>;
  /** What has been brought in by then stays. */
  cancel(actor: PersonActor, id: string, context: AuditContext): Promise<OrderOutcome>;
  /** Removes what was brought in and has not been touched. */
  undo(actor: PersonActor, id: string, context: AuditContext): Promise<OrderOutcome>;
  /**
   * Lines that leave as a file, which is audited before the first and, with how many left, after the last. They end with
   * `not-permitted` once `mayGoOn` says no.
   */
  takeOut(
    id: string,
    what: LinesTaken,
    context: AuditContext,
    mayGoOn: MayGoOn,
  ): Promise<AsyncIterable<ImportLine>>;
}

interface Dependencies {
  readonly jobs: ImportJobs;
  readonly lines: ImportLines;
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
  readonly random: Random;
  /** Tells the worker that there is something to do. */
  readonly wake: () => void;
}

/** Of one owner at once: each holds up to a whole file of people. */
const mostOpen = 5;
const mostListed = 50;
const rowsAtOnce = 400;

export function createAccountImports(deps: Dependencies): AccountImports {
  const { jobs, lines, audit, clock, random, wake } = deps;
  const admission = createAdmission(deps);

  const list = (actor: Actor) => jobs.listJobs('accounts', actorName(actor), mostListed);

  async function find(actor: Actor, id: string): Promise<ImportJob | undefined> {
    const job = await jobs.findJob(id);
    const isTheirs = job?.kind === 'accounts' && job.owner === actorName(actor) && job.state !== 'receiving';
    return isTheirs && mayAct(actor, 'open').ok ? job : undefined;
  }

  async function append(id: string, rows: AsyncIterable<ImportRow>): Promise<number> {
    let waiting: ImportRow[] = [];
    let count = 0;
    const write = () =>
      lines.appendLines(
        id,
        waiting.splice(0).map(({ line, cells }) => ({ line, content: { cells, faults: [] } })),
      );
    for await (const row of rows) {
      count += 1;
      if (waiting.push(row) >= rowsAtOnce) await write();
    }
    await write();
    return count;
  }

  /** May they (still), is it theirs, is it in a state for it: then in the trail, then moved on. */
  async function order(
    { actor, deed, context }: { actor: PersonActor; deed: Deed; context: AuditContext },
    id: string,
    isFor: (job: ImportJob) => Promise<ImportMove | undefined>,
    record: (job: ImportJob) => Promise<unknown>,
  ): Promise<OrderOutcome> {
    const asked = { actor, deed, context };
    const admitted = await admission.admit(asked);
    if (!admitted.ok) return admitted;
    const job = await find(actor, id);
    if (!job) return { ok: false, reason: 'not-found' };
    const move = await isFor(job);
    if (!move) return { ok: false, reason: 'not-now' };
    await record(job);
    if (!(await jobs.moveJob(id, [job.state], move, clock.now()))) return { ok: false, reason: 'not-now' };
    wake();
    return { ok: true };
  }

  return {
    list: async (actor) => (mayAct(actor, 'open').ok ? list(actor) : []),
    find,

    async receive(actor, file, warrant, context) {
      const admitted = await admission.admit({ actor, deed: 'open', context });
      if (!admitted.ok) return admitted;
      const open = (await list(actor)).filter(({ state }) => state !== 'ended');
      if (open.length >= mostOpen) return { ok: false, reason: 'too-many' };
      const id = random.token(12);
      const facts = {
        ...warrant,
        fileName: file.name,
        encoding: file.encoding,
        authority: authorityOf(actor),
        requestId: context.requestId ?? '',
      };
      await jobs.createJob({ id, kind: 'accounts', owner: actorName(actor), facts }, clock.now());
      try {
        const count = await append(id, file.rows);
        const evidence = { reason: warrant.reason, lines: String(count), encoding: file.encoding };
        await audit.record(importReceived(context, { job: id, form: warrant.form, evidence }));
      } catch (error) {
        await jobs.removeJob(id);
        throw error;
      }
      await jobs.moveJob(id, ['receiving'], { state: 'checking' }, clock.now());
      wake();
      return { ok: true, id };
    },

    bringIn: (actor, id, context) =>
      order(
        { actor, deed: 'open', context },
        id,
        async ({ state }) => {
          if (state !== 'checked' || (await lines.countLines(id)).right === 0) return undefined;
          const facts = { day: dayOf(clock.now()), requestId: context.requestId ?? '' };
          return { state: 'bringing-in', facts };
        },
        async (job) => {
          const { right } = await lines.countLines(id);
          const evidence = { lines: String(right) };
          await audit.record(importOrdered(context, { job: id, form: orderOf(job).form, evidence }));
        },
      ),

    cancel: (actor, id, context) =>
      order(
        { actor, deed: 'open', context },
        id,
        async ({ state }) => {
          if (state === 'bringing-in') return { state: 'stopping' };
          const isEarly = state === 'checking' || state === 'checked';
          return isEarly ? { state: 'ended', ending: 'cancelled' } : undefined;
        },
        (job) => audit.record(importCancelled(context, { job: id, form: orderOf(job).form })),
      ),

    undo: (actor, id, context) =>
      order(
        { actor, deed: 'remove', context },
        id,
        async (job) => {
          if (!isUndoable(job, clock.now())) return undefined;
          return (await lines.countLines(id))['brought-in'] > 0 ? { state: 'undoing' } : undefined;
        },
        async (job) => {
          const opened = (await lines.countLines(id))['brought-in'];
          const evidence = { lines: String(opened) };
          await audit.record(importUndone(context, { job: id, form: orderOf(job).form, evidence }));
        },
      ),

    async takeOut(id, what, context, mayGoOn) {
      const note = (left: Readonly<Record<string, string>>) =>
        audit.record(importTakenOut(context, { job: id, evidence: { what, ...left } }));
      await note({});
      return watchedRows(linesToTake(lines, id, what), mayGoOn, (left) => note(evidenceOf(left)));
    },
  };
}
