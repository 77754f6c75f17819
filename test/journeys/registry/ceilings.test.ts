/**
 * Random managers and accounts through every route that is for managers, taken from the table of routes: nothing is read
 * or written outside both ceilings. What is permitted is said here in other words than src/domain/permission.ts has for it.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Account, Office } from '#domain/account.ts';
import { newAccountSchema } from '#accounts/open-account.ts';
import { registryPrefix, type RegistryRoute } from '#registry/registry-routes.ts';
import { accountForm, accountOf, command, oidOf, warrant } from '../../support/hub/account-forms.ts';
import { startRegistryWorld, type RegistryWorld } from '../../support/hub/registry-visits.ts';
import { samplePerson } from '../../support/hub/sample-people.ts';
import { createSeeded, type Seeded } from '../../unit/accounts/management/seeded.ts';

// Many requests, one after the other.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const oids = ['2.16.3', '2.16.3.4', '2.16.3.40', '2.16.3.4.5', '2.16.3.45', '2.16.34', '2.16.4'].map(oidOf);
const categories = ['csm', 'fms', 'psm', 'bms'];
const roles = ['csm_user', 'csm_fi', 'fms_user', 'bms_user', 'psr_user'];
const offices: readonly Office[] = ['general', 'general', 'general', 'manager', 'programme-officer'];
const deeds = [
  'enable',
  'disable',
  'close',
  'reset-password',
  'one-day-password',
  'withdraw-one-day-password',
  'remove-certificates',
  'remove',
];

let world: RegistryWorld;

const parts = (oid: string) => oid.split('.');
const contains = (root: string, oid: string) => parts(root).every((part, at) => parts(oid)[at] === part);

beforeAll(async () => {
  world = await startRegistryWorld();
  const { organizations, accounts } = world.hub.services.directory;
  for (const oid of oids)
    await organizations.putOrganization(command, { oid, name: `機關${oid}`, code: '387000000A' });
  const random = createSeeded(7);
  for (let n = 800; n < 840; n += 1) {
    const place = random.pick(oids);
    const input = newAccountSchema.parse({
      ...samplePerson({ n, name: `員${n}號` }),
      agency: { oid: place, code: '387000000A', name: `機關${place}` },
      unit: { oid: random.pick(oids), name: '科' },
      jurisdictionOid: random.pick(oids),
      office: random.pick(offices),
      categories: random.some(categories),
      grants: random.some(roles).map((role) => ({ role })),
    });
    const account = await world.hub.services.openAccount(
      command,
      input,
      { form: 'T', reason: 't' },
      { actor: 'system:command' },
    );
    await accounts.modifyAccount(command, account.id, 1, {
      status: random.pick(['enabled', 'disabled', 'not-opened'] as const),
      passwordHash: '{ARGON2}x',
    });
  }
});
afterAll(() => world.close());

interface Trial {
  readonly random: Seeded;
  readonly manager: Account;
  readonly n: number;
  readonly target: Account;
  readonly other: Account;
}

type Fields = readonly (readonly [string, string])[];
interface Request {
  readonly path: string;
  readonly fields?: Fields;
}

const fieldsOf = (form: Record<string, string>): Fields => Object.entries(form);
const typedWarrant = fieldsOf(warrant);
const seen = ({ revision }: Account): Fields => [['revision', String(revision)]];
// Half of what is asked for is within the ceilings, so that the other half does not hide what happens there.
const rolesOf = ({ random, manager }: Trial): Fields => {
  const asked = random.once(2) ? roles : roles.filter((role) => gives(manager, role));
  return random.some(asked).map((role) => ['role', role] as const);
};
const criteria = (random: Seeded): Fields =>
  fieldsOf({
    unit: random.once(2) ? random.pick(oids) : '',
    status: '',
    role: '',
    category: random.once(3) ? random.pick(categories) : '',
    dormant: '',
  });
const unitOf = ({ random, manager }: Trial) => {
  if (random.once(3)) return '';
  return random.pick(random.once(2) ? oids : oids.filter((oid) => contains(manager.jurisdictionOid, oid)));
};

/** One request for each route that is for managers; whoever adds a route says here how it is tried. */
const requests: Readonly<Record<string, (trial: Trial) => Request>> = {
  'get /': () => ({ path: '' }),
  'get /units': ({ random }) => ({ path: `/units?q=${random.pick(oids)}` }),
  'get /open': () => ({ path: '/open' }),
  'get /open/:id': ({ target }) => ({ path: `/open/${target.id}` }),
  'post /open': (trial) => {
    const n = trial.random.once(4) ? 800 + trial.random.below(40) : trial.n;
    return {
      path: '/open',
      fields: [...fieldsOf(accountForm(n, { unit: unitOf(trial) })), ...rolesOf(trial)],
    };
  },
  'get /accounts': ({ random }) => ({ path: `/accounts?unit=${random.pick(oids)}&size=200` }),
  'post /accounts/search': ({ random, target }) => ({
    path: '/accounts/search',
    fields: [...criteria(random), ['name', random.once(2) ? target.name : ''], ['nationalId', '']],
  }),
  'post /accounts/export': ({ random }) => ({
    path: '/accounts/export',
    fields: [...criteria(random), ['format', 'csv']],
  }),
  'post /accounts/remove': ({ target, other }) => ({
    path: '/accounts/remove',
    fields: [
      ['account', target.id],
      ['account', other.id],
    ],
  }),
  'post /accounts/removal': ({ target }) => ({
    path: '/accounts/removal',
    fields: [...typedWarrant, ['target', `${target.id}.${target.revision}`]],
  }),
  'get /accounts/:id': ({ target }) => ({ path: `/accounts/${target.id}` }),
  'get /accounts/:id/history': ({ target }) => ({ path: `/accounts/${target.id}/history` }),
  'get /accounts/:id/change': ({ target }) => ({ path: `/accounts/${target.id}/change` }),
  'post /accounts/:id/change': (trial) => {
    const { name } = trial.target;
    const form = accountForm(899, { name, nationalId: '', birthday: '', unit: unitOf(trial) });
    return {
      path: `/accounts/${trial.target.id}/change`,
      fields: [...seen(trial.target), ['seen', '{}'], ...fieldsOf(form)],
    };
  },
  'get /accounts/:id/roles': ({ target }) => ({ path: `/accounts/${target.id}/roles` }),
  'post /accounts/:id/roles': (trial) => ({
    path: `/accounts/${trial.target.id}/roles`,
    fields: [...seen(trial.target), ...typedWarrant, ...rolesOf(trial)],
  }),
  'get /accounts/:id/:deed': ({ random, target }) => ({
    path: `/accounts/${target.id}/${random.pick(deeds)}`,
  }),
  'post /accounts/:id/:deed': ({ random, target }) => ({
    path: `/accounts/${target.id}/${random.pick(deeds)}`,
    fields: [...seen(target), ...typedWarrant],
  }),
};

