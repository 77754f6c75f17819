/**
 * Brings in the lines that are right, each by the deed that opens one account. The account's id was chosen when the line
 * was checked: after a crash the first lines are looked up by it, so that none is opened twice and none is forgotten.
 */
import { importEnded } from '#audit/import-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import { parseAccountId, type Account } from '#domain/account.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import type {
  ImportContent,
  ImportEnding,
  ImportLine,
  ImportLines,
  ImportMove,
} from '#domain/import-jobs.ts';
import type { Notices } from '#domain/notices.ts';
import type { OpenManagedAccount, OpeningOutcome } from '../management/open-managed-account.ts';
import type { ImportPhase, ImportRun, WorkOnLines } from './import-phase.ts';
import { createLineJudge, type JudgeLine, type LineJudgeDeps } from './line-judge.ts';
import type { LineFault } from './line-rules.ts';
import { severalAtOnce } from './several-at-once.ts';

export interface BringInDeps extends LineJudgeDeps {
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly lines: ImportLines;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly notices: Pick<Notices, 'accountOpened'>;
  readonly openAccount: OpenManagedAccount;
}

export function createBringInPhase(deps: BringInDeps): ImportPhase {
  async function openLine(run: ImportRun, judgeLine: JudgeLine, line: ImportLine): Promise<ImportLine> {
    const { cells = {} } = line.content ?? {};
    const verdict = await judgeLine(cells);
    if (!verdict.ok) return refusedLine(line, verdict.faults);
    const id = parseAccountId(line.subject ?? '');
    const opened = await deps.openAccount(run.actor, verdict.input, run.order, run.context, id);
    return opened.ok ? openedLine(line) : refusedLine(line, [faultOf(opened)]);
  }

  return {
    takes: 'right',
    async begin(run): Promise<WorkOnLines> {
      const judgeLine = await createLineJudge(deps, run.actor);
      let isFirst = true;
      return async (right) => {
        const settled = isFirst ? await settle(deps, run, right) : [];
        isFirst = false;
        const done = new Set(settled.map(({ line }) => line));
        const open = right.filter(({ line }) => !done.has(line));
        return [...settled, ...(await severalAtOnce(open, (line) => openLine(run, judgeLine, line)))];
      };
    },
    end: (run) => endBringingIn(deps, run, 'brought-in'),
  };
}

/** A cancelled job settles what a process may have left behind, and ends with that. */
export function createStopPhase(deps: BringInDeps): ImportPhase {
  return {
    takes: 'right',
    begin: async (run) => (right) => settle(deps, run, right),
    endsEarly: (run) => endBringingIn(deps, run, 'cancelled'),
    end: (run) => endBringingIn(deps, run, 'cancelled'),
  };
}

/** Those of `right` that were opened before the process ended that opened them; their mails may be sent twice, never not. */
async function settle(
  deps: BringInDeps,
  run: ImportRun,
  right: readonly ImportLine[],
): Promise<readonly ImportLine[]> {
  const found = await severalAtOnce(right, async (line): Promise<[ImportLine, Account] | undefined> => {
    const id = parseAccountId(line.subject ?? '');
    const account = id && (await deps.accounts.findAccount(run.actor, id));
    return account && [line, account];
  });
  const opened = found.flatMap((each) => (each ? [each] : []));
  for (const [, account] of opened) await deps.notices.accountOpened(account);
  return opened.map(([line]) => openedLine(line));
}

async function endBringingIn(
  { lines, audit }: Pick<BringInDeps, 'lines' | 'audit'>,
  { job, order, context }: ImportRun,
  ending: ImportEnding,
): Promise<ImportMove> {
  const counts = await lines.countLines(job.id);
  const evidence = {
    opened: String(counts['brought-in']),
    refused: String(counts.refused),
    left: String(counts.right),
  };
  await audit.record(importEnded(context, { job: job.id, form: order.form, ending, evidence }));
  return { state: 'ended', ending };
}

/** What is needed no more is thrown away at once: the opening password is made of these two. */
function openedLine({ line, content }: ImportLine): ImportLine {
  const { nationalId: _nationalId, birthday: _birthday, ...cells } = content?.cells ?? {};
  return { line, state: 'brought-in', content: { cells, faults: [] } };
}

function refusedLine({ line, content }: ImportLine, faults: readonly LineFault[]): ImportLine {
  const told: ImportContent = { cells: content?.cells ?? {}, faults };
  return { line, state: 'refused', content: told };
}

function faultOf(outcome: Exclude<OpeningOutcome, { readonly ok: true }>): LineFault {
  if (outcome.reason === 'not-unique') {
    return { column: 'nationalId', fault: outcome.existing ? 'has-account' : 'has-account-elsewhere' };
  }
  return { column: 'name', fault: 'refused', about: outcome.why };
}
