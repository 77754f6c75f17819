/** Imports of accounts, wired: orders, and the work in the background that carries them out. */
import { createAccountImports, type AccountImports } from '#accounts/import/account-imports.ts';
import { createBringInPhase, createStopPhase } from '#accounts/import/bring-in-phase.ts';
import { createCheckPhase } from '#accounts/import/check-phase.ts';
import { createImportWorker } from '#accounts/import/import-worker.ts';
import { createUndoPhase } from '#accounts/import/undo-phase.ts';
import type { LdapDirectory } from '#adapters/directory/ldap-directory.ts';
import type { SqliteRecords } from '#adapters/records/open-sqlite-records.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Config } from '#config/config.ts';
import type { Notices } from '#domain/notices.ts';
import { nowAndAgain } from './now-and-again.ts';
import type { Registry } from './registry.ts';
import type { Machine } from './services.ts';

interface Dependencies extends Machine {
  readonly directory: {
    readonly accounts: LdapDirectory['accounts'];
    readonly organizations: Pick<LdapDirectory['organizations'], 'findOrganization'>;
    readonly catalogue: Pick<LdapDirectory['catalogue'], 'readCatalogue'>;
  };
  readonly stores: {
    readonly records: Pick<SqliteRecords, 'importJobs' | 'importLines'>;
    readonly audit: AuditTrail;
  };
  readonly notices: Pick<Notices, 'accountOpened'>;
  readonly registry: Pick<Registry, 'openAccount' | 'removeAccounts'>;
}

/** How long a job of a process that died may wait besides its lease; looking costs one read of an index. */
const lookEveryMs = 2000;
const purgeEveryMs = 3_600_000;
const dayMs = 24 * 3_600_000;
/** A file that is still arriving after so long is not arriving any more. */
const unfinishedMs = 3_600_000;

export interface ComposedImports {
  readonly imports: AccountImports;
  /** Works until there is nothing to do. */
  work(signal: AbortSignal): Promise<void>;
  workNowAndAgain(signal: AbortSignal): Promise<void>;
}

export function composeAccountImports(
  limits: Config['registry']['import'],
  { directory, stores, registry, ...rest }: Dependencies,
): ComposedImports {
  const { importJobs: jobs, importLines: lines } = stores.records;
  const { audit } = stores;
  const { clock } = rest;
  const deps = { ...rest, ...directory, ...registry, jobs, lines, audit };
  const worker = createImportWorker({
    ...deps,
    phases: {
      checking: createCheckPhase({ ...deps, mostFaulty: limits.mostFaulty }),
      'bringing-in': createBringInPhase(deps),
      stopping: createStopPhase(deps),
      undoing: createUndoPhase(deps),
    },
  });
  /** Aborted by the signal of whoever works here; before that an order waits for the work to begin. */
  let working: AbortSignal | undefined;
  const before = (milliseconds: number) => new Date(clock.now().getTime() - milliseconds);
  const purge = () => jobs.purgeJobs(before(limits.keepDays * dayMs), before(unfinishedMs));

  return {
    imports: createAccountImports({
      ...deps,
      wake() {
        if (working) void worker.work(working);
      },
    }),
    work: worker.work,
    async workNowAndAgain(signal) {
      working = signal;
      await Promise.all([
        nowAndAgain(rest, signal, {
          everyMs: lookEveryMs,
          act: () => worker.work(signal),
          failureEvent: 'import-work-failed',
        }),
        nowAndAgain(rest, signal, { everyMs: purgeEveryMs, act: purge, failureEvent: 'import-purge-failed' }),
      ]);
      await worker.work(signal);
    },
  };
}