/** A job that is not the manager's: whose jobs are whose is tried in batch.test.ts. */
const job = 'another0managers';

/** Files of officials; what a file says goes through the deeds that are tried above. */
const batchRequests: typeof requests = {
  'get /batch': () => ({ path: '/batch' }),
  'get /batch/new': () => ({ path: '/batch/new' }),
  'post /batch/new': () => ({ path: '/batch/new', fields: [] }),
  'get /batch/template/:format': () => ({ path: '/batch/template/csv' }),
  'get /batch/:job': () => ({ path: `/batch/${job}` }),
  'get /batch/:job/progress': () => ({ path: `/batch/${job}/progress` }),
  'get /batch/:job/corrections/:format': () => ({ path: `/batch/${job}/corrections/csv` }),
  'get /batch/:job/opened': () => ({ path: `/batch/${job}/opened` }),
  'get /batch/:job/:deed': () => ({ path: `/batch/${job}/undo` }),
  'post /batch/:job/:deed': () => ({ path: `/batch/${job}/undo`, fields: [] }),
};

const tried = { ...requests, ...batchRequests };

const nameOf = ({ method, path }: RegistryRoute) => `${method} ${path}`;

const writing = [
  'post /open',
  'post /accounts/removal',
  'post /accounts/:id/change',
  'post /accounts/:id/roles',
  'post /accounts/:id/:deed',
];

test('every route that is for managers is tried', () => {
  const managing = world.hub.registry.routes.filter(({ rule }) => rule.offices.includes('manager'));
  expect(managing.map(nameOf).toSorted()).toEqual(Object.keys(tried).toSorted());
});

async function all(): Promise<ReadonlyMap<string, Account>> {
  const found = new Map<string, Account>();
  for await (const { id } of world.hub.services.directory.listing.exportAccounts(command, {})) {
    found.set(id, await accountOf(world, { id }));
  }
  return found;
}

