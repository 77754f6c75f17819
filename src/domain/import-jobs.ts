/**
 * Ports to import jobs: files of lines that are checked, brought in and perhaps undone in the background, by one process
 * at a time. What the lines say is personal: sealed at rest, and thrown away when the job is over.
 */

/** What is imported; each kind has its phases in a service of its own. */
export type ImportKind = 'accounts' | 'organizations';

export type ImportState =
  /** Its lines are still arriving; never taken up again after a crash. */
  | 'receiving'
  | 'checking'
  /** Checked: waits for the person's decision. */
  | 'checked'
  | 'bringing-in'
  /** Asked to stop while lines are being brought in. */
  | 'stopping'
  | 'undoing'
  | 'ended';

/** In these a job is worked on in the background. */
export const workingStates = ['checking', 'bringing-in', 'stopping', 'undoing'] as const;

export type ImportEnding =
  | 'brought-in'
  | 'cancelled'
  | 'too-many-faults'
  /** Whoever ordered it may not any more what they might when they did. */
  | 'rights-changed'
  | 'undone';

export type ImportLineState =
  | 'waiting'
  | 'right'
  | 'faulty'
  | 'brought-in'
  /** Right when it was checked, refused when it was brought in. */
  | 'refused'
  | 'undone'
  /** Brought in, and not undone since it had changed meanwhile. */
  | 'kept';

/** What a job is told when it is made or moved on; sealed. */
export type ImportFacts = Readonly<Record<string, string>>;

export interface ImportJob {
  readonly id: string;
  readonly kind: ImportKind;
  /** Whose it is, as the audit trail names an actor; nobody else sees it. */
  readonly owner: string;
  readonly state: ImportState;
  readonly ending?: ImportEnding;
  readonly facts: ImportFacts;
  readonly createdAt: Date;
  /** Of the state. */
  readonly changedAt: Date;
}

export type NewImportJob = Pick<ImportJob, 'id' | 'kind' | 'owner' | 'facts'>;

export interface ImportMove {
  readonly state: Exclude<ImportState, 'receiving'>;
  readonly ending?: ImportEnding;
  /** Laid over those there are. */
  readonly facts?: ImportFacts;
}

/** A job taken up by one process; others leave it alone while the lease lasts. */
export interface ClaimedImport {
  readonly job: ImportJob;
  readonly lease: string;
}

export interface ImportJobs {
  /** Makes a job in the state `receiving`. */
  createJob(job: NewImportJob, at: Date): Promise<void>;
  findJob(id: string): Promise<ImportJob | undefined>;
  /** The owner's, newest first, at most `limit`. */
  listJobs(kind: ImportKind, owner: string, limit: number): Promise<readonly ImportJob[]>;
  /**
   * Moves the job on when it is in one of `from`, and says whether it was: of two moves one wins. Ends its lease, but not
   * when it is to stop: its process settles what is under way.
   */
  moveJob(id: string, from: readonly ImportState[], move: ImportMove, at: Date): Promise<boolean>;
  /** Takes up a job in a working state that nobody holds at `now`, the one that waits longest first. */
  claimJob(kind: ImportKind, now: Date, leaseUntil: Date): Promise<ClaimedImport | undefined>;
  /** Gives up the lease, so that another process may go on at once. */
  releaseJob(id: string, lease: string): Promise<void>;
  removeJob(id: string): Promise<void>;
  /**
   * Throws away what the lines of jobs say that are checked or ended since before `contentsBefore`, and jobs whose lines
   * have not all arrived since `unfinishedBefore`. Gives the number of jobs.
   */
  purgeJobs(contentsBefore: Date, unfinishedBefore: Date): Promise<number>;
}

/** What is wrong with a line, in words of the kind's rules; `about` is the value or line it is about. */
export interface ImportLineFault {
  readonly column: string;
  readonly fault: string;
  readonly about?: string;
}

/** What a line says, and what is wrong with it. */
export interface ImportContent {
  readonly cells: Readonly<Record<string, string>>;
  readonly faults: readonly ImportLineFault[];
}

export interface ImportLine {
  /** As the file numbers it. */
  readonly line: number;
  readonly state: ImportLineState;
  /** Id of what the line brings in, chosen when it is checked. */
  readonly subject?: string;
  /** Absent: thrown away. */
  readonly content?: ImportContent;
}

export interface ImportLineQuery {
  readonly states?: readonly ImportLineState[];
  /** Lines after this one alone. */
  readonly after?: number;
  readonly offset?: number;
  readonly limit: number;
}

export interface ImportLines {
  /** Adds lines in the state `waiting`. */
  appendLines(jobId: string, lines: readonly Pick<ImportLine, 'line' | 'content'>[]): Promise<void>;
  /** In the order of the file. */
  readLines(jobId: string, query: ImportLineQuery): Promise<readonly ImportLine[]>;
  /**
   * Writes what became of lines, in one transaction, and prolongs the lease; what is absent of a line stays as it is.
   * Throws `changed-meanwhile` when the job is not held by `lease` (any more), and writes nothing.
   */
  writeLines(jobId: string, lease: string, lines: readonly ImportLine[], leaseUntil: Date): Promise<void>;
  countLines(jobId: string): Promise<Readonly<Record<ImportLineState, number>>>;
}
