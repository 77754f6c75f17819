/**
 * Random managers, accounts and OIDs that look alike, through every deed and list: nothing is read or written outside
 * both ceilings.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { newAccountId } from '#accounts/account-id.ts';
import type { DeedOutcome, DeedRefusal } from '#accounts/management/deed-outcome.ts';
import { createLdapDirectory } from '#adapters/directory/ldap-directory.ts';
import type { Account, Office } from '#domain/account.ts';
import { actorName, type Actor } from '#domain/actor.ts';
import { parseDay } from '#domain/calendar.ts';
import type { RoleGrant } from '#domain/grant.ts';
import { parseNationalId, type NationalId } from '#domain/national-id.ts';
import { parseOid } from '#domain/oid.ts';
import { deedScopes } from '#domain/permission.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { createMemoryDirectory } from '#test/support/memory/account-directory.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';
import { startEmbeddedDirectoryProcess } from '#test/support/start-embedded-directory.ts';
import { testSealing } from '#test/support/test-sealing.ts';
import { contains, gives, isOfficer, mayTouch, reaches } from './plain-permission.ts';
import { catalogue, createRegistryWorld, type RegistryWorld } from './registry-world.ts';
import { createSeeded, type Seeded } from './seeded.ts';

const known = <T>(value: T | undefined): T => value ?? expect.unreachable('malformed value');
const oids = [
  '1.2.3',
  '1.2.3.4',
  '1.2.3.40',
  '1.2.3.4.5',
  '1.2.3.45',
  '1.2.3.40.5',
  '1.2.3.4.5.6',
  '1.2.4',
  '1.2.34',
].map((text) => known(parseOid(text)));
const offices: readonly Office[] = ['general', 'general', 'manager', 'manager', 'programme-officer'];
const categories = ['csm', 'fms', 'psm', 'psr'];
const roles = ['csm_user', 'csm_admin', 'fms_user', 'psr_user'];
const system: Actor = { kind: 'system', purpose: 'command' };
const today = known(parseDay('2026-03-02'));
const warrant = { form: 'F-1', reason: 'trial' };

type Directory = Parameters<typeof createRegistryWorld>[0];
interface Stage extends RegistryWorld {
  readonly directory: Directory;
  readonly random: Seeded;
  readonly people: Account[];
}

let lastNumber = 0;
function newNationalId(): NationalId {
  for (;;) {
    lastNumber += 1;
    const id = parseNationalId(`Y1${String(lastNumber).padStart(8, '0')}`);
    if (id) return id;
  }
}

function randomActor({ random, people }: Stage): Actor {
  const account = random.pick(people);
  const scopeOid = account.jurisdictionOid;
  if (random.once(5)) {
    const scopes = random.some(Object.values(deedScopes).filter((scope) => scope !== undefined));
    return { kind: 'client', id: 'hr', scopes, scopeOid, categories: random.some(categories) };
  }
  const meets = random.once(6) ? 'second-factor' : 'certificate';
  const { id, office } = account;
  return { kind: 'person', id, office, scopeOid, categories: account.categories, meets };
}

function grantsOf(random: Seeded): RoleGrant[] {
  return random.some(roles).map((role) => (random.once(3) ? { role, until: today } : { role }));
}

async function createPeople(directory: Directory, random: Seeded, count: number): Promise<Account[]> {
  const people: Account[] = [];
  for (let n = 0; n < count; n += 1) {
    const oid = random.pick(oids);
    const opened = await directory.accounts.openAccount(system, {
      id: newAccountId(realRandom),
      name: `員${n}`,
      nationalId: newNationalId(),
      birthday: '0215',
      agency: { oid, code: '387000000A', name: `機關${oid}` },
      ...(random.once(2) && { unit: { oid: random.pick(oids), name: '科' } }),
      jurisdictionOid: random.pick(oids),
      office: random.pick(offices),
      categories: random.some(categories),
      openedOn: today,
      openingDay: today,
      contact: random.once(4) ? {} : { email: `p${n}@example.test` },
      grants: grantsOf(random),
    });
    const status = random.pick(['not-opened', 'enabled', 'disabled'] as const);
    await directory.accounts.modifyAccount(system, opened.id, 1, {
      status,
      passwordHash: '{ARGON2}x',
      ...(random.once(2) && { oneDayPassword: { day: today, enabledAt: new Date('2026-03-02T00:00:00Z') } }),
    });
    people.push(known(await directory.accounts.findAccount(system, opened.id)));
  }
  return people;
}

type Deed = (
  stage: Stage,
  actor: Actor,
  target: Account,
) => Promise<DeedOutcome | DeedRefusal | { ok: boolean }>;

const seen = ({ id, revision }: Account) => ({ id, revision });
const contextOf = (actor: Actor) => ({ actor: actorName(actor), requestId: 'r' });

const deeds: Readonly<Record<string, Deed>> = {
  modify: ({ registry, random }, actor, target) =>
    registry.modifyAccount(
      actor,
      seen(target),
      {
        name: `改${random.below(1000)}`,
        ...(random.once(2) && { unit: random.once(3) ? null : { oid: random.pick(oids), name: '新科' } }),
        ...(random.once(3) && { agency: { oid: random.pick(oids), code: '387000000B', name: '他機關' } }),
      },
      warrant,
      contextOf(actor),
    ),
  'set status': ({ registry, random }, actor, target) =>
    registry.setStatus(
      actor,
      seen(target),
      random.pick(['enabled', 'disabled', 'not-opened'] as const),
      warrant,
      contextOf(actor),
    ),
  'set roles': ({ registry, random }, actor, target) =>
    registry.setRoles(actor, seen(target), grantsOf(random), warrant, contextOf(actor)),
  'set office': ({ registry, random }, actor, target) =>
    registry.setOffice(
      actor,
      seen(target),
      {
        office: random.pick(offices),
        jurisdictionOid: random.pick(oids),
        categories: random.some(categories),
      },
      warrant,
      contextOf(actor),
    ),
  'reset password': ({ registry }, actor, target) =>
    registry.resetPassword(actor, seen(target), warrant, contextOf(actor)),
  'enable one-day password': ({ registry }, actor, target) =>
    registry.oneDayPasswords.enable(actor, seen(target), warrant, contextOf(actor)),
  'withdraw one-day password': ({ registry }, actor, target) =>
    registry.oneDayPasswords.withdraw(actor, seen(target), warrant, contextOf(actor)),
  'remove factors': ({ registry }, actor, target) =>
    registry.removeFactors(actor, seen(target), 'all', warrant, contextOf(actor)),
  remove: async ({ registry }, actor, target) => {
    const outcomes = await registry.removeAccounts(actor, [seen(target)], warrant, contextOf(actor));
    return known(outcomes.get(target.id));
  },
};

/** What a deed changed of an account that was within reach must itself be within reach. */
function checkChange(actor: Actor, before: Account, after: Account): void {
  expect(mayTouch(actor, before)).toBe(true);
  expect(reaches(actor, after.scopeOid)).toBe(true);
  const untouchable = ({ grants }: Account) =>
    grants.filter(({ role }) => !gives(actor, role)).map(({ role, until }) => `${role} ${until}`);
  expect(untouchable(after)).toEqual(untouchable(before));
  if (isOfficer(actor)) return;
  const officeOf = ({ office, jurisdictionOid, categories: held, agency }: Account) => ({
    office,
    jurisdictionOid,
    held: held.toSorted(),
    agency,
  });
  expect(officeOf(after)).toEqual(officeOf(before));
}

