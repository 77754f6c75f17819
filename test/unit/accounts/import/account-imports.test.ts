import { expect, test } from 'vitest';
import type { OpenManagedAccount } from '#accounts/management/open-managed-account.ts';
import { HufuError } from '#domain/errors.ts';
import { known, oid, system, warrant } from '../management/people-world.ts';
import { limits, ordered, personLine, rowsOf, startImportWorld, type ImportWorld } from './import-world.ts';

const people = (count: number) => Array.from({ length: count }, (_, nth) => personLine(nth + 1));
const faultsIn = async (world: ImportWorld, id: string) =>
  (await world.lines(id)).map(({ content }) =>
    content?.faults.map(({ column, fault, about }) => [column, fault, about]),
  );
const statesIn = async (world: ImportWorld, id: string) => (await world.lines(id)).map(({ state }) => state);
const actions = (world: ImportWorld) => world.events().map(({ action, outcome }) => `${action} ${outcome}`);
const imported = (world: ImportWorld) =>
  world.directory.all().filter(({ name }) => name.startsWith('轉入')).length;

async function broughtIn(world: ImportWorld, count: number): Promise<string> {
  const id = await world.receive(people(count));
  await world.work();
  expect(await world.imports.bringIn(world.actor, id, ordered)).toEqual({ ok: true });
  await world.work();
  return id;
}

test('what is right is brought in, each by the deed of one account, and the people are told', async () => {
  const world = await startImportWorld();
  const id = await world.receive([
    personLine(1, { unitOid: '1.2.3.4.1', roles: 'csm_user', title: '科員' }),
    personLine(2, { email: 'nowhere' }),
    personLine(3),
  ]);
  expect(await world.job(id)).toMatchObject({ state: 'checking' });
  await world.work();
  expect(await statesIn(world, id)).toEqual(['right', 'faulty', 'right']);
  expect(await world.job(id)).toMatchObject({ state: 'checked' });
  expect(imported(world)).toBe(0);
  await world.imports.bringIn(world.actor, id, ordered);
  await world.work();
  expect(await world.job(id)).toMatchObject({ state: 'ended', ending: 'brought-in' });
  expect(await statesIn(world, id)).toEqual(['brought-in', 'faulty', 'brought-in']);
  const account = known(world.named('轉入1'));
  expect(account).toMatchObject({
    status: 'not-opened',
    unit: { oid: '1.2.3.4.1', name: '一科' },
    agency: { code: '387000000A' },
    grants: [{ role: 'csm_user' }],
    contact: { title: '科員' },
    office: 'general',
  });
  expect(world.followed.filter((each) => each.startsWith('mail accountOpened'))).toHaveLength(2);
  expect(world.events().filter(({ action }) => action === 'account.open')).toHaveLength(4);
  expect(actions(world).filter((each) => each.startsWith('account-import'))).toEqual([
    'account-import.receive done',
    'account-import.check done',
    'account-import.order done',
    'account-import.end done',
  ]);
  expect(world.events().at(-1)).toMatchObject({
    actor: `person:${world.actor.id}`,
    form: warrant.form,
    evidence: { job: id, opened: '2', refused: '0', ending: 'brought-in' },
  });
});

test('what the opening password is made of is thrown away as soon as an account is opened', async () => {
  const world = await startImportWorld();
  const id = await broughtIn(world, 1);
  const [line] = await world.lines(id);
  expect(Object.keys(known(line?.content).cells).sort()).toEqual(['email', 'name']);
});

test('nobody is taken twice: not within the file, not who has an account already', async () => {
  const world = await startImportWorld();
  const known2 = await world.receive([personLine(2)]);
  await world.work();
  await world.imports.bringIn(world.actor, known2, ordered);
  await world.work();
  const id = await world.receive([personLine(1), personLine(2), personLine(1, { name: '轉入又一' })]);
  await world.work();
  expect(await faultsIn(world, id)).toEqual([
    [],
    [['nationalId', 'has-account', undefined]],
    [['nationalId', 'twice-in-file', '2']],
  ]);
});

test('of accounts elsewhere nothing is told by checking; bringing in refuses them', async () => {
  const world = await startImportWorld();
  const { accounts } = world.directory;
  const elsewhere = {
    agency: { oid: oid('1.2.3.40'), code: '387000000B', name: '他局' },
    unit: null,
  } as const;
  await broughtIn(world, 1);
  const account = known(world.named('轉入1'));
  await accounts.modifyAccount(system, account.id, account.revision, elsewhere);
  const id = await world.receive([personLine(1, { name: '轉入再一次' })]);
  await world.work();
  expect(await statesIn(world, id)).toEqual(['right']);
  await world.imports.bringIn(world.actor, id, ordered);
  await world.work();
  expect(await statesIn(world, id)).toEqual(['refused']);
  expect(await faultsIn(world, id)).toEqual([[['nationalId', 'has-account-elsewhere', undefined]]]);
});

