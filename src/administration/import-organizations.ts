/**
 * The import of the public list of OIDs: its lines are kept as a job, compared with the directory in the background, shown, and
 * brought in when a programme officer says so, as long as they are one. Each batch is durable before the next, so that a crash
 * costs one batch at most; bringing a line in twice changes nothing. What is no more as it was compared, and shown, stays.
 */
import { keptThingChanged } from '#audit/registry-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import { parseAccountId } from '#domain/account.ts';
import type { AccountDirectory, Organization, OrganizationDirectory } from '#domain/directory.ts';
import { isHufuError } from '#domain/errors.ts';
import type { ClaimedImport, ImportJob, ImportJobs, ImportLine, ImportLines } from '#domain/import-jobs.ts';
import type { Random } from '#domain/random.ts';
import { judgeOrganization, type TypedOrganization } from './organization-deeds.ts';

/** What a line would do. */
export type LineEffect = 'new' | 'changed' | 'same';

export interface ArrivingLine extends TypedOrganization {
  readonly line: number;
}

export interface OrganizationImports {
  /** Keeps the lines as they arrive, and gives the job's id; whatever `lines` throws leaves no job behind. */
  receive(owner: string, lines: AsyncIterable<ArrivingLine>): Promise<string>;
  /** Whether it was in the state for it: what has been compared is brought in. */
  bringIn(job: ImportJob, context: AuditContext): Promise<boolean>;
  cancel(job: ImportJob, context: AuditContext): Promise<boolean>;
  /** Works on one job that waits; false: there is none. */
  work(): Promise<boolean>;
}

interface Dependencies {
  readonly jobs: ImportJobs;
  readonly lines: ImportLines;
  readonly organizations: Pick<
    OrganizationDirectory,
    'findOrganization' | 'addOrganization' | 'changeOrganization'
  >;
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
  readonly random: Pick<Random, 'token'>;
}

const kind = 'organizations';
const actor = { kind: 'system', purpose: 'operations' } as const;
const batchSize = 200;
const leaseMs = 60_000;