/** Those who are not as they were, or gone. */
async function changedSince({ directory, people }: Stage): Promise<readonly Account[]> {
  const request = { query: {}, order: 'name', descending: false, pageSize: 200, page: 1 } as const;
  const { accounts } = await directory.listing.listAccounts(system, request);
  const revisions = new Map(accounts.map(({ id, revision }) => [id, revision]));
  return people.filter(({ id, revision }) => revisions.get(id) !== revision);
}

async function tryDeed(stage: Stage, name: string): Promise<boolean> {
  const { directory, people, random } = stage;
  const actor = randomActor(stage);
  const within = people.filter((account) => mayTouch(actor, account));
  const target = random.pick(random.once(2) && within.length > 0 ? within : people);
  const at = stage.events().length;
  const outcome = await known(deeds[name])(stage, actor, target);
  const events = stage.events().slice(at);
  for (const before of await changedSince(stage)) {
    const after = await directory.accounts.findAccount(system, before.id);
    const isOwn = actor.kind === 'person' && actor.id === before.id;
    if (after && isOwn && target.office === 'programme-officer') {
      // Whoever ends an office moves their own revision on, and nothing else of themselves.
      expect(after).toEqual({ ...before, revision: after.revision });
      people.splice(people.indexOf(before), 1, after);
      continue;
    }
    expect(before.id).toBe(target.id);
    if (after) checkChange(actor, before, after);
    else expect([mayTouch(actor, before), name]).toEqual([true, 'remove']);
    people.splice(people.indexOf(before), 1, ...(after ? [after] : []));
  }
  if (!mayTouch(actor, target)) expect(outcome.ok).toBe(false);
  if (!outcome.ok) {
    expect(events.map(({ outcome: said }) => said)).toEqual(['refused']);
    expect(events[0]).toMatchObject({ actor: actorName(actor), reason: expect.stringMatching(/./) });
  }
  return outcome.ok;
}

