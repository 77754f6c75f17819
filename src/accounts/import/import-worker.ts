/**
 * Works on imports in the background. A round: claim a job → again and again: is it still in the state it was claimed in,
 * does its owner still have the rights it was ordered with → a few lines → write what became of them under the lease. A
 * process that dies leaves the job to the next claim after the lease; one that stops gives the lease up.
 */
import { importEnded } from '#audit/import-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import { parseAccountId } from '#domain/account.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { isHufuError } from '#domain/errors.ts';
import {
  workingStates,
  type ClaimedImport,
  type ImportJob,
  type ImportJobs,
  type ImportLines,
  type ImportMove,
} from '#domain/import-jobs.ts';
import type { Log } from '#domain/log.ts';
import { orderOf, standingActor } from './account-import.ts';
import type { ImportPhase, ImportRun, WorkOnLines } from './import-phase.ts';

export type WorkingState = (typeof workingStates)[number];

export interface ImportWorkerDeps {
  readonly jobs: ImportJobs;
  readonly lines: ImportLines;
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly phases: Readonly<Record<WorkingState, ImportPhase>>;
  /** Seconds for which a job is another process's; default 15. */
  readonly leaseSeconds?: number;
}

export interface ImportWorker {
  /** Works until there is nothing to do or `signal` aborts; a second call at the same time joins the first. Never rejects. */
  work(signal: AbortSignal): Promise<void>;
}

/** So many are lost and done again when a process dies; each round has one durable write of its own. */
const linesAtOnce = 48;

/** Nobody's session is asked: it may have ended. What the owner may is read from their account each time. */
const reader = { kind: 'system', purpose: 'operations' } as const;

export function createImportWorker(deps: ImportWorkerDeps): ImportWorker {
  const { jobs, lines, clock, log, leaseSeconds = 15 } = deps;
  let working: Promise<void> | undefined;

  const leaseEnd = () => new Date(clock.now().getTime() + leaseSeconds * 1000);

  async function runOf(job: ImportJob): Promise<ImportRun | undefined> {
    const order = orderOf(job);
    const id = parseAccountId(job.owner.replace(/^person:/, ''));
    const actor = standingActor(id && (await deps.accounts.findAccount(reader, id)), order);
    return actor && { job, order, actor, context: { actor: job.owner, requestId: order.requestId } };
  }

  async function stopFor(job: ImportJob): Promise<void> {
    const ending = 'rights-changed';
    const { form, requestId } = orderOf(job);
    await deps.audit.record(importEnded({ actor: job.owner, requestId }, { job: job.id, form, ending }));
    await move(job, { state: 'ended', ending });
  }

  const move = (job: ImportJob, to: ImportMove) => jobs.moveJob(job.id, [job.state], to, clock.now());

  async function workOn(
    { job, lease }: ClaimedImport,
    state: WorkingState,
    signal: AbortSignal,
  ): Promise<void> {
    const phase = deps.phases[state];
    let workOnLines: WorkOnLines | undefined;
    while (!signal.aborted) {
      const current = await jobs.findJob(job.id);
      if (current?.state !== state) return;
      const run = await runOf(job);
      if (!run) return stopFor(job);
      workOnLines ??= await phase.begin(run);
      const next = await lines.readLines(job.id, { states: [phase.takes], limit: linesAtOnce });
      if (next.length === 0) return void (await move(job, await phase.end(run)));
      await lines.writeLines(job.id, lease, await workOnLines(next), leaseEnd());
      const early = await phase.endsEarly?.(run);
      if (early) return void (await move(job, early));
    }
  }

  async function workOnClaimed(claimed: ClaimedImport, signal: AbortSignal): Promise<void> {
    const { job, lease } = claimed;
    const state = workingStates.find((each) => each === job.state);
    try {
      if (state) await workOn(claimed, state, signal);
    } catch (error) {
      // Cancelled meanwhile, or taken over by another process: theirs to write.
      if (!isHufuError(error, 'changed-meanwhile')) throw error;
    } finally {
      await jobs.releaseJob(job.id, lease);
    }
  }

  async function workThrough(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const claimed = await jobs.claimJob('accounts', clock.now(), leaseEnd());
      if (!claimed) return;
      try {
        await workOnClaimed(claimed, signal);
      } catch (error) {
        // Directory or store do not answer: the next look tries again.
        log.error('import-interrupted', { job: claimed.job.id, error });
        return;
      }
    }
  }

  return {
    work(signal) {
      working ??= workThrough(signal)
        .catch((error: unknown) => log.error('import-claim-failed', { error }))
        .finally(() => {
          working = undefined;
        });
      return working;
    },
  };
}
