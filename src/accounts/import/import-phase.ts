import type { PersonActor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { ImportJob, ImportLine, ImportLineState, ImportMove } from '#domain/import-jobs.ts';
import type { ImportOrder } from './account-import.ts';

/** One job in one phase, from its claim to the phase's end or the process's. */
export interface ImportRun {
  readonly job: ImportJob;
  readonly order: ImportOrder;
  readonly actor: PersonActor;
  readonly context: AuditContext;
}

/** What is done to a few lines at a time; gives what becomes of each. */
export type WorkOnLines = (lines: readonly ImportLine[]) => Promise<readonly ImportLine[]>;

export interface ImportPhase {
  /** State of the lines that it works on; there are none left when it is through. */
  readonly takes: ImportLineState;
  /** Begins, or goes on after a crash: what was under way then is found out by the first lines. */
  begin(run: ImportRun): Promise<WorkOnLines>;
  /** Whether to end before the last line, and how. */
  endsEarly?(run: ImportRun): Promise<ImportMove | undefined>;
  /** Through: where the job goes. Records it in the trail, before the job is moved. */
  end(run: ImportRun): Promise<ImportMove>;
}
