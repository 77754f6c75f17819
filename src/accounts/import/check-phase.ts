/**
 * Checks line by line: fields, places and ceilings (line-judge) → nobody twice in the file → nobody who has an account that
 * the manager sees. Of accounts elsewhere nothing is told before bringing in, where the trail has each attempt.
 */
import { importChecked } from '#audit/import-events.ts';
import { deedRefused } from '#audit/management-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import type { ImportLine, ImportLines } from '#domain/import-jobs.ts';
import { parseNationalId, type NationalId } from '#domain/national-id.ts';
import type { Random } from '#domain/random.ts';
import { newAccountId } from '../account-id.ts';
import type { ImportPhase, ImportRun, WorkOnLines } from './import-phase.ts';
import { createLineJudge, type JudgeLine, type LineJudgeDeps } from './line-judge.ts';
import type { LineFault, LineFaultCode } from './line-rules.ts';
import { severalAtOnce } from './several-at-once.ts';

export interface CheckPhaseDeps extends LineJudgeDeps {
  readonly accounts: Pick<AccountDirectory, 'findAccount' | 'findAccountByNationalId'>;
  readonly lines: ImportLines;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly random: Random;
  /** Faulty lines after which it is not worth going on. */
  readonly mostFaulty: number;
}

export function createCheckPhase(deps: CheckPhaseDeps): ImportPhase {
  const { lines, audit, random } = deps;

  /** National ID → the first line that has it. */
  async function seenBefore(jobId: string): Promise<Map<NationalId, number>> {
    const seen = new Map<NationalId, number>();
    for (let after = 0; ;) {
      const read = await lines.readLines(jobId, { states: ['right', 'faulty'], after, limit: 500 });
      for (const { line, content } of read) note(seen, line, content?.cells['nationalId']);
      after = read.at(-1)?.line ?? 0;
      if (read.length < 500) return seen;
    }
  }

  async function judge(
    run: ImportRun,
    judgeLine: JudgeLine,
    seen: Map<NationalId, number>,
    line: ImportLine,
  ) {
    const { cells = {} } = line.content ?? {};
    const verdict = await judgeLine(cells);
    const faults: LineFault[] = verdict.ok ? [] : [...verdict.faults];
    const nationalId = parseNationalId(cells['nationalId'] ?? '');
    const first = nationalId && seen.get(nationalId);
    if (first !== undefined && first !== line.line) {
      faults.push({ column: 'nationalId', fault: 'twice-in-file', about: String(first) });
    } else if (nationalId && (await deps.accounts.findAccountByNationalId(run.actor, nationalId))) {
      faults.push({ column: 'nationalId', fault: 'has-account' });
    }
    return faults;
  }

  return {
    takes: 'waiting',

    async begin(run): Promise<WorkOnLines> {
      const judgeLine = await createLineJudge(deps, run.actor);
      const seen = await seenBefore(run.job.id);
      return async (waiting) => {
        for (const { line, content } of waiting) note(seen, line, content?.cells['nationalId']);
        const checked = await severalAtOnce(waiting, async (line): Promise<ImportLine> => {
          const faults = await judge(run, judgeLine, seen, line);
          return faults.length === 0
            ? { line: line.line, state: 'right', subject: newAccountId(random) }
            : { line: line.line, state: 'faulty', content: { cells: line.content?.cells ?? {}, faults } };
        });
        await recordRefusals(run, checked);
        return checked;
      };
    },

    async endsEarly(run) {
      const { faulty } = await lines.countLines(run.job.id);
      return faulty > deps.mostFaulty ? ended(run, 'too-many-faults') : undefined;
    },

    end: async (run) => ended(run, undefined),
  };

  async function ended(run: ImportRun, ending: 'too-many-faults' | undefined) {
    const { right, faulty } = await lines.countLines(run.job.id);
    const evidence = { right: String(right), faulty: String(faulty), ending };
    await audit.record(importChecked(run.context, { job: run.job.id, form: run.order.form, evidence }));
    return ending ? ({ state: 'ended', ending } as const) : ({ state: 'checked' } as const);
  }

  /** Trying to reach beyond a ceiling is in the trail, by a file as by a form: one event for the lines of a round. */
  async function recordRefusals(run: ImportRun, checked: readonly ImportLine[]): Promise<void> {
    for (const why of ceilings) {
      const faults = checked.map(({ content }) => content?.faults.find(({ fault }) => fault === why));
      const refused = checked.filter((_, nth) => faults[nth] !== undefined);
      if (refused.length === 0) continue;
      const abouts = [
        ...new Set(faults.flatMap((fault) => (fault?.about === undefined ? [] : [fault.about]))),
      ];
      const evidence = {
        job: run.job.id,
        lines: refused.map(({ line }) => line).join(' '),
        about: abouts.join(' ') || undefined,
      };
      const { form } = run.order;
      await audit.record(deedRefused(run.context, { deed: 'open', why, form, evidence }));
    }
  }
}

/** Faults of somebody who asks for more than they may give. */
const ceilings = [
  'outside-jurisdiction',
  'category-not-held',
  'agency-not-own',
] as const satisfies readonly LineFaultCode[];

function note(seen: Map<NationalId, number>, line: number, text: string | undefined): void {
  const nationalId = parseNationalId(text ?? '');
  if (nationalId && !seen.has(nationalId)) seen.set(nationalId, line);
}
