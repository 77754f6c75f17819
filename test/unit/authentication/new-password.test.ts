import { describe, expect, test } from 'vitest';
import { createNewPasswords } from '#authentication/new-password.ts';
import type { PasswordHashing } from '#domain/password-hashing.ts';
import { sealingContext } from '#domain/sealing.ts';
import { sampleAccount, sampleId } from '#test/support/memory/accounts.ts';
import { testSealing } from '#test/support/test-sealing.ts';

const id = sampleId('a');
const plain: PasswordHashing = {
  hash: async (password) => `hash of ${password}`,
  verify: async (password, hash) => hash === `hash of ${password}`,
};

const withHistory = (...history: string[]) =>
  sampleAccount({
    id,
    nationalId: testSealing.seal('A123456789', sealingContext('national-id', id)),
    birthday: testSealing.seal('0215', sealingContext('birthday', id)),
    password: { set: true, history: history.map((password) => `hash of ${password}`) },
  });

function passwordsWith(history = 3, hashing = plain) {
  const policy = {
    minLength: 12,
    maxLength: 128,
    requireSpecial: false,
    history,
    minAgeDays: 1,
    maxAgeDays: 90,
  };
  return createNewPasswords({ hashing, sealing: testSealing, policy, openingPasswordPrefix: 'MmDd' });
}

const [first, second, third, fourth] = ['one', 'two', 'three', 'four'].map(
  (word) => `Correct-horse-7-${word}`,
) as [string, string, string, string];

test('a good one is hashed and goes in front of those that are remembered', async () => {
  expect(await passwordsWith().prepare(withHistory(second), first)).toEqual({
    ok: true,
    password: { hash: `hash of ${first}`, history: [`hash of ${first}`, `hash of ${second}`] },
  });
});

describe('the last three', () => {
  const recent = { ok: false, broken: ['not-recent'] };

  test('may not come back; the one before them may, and falls out', async () => {
    const account = withHistory(first, second, third, fourth);
    for (const former of [first, second, third]) {
      expect(await passwordsWith().prepare(account, former)).toEqual(recent);
    }
    const verdict = await passwordsWith().prepare(account, fourth);
    expect(verdict).toEqual({
      ok: true,
      password: {
        hash: `hash of ${fourth}`,
        history: [fourth, first, second].map((password) => `hash of ${password}`),
      },
    });
  });

  test('may not come back in another writing of the same signs', async () => {
    const account = withHistory('Correct-horse-7-caf\u00e9');
    expect(await passwordsWith().prepare(account, 'Correct-horse-7-cafe\u0301')).toEqual(recent);
  });

  test('are none where a deployment asks for none', async () => {
    expect(await passwordsWith(0).prepare(withHistory(first), first)).toEqual({
      ok: true,
      password: { hash: `hash of ${first}`, history: [] },
    });
  });
});

test('what breaks a rule is not hashed at all', async () => {
  const never: PasswordHashing = {
    hash: () => Promise.reject(new Error('hashed')),
    verify: () => Promise.reject(new Error('verified')),
  };
  expect(await passwordsWith(3, never).prepare(withHistory(first), 'shrt-Horse')).toEqual({
    ok: false,
    broken: ['length', 'digit'],
  });
  expect(await passwordsWith(3, never).prepare(withHistory(first), 'MmDd02156789')).toEqual({
    ok: false,
    broken: ['not-personal'],
  });
});
