/** Programme officers after each other: of any number, at the same moment, one at least stays in office. */
import { describe, expect, test } from 'vitest';
import { personActor, type Actor } from '#domain/actor.ts';
import type { Account } from '#domain/account.ts';
import { HufuError } from '#domain/errors.ts';
import type { Registry } from '#src/compose/registry.ts';
import { createMemoryDirectory } from '#test/support/memory/account-directory.ts';
import { testSealing } from '#test/support/test-sealing.ts';
import { agency, context, ids, known, openPerson, seen, system, warrant } from './people-world.ts';
import { createRegistryWorld } from './registry-world.ts';

const general = { office: 'general', jurisdictionOid: agency.oid, categories: [] } as const;
type Ending = (registry: Registry, actor: Actor, account: Account) => Promise<unknown>;
const endings: readonly (readonly [string, Ending])[] = [
  [
    'the office is withdrawn',
    ({ setOffice }, actor, account) => setOffice(actor, seen(account), general, warrant, context),
  ],
  [
    'the account is disabled',
    ({ setStatus }, actor, account) => setStatus(actor, seen(account), 'disabled', warrant, context),
  ],
  [
    'the account is deleted',
    ({ removeAccounts }, actor, account) => removeAccounts(actor, [seen(account)], warrant, context),
  ],
  [
    'the password is reset',
    ({ resetPassword }, actor, account) => resetPassword(actor, seen(account), warrant, context),
  ],
];

async function openOfficers(count: number) {
  const directory = createMemoryDirectory(testSealing);
  const world = createRegistryWorld(directory, testSealing);
  const officers: Account[] = [];
  for (const nationalId of ids.slice(0, count))
    officers.push(await openPerson(directory, { nationalId, office: 'programme-officer' }));
  const inOffice = () =>
    directory.all().filter(({ office, status }) => office === 'programme-officer' && status === 'enabled');
  return { ...world, directory, officers, inOffice };
}

describe.each(endings)('when %s', (_, end) => {
  test.each([2, 3, 4])('by each of %i officers to the next, one at least remains', async (count) => {
    const { registry, officers, inOffice } = await openOfficers(count);
    await Promise.all(
      officers.map((officer, at) =>
        end(registry, personActor(officer, 3), known(officers.at(at + 1 - count))),
      ),
    );
    expect(inOffice().length).toBeGreaterThan(0);
  });

  test('by one to the other, it is done', async () => {
    const { registry, officers, inOffice } = await openOfficers(2);
    const [one, other] = officers.map(known);
    await end(registry, personActor(known(one), 3), known(other));
    expect(inOffice().map(({ id }) => id)).toEqual([one?.id]);
  });

  test('by somebody whose own office has just ended, it is refused and audited', async () => {
    const { registry, officers, directory, inOffice, events } = await openOfficers(2);
    const [one, other] = officers.map(known);
    const actor = personActor(known(one), 3);
    await directory.accounts.modifyAccount(system, known(one).id, known(one).revision, { office: 'general' });
    await end(registry, actor, known(other));
    expect(inOffice().map(({ id }) => id)).toEqual([other?.id]);
    expect(events().at(-1)).toMatchObject({ outcome: 'refused' });
  });
});

test('a command may end the last office, being the way back in', async () => {
  const { registry, officers, inOffice } = await openOfficers(1);
  const outcome = await registry.setOffice(system, seen(known(officers[0])), general, warrant, context);
  expect(outcome).toMatchObject({ ok: true });
  expect(inOffice()).toEqual([]);
});

test('an own account that changes for another reason is tried again, one that never rests is a clean answer', async () => {
  for (const [failures, remaining] of [
    [2, 1],
    [3, 2],
  ] as const) {
    const { officers, directory, inOffice } = await openOfficers(2);
    const [one, other] = officers.map(known);
    let left = failures;
    const accounts = {
      ...directory.accounts,
      modifyAccount: async (...given: Parameters<typeof directory.accounts.modifyAccount>) => {
        if (given[1] === one?.id && left > 0) {
          left -= 1;
          throw new HufuError('changed-meanwhile');
        }
        return directory.accounts.modifyAccount(...given);
      },
    };
    const { registry } = createRegistryWorld({ ...directory, accounts }, testSealing);
    const outcome = await registry.setOffice(
      personActor(known(one), 3),
      seen(known(other)),
      general,
      warrant,
      context,
    );
    expect(outcome).toMatchObject(failures === 2 ? { ok: true } : { reason: 'changed-meanwhile' });
    expect(inOffice()).toHaveLength(remaining);
  }
});