test('a file is no way to look up who has an account elsewhere: after so many of them no line is brought in', async () => {
  const world = await startImportWorld();
  const { accounts } = world.directory;
  const agency = { oid: oid('1.2.3.40'), code: '387000000B', name: '他局' };
  await broughtIn(world, 30);
  for (let n = 1; n <= 30; n += 1) {
    const account = known(world.named(`轉入${n}`));
    await accounts.modifyAccount(system, account.id, account.revision, { agency, unit: null });
  }
  const before = world.directory.all().length;
  const id = await world.receive(Array.from({ length: 40 }, (_, n) => personLine(n + 1)));
  await world.work();
  await world.imports.bringIn(world.actor, id, ordered);
  await world.work();
  // Three are answered in a day here, and those that are tried at the same moment.
  const faults = (await faultsIn(world, id)).map((found) => found?.[0]?.[1]);
  expect(faults.filter((fault) => fault === 'has-account-elsewhere').length).toBeLessThanOrEqual(3 + 24);
  // The last ten have no account anywhere, which nobody is told.
  expect(new Set(faults.slice(-13))).toEqual(new Set(['refused']));
  expect(world.directory.all()).toHaveLength(before);
});

test('lines outside the jurisdiction, of another agency or with roles of other categories are refused and audited', async () => {
  const world = await startImportWorld();
  const id = await world.receive([
    personLine(1, { unitOid: '1.2.3.40.1' }),
    personLine(2, { unitOid: '1.2.3.4.7' }),
    personLine(3, { roles: 'csm_user fms_user' }),
    personLine(4, { agencyOid: '1.2.3.40' }),
    personLine(5, { agencyOid: '1.2.3.4' }),
  ]);
  await world.work();
  expect(await faultsIn(world, id)).toEqual([
    [['unitOid', 'outside-jurisdiction', undefined]],
    [['unitOid', 'unknown-unit', undefined]],
    [['roles', 'category-not-held', 'fms_user']],
    [['agencyOid', 'agency-not-own', undefined]],
    [],
  ]);
  const refused = world.events().filter(({ outcome }) => outcome === 'refused');
  expect(refused.map(({ action, reason, evidence }) => [action, reason, evidence])).toEqual([
    ['account.open', 'outside-jurisdiction', { job: id, lines: '2' }],
    ['account.open', 'category-not-held', { job: id, lines: '4', about: 'fms_user' }],
    ['account.open', 'agency-not-own', { job: id, lines: '5' }],
  ]);
});

test('a programme officer names the agency of each line', async () => {
  const world = await startImportWorld();
  const id = await world.receive(
    [personLine(1), personLine(2, { agencyOid: '1.2.3.4' }), personLine(3, { agencyOid: '1.2.3.4.1' })],
    world.programmeOfficer,
  );
  await world.work();
  expect(await faultsIn(world, id)).toEqual([
    [['agencyOid', 'missing', undefined]],
    [],
    [['agencyOid', 'unknown-agency', undefined]],
  ]);
});

test('somebody who may not open accounts hands in nothing, and it is audited', async () => {
  const world = await startImportWorld();
  const file = { name: 'x', encoding: 'utf-8', rows: rowsOf(people(1)) };
  const weak = { ...world.actor, meets: 'second-factor' } as const;
  const outcome = await world.imports.receive(weak, file, warrant, ordered);
  expect(outcome).toMatchObject({ ok: false, why: 'certificate-required' });
  expect(world.events().at(-1)).toMatchObject({ action: 'account.open', outcome: 'refused' });
});

test('another manager’s import does not exist, whatever is asked of it', async () => {
  const world = await startImportWorld();
  const id = await world.receive(people(1));
  await world.work();
  const { imports, colleague } = world;
  expect(await imports.find(colleague, id)).toBeUndefined();
  expect(await imports.list(colleague)).toEqual([]);
  for (const deed of ['bringIn', 'cancel', 'undo'] as const)
    expect(await imports[deed](colleague, id, ordered)).toEqual({ ok: false, reason: 'not-found' });
  expect(await imports.find(world.programmeOfficer, id)).toBeUndefined();
  expect((await imports.list(world.actor)).map((job) => job.id)).toEqual([id]);
  expect(await world.job(id)).toMatchObject({ state: 'checked' });
});

