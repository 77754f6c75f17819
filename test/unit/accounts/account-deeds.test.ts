/** The deeds on an account that is there: what each writes, what it refuses, and when it tells the person. */
import { describe, expect, test } from 'vitest';
import { createActivateAccount } from '#accounts/activate-account.ts';
import { createChangePassword } from '#accounts/change-password.ts';
import { createEnableOneDayPassword } from '#accounts/enable-one-day-password.ts';
import { createRecordPasswordLogin } from '#accounts/record-password-login.ts';
import { createResetPassword } from '#accounts/reset-password.ts';
import type { Account } from '#domain/account.ts';
import { HufuError } from '#domain/errors.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { createDeedWorld, type DeedWorld } from './deed-world.ts';

const context = { actor: 'person:a', address: '9.9.9.9' };
const officer = { kind: 'system', purpose: 'command' } as const;
const warrant = { form: 'F-7', reason: 'card left at home' };
const password = { hash: '{ARGON2}secret', history: ['{ARGON2}secret', '{ARGON2}older'] };
const waiting = sampleAccount({ revision: 4, status: 'not-opened' });
const enabled = sampleAccount({ revision: 4 });

const notices = (world: DeedWorld) => ({
  accountActivated: async () => world.note('mail'),
  passwordChanged: async () => world.note('mail'),
  oneDayPasswordEnabled: async (_account: Account, day: string, code: string) =>
    world.note(`mail ${day} ${code}`),
});

/** Each deed as one call on an account it is meant for. */
const deeds = {
  activate: (world: DeedWorld, account = waiting) =>
    createActivateAccount({ ...world, notices: notices(world) })(
      account,
      { password, agreedVersion: '2026-01', mailConfirmed: true },
      context,
    ),
  'change-password': (world: DeedWorld, account = enabled) =>
    createChangePassword({ ...world, notices: notices(world) })(
      account,
      password,
      'one-day-password',
      context,
    ),
  'enable-one-day-password': (world: DeedWorld, account = enabled) =>
    createEnableOneDayPassword({
      ...world,
      notices: notices(world),
      issueCode: async (_id, day) => {
        world.note(`code for ${day}`);
        return { code: '12345678' };
      },
    })(officer, account, warrant, context),
  reset: (world: DeedWorld, account = enabled) =>
    createResetPassword({
      ...world,
      withdrawCode: async (_id, day) => world.note(`withdraw ${day}`),
      endSessionsOf: async (id, ending) => {
        world.note(`end sessions of ${id}: ${ending}`);
      },
    })(officer, account, warrant, context),
};

const followed = (world: DeedWorld) => world.steps.filter((step) => /^(mail|code|end)/.test(step));

describe.each(Object.entries(deeds))('%s', (name, deed) => {
  test('is audited before and after; what follows comes when it is done', async () => {
    const world = createDeedWorld();
    await deed(world);
    expect(world.steps.slice(0, 2)).toEqual(['audit intended', 'modify']);
    const events = world.events();
    expect(events.map(({ outcome }) => outcome)).toEqual(['intended', 'done']);
    // By the revision reconciliation finds out whether it was carried out.
    expect(events[0]).toMatchObject({ onAccount: enabled.id, evidence: { revision: '5' } });
    expect(JSON.stringify(events)).not.toMatch(/ARGON2|12345678|9\.9\.9\.9/);
    expect(followed(world)).toHaveLength(name === 'enable-one-day-password' ? 2 : 1);
  });

  test('while nothing can be audited: nothing is changed, nothing follows', async () => {
    const world = createDeedWorld();
    world.store.failing = new Error('disk full');
    await expect(deed(world)).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(world.steps).toEqual([]);
  });

  test.each(['changed-meanwhile', 'directory-unavailable'] as const)(
    'refused with %s: nothing follows',
    async (code) => {
      const world = createDeedWorld();
      world.failing = new HufuError(code);
      await expect(deed(world)).rejects.toMatchObject({ code });
      expect(followed(world)).toEqual([]);
      const outcomes = world.events().map(({ outcome }) => outcome);
      expect(outcomes).toEqual(code === 'changed-meanwhile' ? ['intended', 'failed'] : ['intended']);
    },
  );
});

