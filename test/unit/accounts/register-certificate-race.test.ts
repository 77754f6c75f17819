/** Twenty registrations at the same moment against a directory that runs, and an audit trail that is real. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRegisterCertificate } from '#accounts/register-certificate.ts';
import type { Account } from '#domain/account.ts';
import { parseNationalId } from '#domain/national-id.ts';
import {
  createDirectoryWorld,
  newAccount,
  newNationalId,
  system,
  type DirectoryWorld,
} from '#test/conformance/directory/directory-world.ts';
import { startEmbeddedDirectoryProcess } from '#test/support/start-embedded-directory.ts';
import { samplePath } from '#test/support/valid-paths.ts';
import { createDeedWorld } from './deed-world.ts';

let world: DirectoryWorld;

beforeAll(async () => {
  const embedded = await startEmbeddedDirectoryProcess();
  world = await createDirectoryWorld({
    ...embedded,
    connect: { socketPath: embedded.socketPath },
    url: `ldapi://${encodeURIComponent(embedded.socketPath)}`,
  });
  await world.directory.prepareTree();
});
afterAll(async () => {
  await world.close();
  await world.server.close();
});

/** Two people whose names and last four digits are the same. */
async function openTwins(): Promise<{ readonly twins: Account[]; readonly lastFour: string }> {
  const first = newNationalId();
  const letters = [...'ABCDEFGHJKLM'];
  const second = letters.flatMap((letter) => twinOf(first, letter)).find((id) => id !== first);
  if (!second) throw new Error('no twin');
  const twins: Account[] = [];
  for (const nationalId of [first, second]) {
    const { id } = await world.directory.accounts.openAccount(system, newAccount({ nationalId }));
    await world.directory.accounts.modifyAccount(system, id, 1, { status: 'enabled' });
    const account = await world.directory.accounts.findAccount(system, id);
    if (account) twins.push(account);
  }
  return { twins, lastFour: first.slice(-4) };
}

/** National IDs that begin with `letter` and end as `id` does. */
function twinOf(id: string, letter: string) {
  return Array.from(
    { length: 10 },
    (_, digit) => parseNationalId(`${letter}1000${digit}${id.slice(-4)}`) ?? [],
  ).flat();
}

test('one card, two accounts that it fits: one of twenty registrations binds it', async () => {
  const { twins, lastFour } = await openTwins();
  const deeds = createDeedWorld();
  let mails = 0;
  const register = createRegisterCertificate({
    ...deeds,
    clock: world.clock,
    accounts: world.directory.accounts,
    notices: {
      certificateRegistered: async () => {
        mails += 1;
      },
    },
    sealing: world.sealing,
    policy: { freshMinutes: 5, fromOtherSessions: false },
  });
  const path = samplePath({ name: '範例人', serialNumber: '9912345678901234', lastFour });
  const session = { level: 2, loggedInAt: world.clock.now() } as const;
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, turn) => {
      const account = twins[turn % 2];
      if (!account) throw new Error('a twin is missing');
      const context = { actor: `person:${account.id}` };
      return register({ account, session }, async () => ({ ok: true, path, evidence: {} }), context);
    }),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(mails).toBe(1);
  const reasons = results.flatMap((result) => (result.ok ? [] : [result.reason]));
  for (const reason of reasons) expect(['bound-elsewhere', 'changed-meanwhile']).toContain(reason);
  const after = await Promise.all(twins.map(({ id }) => world.directory.accounts.findAccount(system, id)));
  expect(after.flatMap((account) => account?.certificates ?? [])).toHaveLength(1);
  const settled = deeds.events().filter(({ outcome }) => outcome === 'done');
  expect(settled).toHaveLength(1);
});
