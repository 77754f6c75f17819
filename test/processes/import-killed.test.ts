/**
 * An import under two processes that are killed in the middle of bringing in: another goes on when the lease has run out,
 * nobody is opened twice, nobody is forgotten, and the trail says what the directory says.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportRow } from '#accounts/import/import-columns.ts';
import { personActor, type PersonActor } from '#domain/actor.ts';
import type { Services } from '#src/compose/services.ts';
import { createLog } from '#src/compose/create-log.ts';
import { systemClock } from '#src/compose/system-clock.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { verifyInstalledTrail } from '#src/compose/verify-trail.ts';
import { activePerson } from '#test/support/hub/people.ts';
import { sampleNationalId } from '#test/support/hub/sample-people.ts';
import { auditedFacts, createInstallation, type Installation } from '#test/support/processes/installation.ts';
import { startServeProcess } from '#test/support/processes/serve-process.ts';

const people = 5000;
/** Lines that one process opens at the same moment. */
const linesAtOnce = 24;
const system = { kind: 'system', purpose: 'command' } as const;

let installation: Installation;
let services: Services;
let actor: PersonActor;

beforeAll(async () => {
  installation = await createInstallation(2);
  services = await installation.openServices();
  await services.prepare();
  const { account } = await activePerson(services, { n: 9000 }, 'Correct-horse-7-battery');
  const { accounts } = services.directory;
  await accounts.modifyAccount(system, account.id, account.revision, {
    office: 'manager',
    categories: ['csm'],
  });
  const manager = await accounts.findAccount(system, account.id);
  if (!manager) throw new Error('the manager is gone');
  actor = personActor(manager, 3);
});
afterAll(async () => {
  await services.close();
  installation.remove();
});

async function* rows(): AsyncGenerator<ImportRow> {
  for (let n = 1; n <= people; n += 1) {
    const cells = {
      name: `轉入${n}`,
      nationalId: sampleNationalId(n),
      birthday: '0215',
      email: `i${n}@example.test`,
    };
    yield { line: n + 1, cells: { ...cells, roles: 'csm_user' } };
  }
}

test('killed in the middle, it is brought in whole by the next process', { timeout: 300_000 }, async () => {
  const { imports, stores } = services;
  const { importJobs, importLines } = stores.records;
  const context = { actor: `person:${actor.id}`, requestId: 'r-1' };
  const stateOf = (id: string) => importJobs.findJob(id).then((job) => job?.state);
  const broughtIn = (id: string) => importLines.countLines(id).then((counts) => counts['brought-in']);
  const patiently = { timeout: 150_000, interval: 20 };

  const processes = await Promise.all(installation.configFiles.map(startServeProcess));
  const file = { name: '名冊.csv', encoding: 'utf-8', rows: rows() };
  const received = await imports.receive(actor, file, { form: 'F-1', reason: 'test' }, context);
  if (!received.ok) throw new Error(received.reason);
  const { id } = received;
  await expect.poll(() => stateOf(id), patiently).toBe('checked');
  expect(await imports.bringIn(actor, id, context)).toEqual({ ok: true });
  await expect.poll(() => broughtIn(id), patiently).toBeGreaterThan(people / 5);
  await Promise.all(processes.map((each) => each.kill()));
  expect(await broughtIn(id)).toBeLessThan(people);

  const next = await startServeProcess(installation.configFiles[0] ?? '');
  await expect.poll(() => stateOf(id), patiently).toBe('ended');
  await next.stop();
  expect(await importLines.countLines(id)).toMatchObject({ 'brought-in': people, refused: 0, faulty: 0 });

  const opened = new Set<string>();
  for (const { line, subject } of await importLines.readLines(id, { limit: people })) {
    const account = await services.directory.accounts.findAccountByNationalId(
      system,
      sampleNationalId(line - 1) as Parameters<typeof services.directory.accounts.findAccountByNationalId>[1],
    );
    expect(account?.id, `line ${line}`).toBe(subject);
    if (account) opened.add(account.id);
  }
  expect(opened.size).toBe(people);
  const facts = await auditedFacts(services);
  const intents = facts.filter(({ action, outcome }) => action === 'account.open' && outcome === 'intended');
  const settled = new Map(
    facts.flatMap((fact) => (fact.settles === undefined ? [] : [[fact.settles, fact]])),
  );
  const ofOpened = intents.filter(({ onAccount }) => onAccount !== undefined && opened.has(onAccount));
  const done = ofOpened.filter(({ id: intent }) => settled.get(intent)?.outcome === 'done');
  expect(done.length).toBe(people);
  expect(new Set(done.map(({ onAccount }) => onAccount)).size).toBe(people);
  // Who was about to be opened when a process was killed was intended by the next one again.
  expect(ofOpened.length - done.length).toBeLessThanOrEqual(processes.length * linesAtOnce);
  expect(
    facts.filter(({ action, outcome }) => action === 'account-import.end' && outcome === 'done'),
  ).toHaveLength(1);
  const machine = { clock: systemClock, random: systemRandom, log: createLog(installation.config.log) };
  expect(await verifyInstalledTrail(installation.config, machine)).toMatchObject({ ok: true });
});