async function tryOpening(stage: Stage): Promise<boolean> {
  const { registry, random, directory, people } = stage;
  const actor = randomActor(stage);
  const own = people.find(({ id }) => actor.kind === 'person' && id === actor.id);
  const isManager = random.once(3);
  const common = {
    name: '新人',
    nationalId: newNationalId(),
    birthday: '0101',
    grants: grantsOf(random),
    contact: { email: 'new@example.test' },
  };
  const agency = { oid: random.pick(oids), code: '387000000C', name: '某機關' };
  const unit = random.once(2) ? { unit: { oid: random.pick(oids), name: '科' } } : {};
  const context = contextOf(actor);
  const chosen = isOfficer(actor) || actor.kind === 'client' || random.once(4) ? { agency } : {};
  const outcome = isManager
    ? await registry.openManager(
        actor,
        {
          ...common,
          agency,
          ...unit,
          jurisdictionOid: random.pick(oids),
          categories: random.some(categories),
        },
        warrant,
        context,
      )
    : await registry.openAccount(actor, { ...common, ...chosen, ...unit }, warrant, context);
  const opened = await directory.accounts.findAccountByNationalId(system, common.nationalId);
  expect(opened !== undefined).toBe(outcome.ok);
  if (!opened) return false;
  expect(reaches(actor, opened.scopeOid)).toBe(true);
  expect(opened.grants.filter(({ role }) => !gives(actor, role))).toEqual([]);
  if (!isOfficer(actor)) {
    expect([opened.office, opened.categories]).toEqual(['general', []]);
    if (own) expect([opened.agency, opened.jurisdictionOid]).toEqual([own.agency, own.jurisdictionOid]);
  }
  people.push(opened);
  return true;
}

async function tryReading(stage: Stage): Promise<boolean> {
  const { registry, random, people } = stage;
  const actor = randomActor(stage);
  const criteria = {
    ...(random.once(2) && { underOid: random.pick(oids) }),
    ...(random.once(3) && { role: random.pick(roles) }),
    ...(random.once(3) && { category: random.pick(categories) }),
    ...(random.once(3) && { nameKeyword: '員' }),
  };
  const context = contextOf(actor);
  const request = { criteria, order: 'name', descending: false, pageSize: 200, page: 1 } as const;
  const listed = await registry.listAccounts(actor, request, context);
  const exported = await registry.exportAccounts(actor, criteria, context, async () => true);
  const found = [...(listed.ok ? listed.accounts : [])];
  if (exported.ok) for await (const account of exported.accounts) found.push(account);
  const one = await registry.findAccount(actor, random.pick(people).id);
  for (const { scopeOid } of [...found, ...(one ? [one] : [])]) expect(reaches(actor, scopeOid)).toBe(true);
  const place = random.pick(oids);
  const visible = people.filter((each) => reaches(actor, each.scopeOid) && contains(place, each.scopeOid));
  expect(await registry.countAccounts(actor, place)).toBeLessThanOrEqual(visible.length);
  return found.length > 0;
}

/** Gives how often each kind of trial succeeded. */
async function runTrials(
  directory: Directory,
  seed: number,
  trials: number,
): Promise<ReadonlyMap<string, number>> {
  const random = createSeeded(seed);
  const people = await createPeople(directory, random, 60);
  const stage: Stage = { ...createRegistryWorld(directory, testSealing), directory, random, people };
  const names = Object.keys(deeds);
  const done = new Map<string, number>();
  const note = (name: string, ok: boolean) => done.set(name, (done.get(name) ?? 0) + Number(ok));
  for (let trial = 0; trial < trials; trial += 1) {
    const kind = random.below(names.length + 2);
    const name = names[kind];
    if (name !== undefined) {
      // Who removes most of the people leaves nothing to try on.
      if (name === 'remove' && people.length < 40) continue;
      note(name, await tryDeed(stage, name));
    } else if (kind === names.length) note('open', await tryOpening(stage));
    else note('read', await tryReading(stage));
  }
  for (const { id, revision } of people) await directory.accounts.removeAccount(system, id, revision);
  return done;
}

/** Any seed; one that fails is repeated by HUFU_TEST_SEED. */
const anySeed = Number(process.env['HUFU_TEST_SEED'] ?? Date.now() % 1_000_000);

describe('in memory', () => {
  test(`seed ${anySeed}`, async () => {
    await runTrials(createMemoryDirectory(testSealing), anySeed, 600);
  });

  test('seed 1, by which every kind of trial also succeeds: refusing everything would prove nothing', async () => {
    const done = await runTrials(createMemoryDirectory(testSealing), 1, 1000);
    // Nobody here has a certificate to be removed.
    const never = [...done].filter(([, times]) => times === 0).map(([name]) => name);
    expect(never).toEqual(['remove factors']);
  });
});

describe('on the embedded directory', async () => {
  const server = await startEmbeddedDirectoryProcess();
  const directory = createLdapDirectory(
    {
      servers: [{ socketPath: server.socketPath }],
      baseDn: server.baseDn,
      bindDn: server.serviceDn,
      bindPassword: server.servicePassword,
      poolSize: 4,
      timeoutMs: 5000,
      catalogueMaxAgeSeconds: 60,
    },
    { sealing: testSealing, clock: createSetClock(), random: realRandom, log: createKeptLog() },
  );
  afterAll(async () => {
    await directory.close();
    await server.close();
  });

  test(`seed ${anySeed}`, async () => {
    await directory.prepareTree();
    await runTrials(directory, anySeed, 120);
  });
});

test('the catalogue of these trials is what they say of it', () => {
  const codes = catalogue.categories.flatMap((category) => category.roles.map(({ code }) => code));
  expect(codes.toSorted()).toEqual(roles.toSorted());
});