test('a file that turns out to be faulty while it is read leaves nothing', async () => {
  const world = await startImportWorld();
  async function* broken() {
    yield* rowsOf(people(2));
    throw new Error('broken off');
  }
  const file = { name: 'x', encoding: 'utf-8', rows: broken() };
  await expect(world.imports.receive(world.actor, file, warrant, ordered)).rejects.toThrow('broken off');
  expect(await world.records.importJobs.listJobs('accounts', `person:${world.actor.id}`, 9)).toEqual([]);
});

test('five are open at once, no more', async () => {
  const world = await startImportWorld();
  for (let nth = 0; nth < 5; nth += 1) await world.receive(people(1));
  await expect(world.receive(people(1))).rejects.toThrow('too-many');
  const [first] = await world.imports.list(world.actor);
  await world.imports.cancel(world.actor, known(first).id, ordered);
  await expect(world.receive(people(1))).resolves.toBeDefined();
});

test('checking ends early when nearly everything is faulty', async () => {
  const world = await startImportWorld();
  const id = await world.receive(people(200).map((line) => ({ ...line, email: 'nowhere' })));
  await world.work();
  expect(await world.job(id)).toMatchObject({ state: 'ended', ending: 'too-many-faults' });
  const { faulty, waiting } = await world.records.importLines.countLines(id);
  expect(faulty).toBeGreaterThan(limits.mostFaulty);
  expect(waiting).toBeGreaterThan(50);
});

test('cancelled before it is brought in, nothing is; cancelled while it is, what is opened stays', async () => {
  const world = await startImportWorld();
  const early = await world.receive(people(1));
  await world.imports.cancel(world.actor, early, ordered);
  await world.work();
  expect(await world.job(early)).toMatchObject({ state: 'ended', ending: 'cancelled' });
  expect(await world.imports.bringIn(world.actor, early, ordered)).toEqual({ ok: false, reason: 'not-now' });

  const id = await world.receive(people(120));
  await world.work();
  await world.imports.bringIn(world.actor, id, ordered);
  let opened = 0;
  const cancelling: OpenManagedAccount = async (...given) => {
    opened += 1;
    if (opened === 60) expect(await world.imports.cancel(world.actor, id, ordered)).toEqual({ ok: true });
    return world.registry.openAccount(...given);
  };
  await world.startProcess({ openAccount: cancelling }).work();
  expect(await world.job(id)).toMatchObject({ state: 'ended', ending: 'cancelled' });
  expect(imported(world)).toBe(96);
  expect(await world.records.importLines.countLines(id)).toMatchObject({ 'brought-in': 96, right: 24 });
});

test('rights that changed meanwhile stop it: disabled, other categories, another jurisdiction', async () => {
  for (const change of [
    { status: 'disabled' },
    { categories: ['csm', 'fms'] },
    { jurisdictionOid: oid('1.2.3.4.1') },
    { office: 'general' },
  ] as const) {
    const world = await startImportWorld();
    const id = await world.receive(people(3));
    await world.work();
    await world.imports.bringIn(world.actor, id, ordered);
    const { id: owner, revision } = world.managerAccount;
    await world.directory.accounts.modifyAccount(system, owner, revision, change);
    await world.work();
    expect(await world.job(id)).toMatchObject({ state: 'ended', ending: 'rights-changed' });
    expect(imported(world)).toBe(0);
    expect(world.events().at(-1)).toMatchObject({
      action: 'account-import.end',
      evidence: { ending: 'rights-changed' },
    });
  }
});

/** A process that ends in the middle of its work: from its `nth` opening on, nothing answers. */
function dying(world: ImportWorld, nth: number) {
  let opened = 0;
  const openAccount: OpenManagedAccount = async (...given) => {
    opened += 1;
    if (opened > nth) throw new HufuError('directory-unavailable');
    return world.registry.openAccount(...given);
  };
  return world.startProcess({ openAccount });
}

test('after a crash another process goes on: nobody is opened twice, nobody is forgotten', async () => {
  const world = await startImportWorld();
  const id = await world.receive(people(130));
  await world.work();
  await world.imports.bringIn(world.actor, id, ordered);
  await dying(world, 70).work();
  expect(imported(world)).toBe(70);
  expect(await world.records.importLines.countLines(id)).toMatchObject({ 'brought-in': 48, right: 82 });
  await world.work();
  expect(await world.job(id)).toMatchObject({ state: 'ended', ending: 'brought-in' });
  expect(imported(world)).toBe(130);
  expect(await world.records.importLines.countLines(id)).toMatchObject({ 'brought-in': 130, refused: 0 });
  const told = new Set(
    world.followed.filter((each) => each.startsWith('mail')).map((each) => each.split(' ').at(-1)),
  );
  expect(told.size).toBe(130);
});

