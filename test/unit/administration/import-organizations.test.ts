import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSqliteRecords } from '#adapters/records/open-sqlite-records.ts';
import { createOrganizationImports, type ArrivingLine } from '#administration/import-organizations.ts';
import type { Account } from '#domain/account.ts';
import type { AuditEvent } from '#domain/audit-store.ts';
import type { Organization } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';
import { testSealing } from '#test/support/test-sealing.ts';

const officer = sampleAccount({ office: 'programme-officer', status: 'enabled' });
const owner = `person:${officer.id}`;

async function openWorld() {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-import-'));
  const clock = createSetClock(new Date('2026-11-26T02:00:00Z'));
  const records = await openSqliteRecords({
    file: path.join(folder, 'records.db'),
    clock,
    random: realRandom,
    sealing: testSealing,
    log: createKeptLog(),
  });
  onTestFinished(async () => {
    await records.close();
    rmSync(folder, { recursive: true });
  });
  const held = new Map<string, Organization>();
  const audited: AuditEvent[] = [];
  const world = {
    puts: [] as string[],
    failAt: Number.POSITIVE_INFINITY,
    /** The officer's account after so many lines. */
    accountAfter: (_puts: number): Account | undefined => officer,
  };
  const imports = createOrganizationImports({
    jobs: records.importJobs,
    lines: records.importLines,
    organizations: {
      findOrganization: async (_actor, oid) => held.get(oid),
      async addOrganization(_actor, organization) {
        if (held.has(organization.oid)) throw new HufuError('not-unique');
        if (world.puts.length >= world.failAt) throw new HufuError('directory-unavailable');
        world.puts.push(organization.oid);
        held.set(organization.oid, organization);
      },
      async changeOrganization(_actor, seen, organization) {
        const now = held.get(seen.oid);
        if (now?.name !== seen.name || now.code !== seen.code) throw new HufuError('changed-meanwhile');
        world.puts.push(organization.oid);
        held.set(organization.oid, organization);
      },
    },
    accounts: {
      findAccount: async (_actor, id) =>
        id === officer.id ? world.accountAfter(world.puts.length) : undefined,
    },
    audit: { record: async (event) => String(audited.push(event)) },
    clock,
    random: realRandom,
  });
  return { ...world, world, records, imports, held, audited };
}

async function* list(lines: readonly Omit<ArrivingLine, 'line'>[]) {
  for (const [at, line] of lines.entries()) yield { line: at + 2, ...line };
}
const many = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ oid: `2.16.886.101.${n + 1}`, name: `機關 ${n}`, code: '' }));
const context = { actor: owner };

test('an import of a thousand lines that breaks off in the middle goes on where it was, and brings each in', async () => {
  const { imports, records, world, held, audited } = await openWorld();
  const id = await imports.receive(owner, list(many(1000)));
  expect(await imports.work()).toBe(true);
  const checked = await records.importJobs.findJob(id);
  expect(checked).toMatchObject({ state: 'checked', facts: { new: '1000', changed: '0', same: '0' } });
  expect(held.size).toBe(0);
  if (!checked) throw new Error('no job');
  expect(await imports.bringIn(checked, context)).toBe(true);
  expect(await imports.bringIn(checked, context)).toBe(false);
  expect(await imports.cancel(checked, context)).toBe(false);
  expect(audited.map(({ evidence }) => evidence?.['step'])).toEqual(['ordered']);
  world.failAt = 450;
  await expect(imports.work()).rejects.toMatchObject({ code: 'directory-unavailable' });
  expect(await records.importLines.countLines(id)).toMatchObject({ 'brought-in': 400, right: 600 });
  world.failAt = Number.POSITIVE_INFINITY;
  expect(await imports.work()).toBe(true);
  expect(held.size).toBe(1000);
  // What the batch under way had brought in is found as it is to be, and not written again.
  expect(world.puts.length).toBe(1000);
  expect(await records.importJobs.findJob(id)).toMatchObject({ state: 'ended', ending: 'brought-in' });
  expect(audited.at(-1)).toMatchObject({ action: 'organizations.import', actor: owner });
  expect(await imports.work()).toBe(false);
});

