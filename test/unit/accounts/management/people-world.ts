/** A manager, a programme officer and somebody of the manager's subtree, before a directory in memory. */
import { expect } from 'vitest';
import { newAccountId } from '#accounts/account-id.ts';
import type { Account } from '#domain/account.ts';
import { personActor, type Actor } from '#domain/actor.ts';
import { parseDay } from '#domain/calendar.ts';
import type { NewAccount } from '#domain/directory.ts';
import { parseNationalId, type NationalId } from '#domain/national-id.ts';
import { parseOid, type Oid } from '#domain/oid.ts';
import { createMemoryDirectory, type MemoryDirectory } from '#test/support/memory/account-directory.ts';
import { realRandom } from '#test/support/real.ts';
import { testSealing } from '#test/support/test-sealing.ts';
import { createRegistryWorld, type RegistryWorld } from './registry-world.ts';

export const known = <T>(value: T | undefined): T => value ?? expect.unreachable('malformed value');
export const oid = (text: string): Oid => known(parseOid(text));
export const today = known(parseDay('2026-03-02'));
export const yesterday = known(parseDay('2026-03-01'));
export const system: Actor = { kind: 'system', purpose: 'command' };
export const warrant = { form: 'F-9', reason: 'transferred' };
export const context = { actor: 'person:m', address: '9.9.9.9' };
export const agency = { oid: oid('1.2.3.4'), code: '387000000A', name: '示範市政府' };
export const ids = ['A123456789', 'A800000014', 'A900000016', 'F830000009'].map((text) =>
  known(parseNationalId(text)),
);

export interface World extends RegistryWorld {
  readonly directory: MemoryDirectory;
  readonly manager: Actor;
  readonly officer: Actor;
  /** An enabled account of the manager's subtree. */
  readonly target: Account;
  find(id: Account['id']): Promise<Account>;
}

export async function openPerson(
  directory: MemoryDirectory,
  given: Partial<NewAccount> & { nationalId: NationalId },
) {
  const { accounts } = directory;
  const opened = await accounts.openAccount(system, {
    id: newAccountId(realRandom),
    name: '王小明',
    birthday: '0215',
    agency,
    unit: { oid: oid('1.2.3.4.1'), name: '一科' },
    jurisdictionOid: agency.oid,
    office: 'general',
    categories: [],
    openedOn: today,
    openingDay: today,
    contact: { email: 'ming@example.test', phone: '02-1' },
    grants: [],
    ...given,
  });
  const activatedAt = new Date('2026-03-01T00:00:00Z');
  await accounts.modifyAccount(system, opened.id, 1, { status: 'enabled', activatedAt, passwordHash: '{X}' });
  return known(await accounts.findAccount(system, opened.id));
}

export async function createWorld(given: Partial<NewAccount> = {}): Promise<World> {
  const directory = createMemoryDirectory(testSealing);
  const [first, second, third] = ids.map(known);
  const target = await openPerson(directory, { nationalId: known(first), ...given });
  const manager = await openPerson(directory, {
    nationalId: known(second),
    office: 'manager',
    categories: ['csm'],
  });
  const officer = await openPerson(directory, { nationalId: known(third), office: 'programme-officer' });
  return {
    ...createRegistryWorld(directory, testSealing),
    directory,
    target,
    manager: personActor(manager, 3),
    officer: personActor(officer, 3),
    find: async (id) => known(await directory.accounts.findAccount(system, id)),
  };
}

export const last = (world: World) => known(world.events().at(-1));
export const intended = (world: World) =>
  known(world.events().findLast(({ outcome }) => outcome === 'intended'));
export const seen = ({ id, revision }: Account) => ({ id, revision });