test('cancelled after a crash, it settles what had been opened', async () => {
  const world = await startImportWorld();
  const id = await world.receive(people(100));
  await world.work();
  await world.imports.bringIn(world.actor, id, ordered);
  await dying(world, 20).work();
  await world.imports.cancel(world.actor, id, ordered);
  await world.work();
  expect(await world.job(id)).toMatchObject({ state: 'ended', ending: 'cancelled' });
  expect(await world.records.importLines.countLines(id)).toMatchObject({ 'brought-in': 20, right: 80 });
  expect(imported(world)).toBe(20);
});

test('two processes at once bring each line in once', async () => {
  const world = await startImportWorld();
  const id = await world.receive(people(150));
  const others = [world.startProcess(), world.startProcess()];
  await Promise.all([world, ...others].map((each) => each.work()));
  await world.imports.bringIn(world.actor, id, ordered);
  await Promise.all([world, ...others].map((each) => each.work()));
  expect(imported(world)).toBe(150);
  expect(
    world.events().filter(({ action, outcome }) => action === 'account.open' && outcome === 'intended'),
  ).toHaveLength(150);
});

test('a process whose lease has run out writes nothing of what it checked', async () => {
  const world = await startImportWorld();
  const id = await world.receive(people(3));
  const late = await world.records.importJobs.claimJob('accounts', world.clock.now(), world.clock.now());
  await world.work();
  expect(await world.job(id)).toMatchObject({ state: 'checked' });
  const write = world.records.importLines.writeLines(
    id,
    known(late).lease,
    [{ line: 2, state: 'faulty' }],
    new Date(),
  );
  await expect(write).rejects.toMatchObject({ code: 'changed-meanwhile' });
});

test('undone on the same day: those nobody has touched are gone, the others stay', async () => {
  const world = await startImportWorld();
  const id = await broughtIn(world, 4);
  const { accounts } = world.directory;
  const changed = known(world.named('轉入2'));
  await accounts.modifyAccount(system, changed.id, 1, { contact: { phone: '1' } });
  const used = known(world.named('轉入3'));
  await accounts.recordLogin(system, used.id, 'password', world.clock.now());
  const removed = known(world.named('轉入4'));
  await accounts.removeAccount(system, removed.id, 1);
  expect(await world.imports.undo(world.actor, id, ordered)).toEqual({ ok: true });
  await world.work();
  expect(await world.job(id)).toMatchObject({ state: 'ended', ending: 'undone' });
  expect(await statesIn(world, id)).toEqual(['undone', 'kept', 'kept', 'undone']);
  expect(world.named('轉入1')).toBeUndefined();
  expect(actions(world)).toContain('account-import.undo done');
  expect(await world.imports.undo(world.actor, id, ordered)).toEqual({ ok: false, reason: 'not-now' });
});

test('the day after, nothing is undone', async () => {
  const world = await startImportWorld();
  const id = await broughtIn(world, 1);
  await world.clock.advance(24 * 3_600_000);
  expect(await world.imports.undo(world.actor, id, ordered)).toEqual({ ok: false, reason: 'not-now' });
  expect(imported(world)).toBe(1);
});

test('orders come in their order, once', async () => {
  const world = await startImportWorld();
  const id = await world.receive(people(2));
  expect(await world.imports.bringIn(world.actor, id, ordered)).toEqual({ ok: false, reason: 'not-now' });
  expect(await world.imports.undo(world.actor, id, ordered)).toEqual({ ok: false, reason: 'not-now' });
  await world.work();
  const both = await Promise.all([1, 2].map(() => world.imports.bringIn(world.actor, id, ordered)));
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
});

test('lines that are taken out end once the manager may no more, and the trail has how many left', async () => {
  const world = await startImportWorld();
  const id = await broughtIn(world, 250);
  const taken = async (mayGoOn: () => Promise<boolean>) => {
    const lines: number[] = [];
    const read = async () => {
      for await (const { line } of await world.imports.takeOut(id, 'opened', ordered, mayGoOn))
        lines.push(line);
    };
    const failure = await read().catch((error: unknown) => error);
    return { lines, failure, evidence: world.events().at(-1)?.evidence };
  };
  const whole = await taken(async () => true);
  expect(whole.lines).toEqual(Array.from({ length: 250 }, (_, nth) => nth + 2));
  expect(whole).toMatchObject({
    failure: undefined,
    evidence: { what: 'opened', count: '250', whole: 'yes' },
  });
  const answers = [true];
  const cut = await taken(async () => answers.pop() ?? false);
  expect(cut.lines).toHaveLength(200);
  expect(cut.failure).toMatchObject({ code: 'not-permitted' });
  expect(cut.evidence).toMatchObject({ count: '200', whole: 'no', ending: 'rights-changed' });
});