/** The manager who is logged in, given another subtree and other categories. */
async function becomeManager(random: Seeded): Promise<Account> {
  const { account } = world.people.manager;
  const now = await accountOf(world, account);
  await world.hub.services.directory.accounts.modifyAccount(command, now.id, now.revision, {
    jurisdictionOid: random.pick(oids),
    categories: random.some(categories),
    unit: { oid: random.pick(oids), name: '科' },
  });
  return accountOf(world, account);
}

const gives = ({ categories: held }: Account, role: string) =>
  held.includes(role.split('_')[0] ?? '') || (role === 'psr_user' && held.includes('psm'));

function mayTouch(manager: Account, account: Account): boolean {
  const isBelow =
    account.office === 'general' ||
    (account.office === 'manager' &&
      contains(manager.jurisdictionOid, account.jurisdictionOid) &&
      parts(account.jurisdictionOid).length > parts(manager.jurisdictionOid).length);
  return contains(manager.jurisdictionOid, account.scopeOid) && isBelow && account.id !== manager.id;
}

function checkWrites(
  manager: Account,
  before: ReadonlyMap<string, Account>,
  after: ReadonlyMap<string, Account>,
): number {
  let writes = 0;
  for (const [id, was] of before) {
    const is = after.get(id);
    if (is?.revision === was.revision) continue;
    writes += 1;
    expect(mayTouch(manager, was), `${was.name} was not theirs to change`).toBe(true);
    if (!is) continue;
    expect(contains(manager.jurisdictionOid, is.scopeOid)).toBe(true);
    const beyond = ({ grants }: Account) =>
      grants
        .filter(({ role }) => !gives(manager, role))
        .map(({ role }) => role)
        .toSorted();
    expect(beyond(is)).toEqual(beyond(was));
    const fixed = ({ office, jurisdictionOid, categories: held, agency }: Account) => ({
      office,
      jurisdictionOid,
      held,
      agency,
    });
    expect(fixed(is)).toEqual(fixed(was));
  }
  for (const [id, is] of after) {
    if (before.has(id)) continue;
    writes += 1;
    expect(contains(manager.jurisdictionOid, is.scopeOid)).toBe(true);
    expect(is.office).toBe('general');
    expect(is.agency).toEqual(manager.agency);
    expect(is.jurisdictionOid).toBe(manager.jurisdictionOid);
    expect(is.grants.filter(({ role }) => !gives(manager, role))).toEqual([]);
  }
  return writes;
}

/** Any seed; one that fails is repeated by HUFU_TEST_SEED. */
const seed = Number(process.env['HUFU_TEST_SEED'] ?? Date.now() % 1_000_000);

test(`no route reads or writes outside both ceilings (seed ${seed})`, async () => {
  const random = createSeeded(seed);
  const at = world.at.manager;
  const routes = Object.keys(tried);
  let before = await all();
  let [shown, writes] = [0, 0];
  for (let n = 0; n < 160; n += 1) {
    const manager = await becomeManager(random);
    before = new Map(before).set(manager.id, manager);
    // Ids are not the seed's to say.
    const candidates = [...before.values()]
      .filter(({ name }) => name.startsWith('員'))
      .toSorted((a, b) => a.name.localeCompare(b.name));
    const within = candidates.filter((account) => mayTouch(manager, account));
    const targets = within.length > 0 && random.once(2) ? within : candidates;
    const trial = {
      random,
      manager,
      n: 900 + n,
      target: random.pick(targets),
      other: random.pick(candidates),
    };
    const route = random.pick(random.once(2) ? writing : routes);
    const { path, fields } = tried[route]?.(trial) ?? { path: '' };
    const { csrf } = await at.open('/registry/open');
    const address = `${registryPrefix}${path}`;
    const html = fields
      ? (await world.postForm(at, address, [['csrf', csrf], ...fields])).html
      : (await at.open(address)).html;
    for (const { name, scopeOid } of before.values()) {
      // What was typed comes back in its field.
      const said = html.replaceAll(`value="${name}"`, '');
      if (!name.startsWith('員') || !said.includes(name)) continue;
      shown += 1;
      expect(contains(manager.jurisdictionOid, scopeOid), `${route} shows ${name}`).toBe(true);
    }
    const after = await all();
    writes += checkWrites(manager, before, after);
    before = after;
  }
  expect(shown).toBeGreaterThan(10);
  expect(writes, 'too few to tell').toBeGreaterThan(5);
});