test('lines are told apart: new, changed, the same, malformed, twice', async () => {
  const { imports, records, held, world } = await openWorld();
  for (const organization of [
    { oid: '2.16.886.101.1', name: '舊名' },
    { oid: '2.16.886.101.2', name: '同名', code: '399000000A' },
  ])
    held.set(organization.oid, organization as Organization);
  const id = await imports.receive(
    owner,
    list([
      { oid: '2.16.886.101.1', name: '新名', code: '' },
      { oid: '2.16.886.101.2', name: '同名', code: '399000000A' },
      { oid: '2.16.886.101.3', name: '新機關', code: '' },
      { oid: '2.16.886.101.3', name: '又一次', code: '' },
      { oid: '2.16.0886', name: 'x', code: '' },
      { oid: '2.16.886.101.4', name: ' ', code: '' },
      { oid: '2.16.886.101.5', name: 'x', code: '<>' },
    ]),
  );
  await imports.work();
  const job = await records.importJobs.findJob(id);
  expect(job?.facts).toEqual({ new: '1', changed: '1', same: '1' });
  const faulty = await records.importLines.readLines(id, { states: ['faulty'], limit: 10 });
  expect(faulty.map(({ line, content }) => [line, content?.faults[0]])).toEqual([
    [5, { column: 'oid', fault: 'twice' }],
    [6, { column: 'oid', fault: 'malformed' }],
    [7, { column: 'name', fault: 'malformed' }],
    [8, { column: 'code', fault: 'malformed' }],
  ]);
  if (!job) throw new Error('no job');
  await imports.bringIn(job, context);
  await imports.work();
  expect(world.puts).toEqual(['2.16.886.101.1', '2.16.886.101.3']);
});

test('what somebody has changed since it was compared stays as they have it', async () => {
  const { imports, records, held, world } = await openWorld();
  const put = (oid: string, name: string, code?: string) =>
    held.set(oid, { oid, name, ...(code !== undefined && { code }) } as Organization);
  put('2.16.886.101.1', '舊名');
  put('2.16.886.101.2', '原名', '399000000A');
  put('2.16.886.101.5', '又一舊名');
  const names = ['新名', '新名二', '新機關', '後來的機關', '又一新名'];
  const id = await imports.receive(
    owner,
    list(names.map((name, at) => ({ oid: `2.16.886.101.${at + 1}`, name, code: '' }))),
  );
  await imports.work();
  const job = await records.importJobs.findJob(id);
  if (!job) throw new Error('no job');
  put('2.16.886.101.1', '承辦人改的名');
  put('2.16.886.101.2', '原名', '399000000B');
  put('2.16.886.101.3', '承辦人新增的');
  // As a process that broke off would have left it.
  put('2.16.886.101.5', '又一新名');
  await imports.bringIn(job, context);
  await imports.work();
  expect([...held.values()].map(({ name, code }) => [name, code])).toEqual([
    ['承辦人改的名', undefined],
    ['原名', '399000000B'],
    ['又一新名', undefined],
    ['承辦人新增的', undefined],
    ['後來的機關', undefined],
  ]);
  expect(world.puts).toEqual(['2.16.886.101.4']);
  const refused = await records.importLines.readLines(id, { states: ['refused'], limit: 10 });
  expect(refused.map(({ line, content }) => [line, content?.faults])).toEqual(
    [2, 3, 4].map((line) => [line, [{ column: 'oid', fault: 'changed' }]]),
  );
});

test('what breaks off while it arrives leaves no job, and what is cancelled is not brought in', async () => {
  const { imports, records, world } = await openWorld();
  const broken = (async function* () {
    yield* list(many(300));
    throw new Error('broken off');
  })();
  await expect(imports.receive(owner, broken)).rejects.toThrow('broken off');
  expect(await records.importJobs.listJobs('organizations', owner, 10)).toEqual([]);
  const id = await imports.receive(owner, list(many(3)));
  await imports.work();
  const job = await records.importJobs.findJob(id);
  if (!job) throw new Error('no job');
  expect(await imports.cancel(job, context)).toBe(true);
  expect(await imports.bringIn(job, context)).toBe(false);
  expect(await imports.work()).toBe(false);
  expect(world.puts).toEqual([]);
});

test.each<[string, Account | undefined]>([
  ['is disabled', { ...officer, status: 'disabled' }],
  ['has another office', { ...officer, office: 'manager' }],
  ['has none any more', { ...officer, office: 'general' }],
  ['is deleted', undefined],
])('an import whose owner %s goes no further, which is audited', async (_, account) => {
  const { imports, records, world, audited } = await openWorld();
  const id = await imports.receive(owner, list(many(1000)));
  await imports.work();
  const job = await records.importJobs.findJob(id);
  if (!job) throw new Error('no job');
  await imports.bringIn(job, context);
  world.accountAfter = (puts) => (puts < 300 ? officer : account);
  expect(await imports.work()).toBe(true);
  // The batch under way is brought in whole.
  expect(world.puts).toHaveLength(400);
  expect(await records.importJobs.findJob(id)).toMatchObject({ state: 'ended', ending: 'rights-changed' });
  expect(audited.at(-1)).toMatchObject({
    action: 'organizations.import',
    actor: owner,
    evidence: { id, step: 'rights-changed' },
  });
  expect(await imports.work()).toBe(false);
});
