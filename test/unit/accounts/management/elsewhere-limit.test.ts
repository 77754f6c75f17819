/** To be told that somebody has an account out of sight is rationed, whichever deed tells it. */
import { describe, expect, test } from 'vitest';
import { createElsewhereLimit } from '#accounts/management/elsewhere-limit.ts';
import { accountEditSchema } from '#accounts/management/modify-account.ts';
import { managedAccountSchema } from '#accounts/management/open-managed-account.ts';
import type { Actor } from '#domain/actor.ts';
import { createMemoryCounters } from '#test/support/memory/counters.ts';
import { createSetClock } from '#test/support/set-clock.ts';
import {
  agency,
  context,
  createWorld,
  ids,
  known,
  last,
  oid,
  seen,
  warrant,
  type World,
} from './people-world.ts';

const manager = {
  kind: 'person',
  id: 'm',
  office: 'manager',
  scopeOid: '1',
  categories: [],
  meets: 'certificate',
} as unknown as Actor;
const other = { ...manager, id: 'n' } as unknown as Actor;
const program = { kind: 'client', id: 'm', scopes: [], scopeOid: '1', categories: [] } as unknown as Actor;

describe('the limit', () => {
  function openLimit(perDay: number) {
    const clock = createSetClock();
    const limit = createElsewhereLimit({ counters: createMemoryCounters(clock), clock, perDay });
    const hit = async (actor: Actor) => {
      const started = await limit.begin(actor);
      if (started.ok) await started.attempt.keep();
      return started.ok;
    };
    return { clock, limit, hit };
  }

  test('is each one’s own, and ends a day after the first answer', async () => {
    const { hit, clock } = openLimit(2);
    expect([await hit(manager), await hit(manager), await hit(manager)]).toEqual([true, true, false]);
    expect([await hit(other), await hit(program)]).toEqual([true, true]);
    await clock.advance(24 * 3_600_000 - 1);
    expect(await hit(manager)).toBe(false);
    await clock.advance(1);
    expect(await hit(manager)).toBe(true);
  });

  test('takes nothing for what was no such answer', async () => {
    const { limit, hit } = openLimit(1);
    for (let n = 0; n < 200; n += 1) {
      const started = await limit.begin(manager);
      if (!started.ok) expect.unreachable('limited');
      else await started.attempt.giveBack();
    }
    expect([await hit(manager), await hit(manager)]).toEqual([true, false]);
  });

  test('holds for a thousand at the same moment', async () => {
    const { limit } = openLimit(5);
    const started = await Promise.all(Array.from({ length: 1000 }, () => limit.begin(manager)));
    expect(started.filter(({ ok }) => ok).length).toBeLessThanOrEqual(5 + 24);
  });

  test('is not for those who see everything', async () => {
    const { hit } = openLimit(1);
    const officer = { ...manager, office: 'programme-officer' } as unknown as Actor;
    expect([await hit(officer), await hit(officer)]).toEqual([true, true]);
  });
});

describe('of three answers a day', () => {
  /** Sees nobody of those who are there. */
  const beside = (world: World): Actor => ({ ...world.manager, scopeOid: oid('1.2.3.4.2') }) as Actor;
  const input = (nationalId: string) =>
    managedAccountSchema.parse({
      name: '某人',
      nationalId,
      birthday: '0101',
      unit: { oid: '1.2.3.4.2', name: '二科' },
      contact: { email: 'x@example.test' },
    });
  const open = (world: World, at: number) =>
    world.registry.openAccount(beside(world), input(known(ids[at])), warrant, context);

  test('the fourth opening is refused whoever it is for, and each is in the trail', async () => {
    const world = await createWorld();
    for (let n = 0; n < 3; n += 1) {
      expect(await open(world, 0)).toEqual({ ok: false, reason: 'not-unique' });
      expect(last(world)).toMatchObject({
        action: 'account.open',
        outcome: 'refused',
        reason: 'has-account-elsewhere',
        actor: context.actor,
      });
    }
    // Somebody with an account, and somebody without: the same answer.
    for (const at of [0, 3]) {
      expect(await open(world, at)).toEqual({
        ok: false,
        reason: 'not-permitted',
        why: 'too-many-elsewhere',
      });
      expect(last(world)).toMatchObject({ outcome: 'refused', reason: 'too-many-elsewhere' });
    }
    expect(world.directory.all()).toHaveLength(3);
    expect(JSON.stringify(world.events())).not.toContain(known(ids[0]));
  });

  test('a change of the national ID counts with the openings', async () => {
    const world = await createWorld();
    const opened = await open(world, 3);
    const account = opened.ok ? opened.account : expect.unreachable('not opened');
    const change = () =>
      world.registry.modifyAccount(
        beside(world),
        seen(account),
        accountEditSchema.parse({ nationalId: known(ids[0]) }),
        warrant,
        context,
      );
    for (let n = 0; n < 3; n += 1) expect(await change()).toEqual({ ok: false, reason: 'not-unique' });
    expect(await change()).toMatchObject({ why: 'too-many-elsewhere' });
    expect(await open(world, 0)).toMatchObject({ why: 'too-many-elsewhere' });
    const rename = accountEditSchema.parse({ name: '改名' });
    expect(
      await world.registry.modifyAccount(beside(world), seen(account), rename, warrant, context),
    ).toMatchObject({ ok: true });
  });

  test('somebody of the own subtree counts for nothing', async () => {
    const world = await createWorld();
    const again = managedAccountSchema.parse({
      ...input(known(ids[0])),
      unit: { oid: agency.oid, name: '本處' },
    });
    for (let n = 0; n < 6; n += 1)
      expect(await world.registry.openAccount(world.manager, again, warrant, context)).toMatchObject({
        existing: { id: world.target.id },
      });
  });
});