test('activation writes password, agreement and time, and ends the opening password', async () => {
  const world = createDeedWorld();
  await deeds.activate(world);
  const now = world.clock.now();
  expect(world.changes).toEqual([
    {
      status: 'enabled',
      activatedAt: now,
      agreement: { version: '2026-01', at: now },
      passwordHash: password.hash,
      passwordHistory: password.history,
      passwordChangedAt: now,
      openingDay: null,
      emailConfirmed: true,
    },
  ]);
});

test.each(['enabled', 'disabled'] as const)(
  'an account that is %s is not activated, nor audited',
  async (status) => {
    const world = createDeedWorld();
    await expect(deeds.activate(world, { ...waiting, status })).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    expect([world.steps, world.events()]).toEqual([[], []]);
  },
);

test('a changed password leaves status and one-day password alone', async () => {
  const world = createDeedWorld();
  expect(await deeds['change-password'](world)).toBe(5);
  expect(world.changes).toEqual([
    { passwordHash: password.hash, passwordHistory: password.history, passwordChangedAt: world.clock.now() },
  ]);
});

describe('a one-day password', () => {
  test('is for the day in Taipei, and its code for the same day', async () => {
    const world = createDeedWorld();
    world.clock.set(new Date('2026-12-31T16:00:00.000Z'));
    await deeds['enable-one-day-password'](world);
    expect(world.changes).toEqual([
      { oneDayPassword: { day: '2027-01-01', enabledAt: world.clock.now(), enabledBy: 'system:command' } },
    ]);
    expect(followed(world)).toEqual(['code for 2027-01-01', 'mail 2027-01-01 12345678']);
    expect(world.events()[0]).toMatchObject({ form: 'F-7', evidence: { day: '2027-01-01' } });
  });

  test.each<[string, Partial<Account>]>([
    ['is not opened', { status: 'not-opened' }],
    ['is disabled', { status: 'disabled' }],
    ['has no address', { contact: {} }],
  ])('is not enabled for an account that %s', async (_, changes) => {
    const world = createDeedWorld();
    const act = deeds['enable-one-day-password'](world, { ...enabled, ...changes });
    await expect(act).rejects.toMatchObject({ code: 'not-permitted' });
    expect([world.steps, world.events()]).toEqual([[], []]);
  });
});

test.each(['enabled', 'disabled', 'not-opened'] as const)(
  'a reset of an account that is %s leaves no other way in, and remembers former passwords',
  async (status) => {
    const world = createDeedWorld();
    await deeds.reset(world, { ...enabled, status });
    expect(world.changes).toEqual([
      {
        status: 'not-opened',
        openingDay: '2026-03-02',
        passwordHash: null,
        passwordChangedAt: null,
        activatedAt: null,
        oneDayPassword: null,
      },
    ]);
    expect(world.steps.at(-1)).toBe(`end sessions of ${enabled.id}: account-disabled`);
    expect(world.events()[0]).toMatchObject({ evidence: { statusBefore: status } });
  },
);

describe('a login', () => {
  const record = (world: DeedWorld, confirmed: boolean, emailConfirmed: boolean) =>
    createRecordPasswordLogin(world.accounts)({ ...enabled, emailConfirmed }, world.clock.now(), confirmed);

  test('is kept without a change of the account', async () => {
    const world = createDeedWorld();
    expect([await record(world, false, false), await record(world, true, true)]).toEqual([4, 4]);
    expect(world.steps).toEqual(['record password login', 'record password login']);
  });

  test('by the first code that came back confirms the address', async () => {
    const world = createDeedWorld();
    expect(await record(world, true, false)).toBe(5);
    expect(world.changes).toEqual([{ emailConfirmed: true }]);
  });
});