export function createOrganizationImports(deps: Dependencies): OrganizationImports {
  const { jobs, lines, organizations, clock } = deps;
  const leaseEnd = () => new Date(clock.now().getTime() + leaseMs);

  async function compare(line: ImportLine, seen: Set<string>): Promise<ImportLine> {
    const cells = line.content?.cells ?? {};
    const typed = { oid: cells['oid'] ?? '', name: cells['name'] ?? '', code: cells['code'] ?? '' };
    const verdict = judgeOrganization(typed);
    const faulty = (column: string, fault: string): ImportLine => ({
      line: line.line,
      state: 'faulty',
      content: { cells: typed, faults: [{ column, fault }] },
    });
    if (!verdict.ok) return faulty(verdict.faults[0] ?? 'oid', 'malformed');
    const { oid, name, code } = verdict.organization;
    if (seen.has(oid)) return faulty('oid', 'twice');
    seen.add(oid);
    const found = await organizations.findOrganization(actor, oid);
    const isSame = found?.name === name && found.code === code;
    const effect: LineEffect = isSame ? 'same' : found ? 'changed' : 'new';
    const before = effect === 'changed' && found ? { before: found.name, beforeCode: found.code ?? '' } : {};
    return {
      line: line.line,
      state: 'right',
      subject: oid,
      content: { cells: { ...typed, name, effect, ...before }, faults: [] },
    };
  }

  /** OIDs of the lines before, where another process had begun. */
  async function comparedBefore(id: string, counts: Record<LineEffect, number>): Promise<Set<string>> {
    const seen = new Set<string>();
    for (let after = 0; ;) {
      const done = await lines.readLines(id, { states: ['right'], after, limit: 1000 });
      for (const { subject, content } of done) {
        if (subject !== undefined) seen.add(subject);
        counts[effectOf(content?.cells['effect'])] += 1;
      }
      if (done.length < 1000) return seen;
      after = done.at(-1)?.line ?? after;
    }
  }

  async function check({ job, lease }: ClaimedImport): Promise<void> {
    const counts = { new: 0, changed: 0, same: 0 };
    const seen = await comparedBefore(job.id, counts);
    for (;;) {
      const waiting = await lines.readLines(job.id, { states: ['waiting'], limit: batchSize });
      if (waiting.length === 0) break;
      const compared: ImportLine[] = [];
      for (const line of waiting) compared.push(await compare(line, seen));
      for (const { state, content } of compared)
        if (state === 'right') counts[effectOf(content?.cells['effect'])] += 1;
      await lines.writeLines(job.id, lease, compared, leaseEnd());
    }
    const facts = Object.fromEntries(
      Object.entries(counts).map(([effect, count]) => [effect, String(count)]),
    );
    await jobs.moveJob(job.id, ['checking'], { state: 'checked', facts }, clock.now());
  }

  async function put({ line, content }: ImportLine): Promise<ImportLine> {
    const { cells = {} } = content ?? {};
    const { oid = '', name = '', code = '', effect } = cells;
    const verdict = judgeOrganization({ oid, name, code });
    if (!verdict.ok) return { line, state: 'refused' };
    const isDone = effect === 'same' || (await putAsCompared(verdict.organization, cells));
    if (isDone) return { line, state: 'brought-in' };
    return { line, state: 'refused', content: { cells, faults: [{ column: 'oid', fault: 'changed' }] } };
  }

  /** False: somebody has added it or given it another name or code since it was compared; theirs stays. */
  async function putAsCompared(
    organization: Organization,
    { effect, before, beforeCode = '' }: Readonly<Record<string, string>>,
  ): Promise<boolean> {
    const now = await organizations.findOrganization(actor, organization.oid);
    // Brought in before a crash.
    if (now?.name === organization.name && now.code === organization.code) return true;
    const isAsCompared = now
      ? effect === 'changed' && now.name === before && (now.code ?? '') === beforeCode
      : effect === 'new';
    if (!isAsCompared) return false;
    try {
      if (now) await organizations.changeOrganization(actor, now, organization);
      else await organizations.addOrganization(actor, organization);
      return true;
    } catch (error) {
      if (!isHufuError(error, 'changed-meanwhile') && !isHufuError(error, 'not-unique')) throw error;
      return false;
    }
  }

  /** Nobody's session is asked: it may have ended. What the owner may is read from their account each time. */
  async function mayGoOn(owner: string): Promise<boolean> {
    const id = parseAccountId(owner.replace(/^person:/, ''));
    const account = id && (await deps.accounts.findAccount(actor, id));
    return account?.status === 'enabled' && account.office === 'programme-officer';
  }

  async function write({ job, lease }: ClaimedImport): Promise<void> {
    for (;;) {
      if (!(await mayGoOn(job.owner))) return end(job, 'rights-changed');
      const right = await lines.readLines(job.id, { states: ['right'], limit: batchSize });
      if (right.length === 0) break;
      const done: ImportLine[] = [];
      for (const line of right) done.push(await put(line));
      await lines.writeLines(job.id, lease, done, leaseEnd());
    }
    await end(job, 'brought-in');
  }

  /** What cannot be done any more must not be in the trail as ordered. */
  async function isNow({ id }: ImportJob, states: readonly ImportJob['state'][]): Promise<boolean> {
    const now = await jobs.findJob(id);
    return now !== undefined && states.includes(now.state);
  }

  async function end(job: ImportJob, ending: 'brought-in' | 'rights-changed'): Promise<void> {
    await deps.audit.record(eventOf(job, { actor: job.owner }, ending));
    await jobs.moveJob(job.id, ['bringing-in'], { state: 'ended', ending }, clock.now());
  }

  return {
    async receive(owner, arriving) {
      const id = deps.random.token(12);
      await jobs.createJob({ id, kind, owner, facts: {} }, clock.now());
      try {
        let batch: { line: number; content: { cells: Record<string, string>; faults: [] } }[] = [];
        for await (const { line, oid, name, code } of arriving) {
          batch.push({ line, content: { cells: { oid, name, code }, faults: [] } });
          if (batch.length < batchSize) continue;
          await lines.appendLines(id, batch);
          batch = [];
        }
        if (batch.length > 0) await lines.appendLines(id, batch);
      } catch (error) {
        await jobs.removeJob(id);
        throw error;
      }
      await jobs.moveJob(id, ['receiving'], { state: 'checking' }, clock.now());
      return id;
    },

    async bringIn(job, context) {
      if (!(await isNow(job, ['checked']))) return false;
      await deps.audit.record(eventOf(job, context, 'ordered'));
      return jobs.moveJob(job.id, ['checked'], { state: 'bringing-in' }, clock.now());
    },

    async cancel(job, context) {
      if (!(await isNow(job, ['checking', 'checked']))) return false;
      await deps.audit.record(eventOf(job, context, 'cancelled'));
      const move = { state: 'ended', ending: 'cancelled' } as const;
      return jobs.moveJob(job.id, ['checking', 'checked'], move, clock.now());
    },

    async work() {
      const claimed = await jobs.claimJob(kind, clock.now(), leaseEnd());
      if (!claimed) return false;
      try {
        if (claimed.job.state === 'checking') await check(claimed);
        else await write(claimed);
      } finally {
        await jobs.releaseJob(claimed.job.id, claimed.lease);
      }
      return true;
    },
  };
}

function effectOf(text: string | undefined): LineEffect {
  return text === 'new' || text === 'changed' ? text : 'same';
}

function eventOf({ id, facts }: ImportJob, context: AuditContext, step: string) {
  const { new: fresh, changed, same } = facts;
  return keptThingChanged(context, 'organizations.import', {
    id,
    evidence: { step, new: fresh, changed, same },
  });
}
