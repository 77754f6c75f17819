import { expect, test } from 'vitest';
import { createTransactions, type Transaction } from '#interactions/transaction.ts';
import { sampleId } from '#test/support/memory/accounts.ts';
import { openLoginStores } from '#test/unit/authentication/login-stores.ts';

const proved: Transaction = {
  proven: {
    accountId: sampleId('a'),
    revision: 3,
    method: 'opening-password',
    provenAt: new Date('2026-03-02T01:00:00.123Z'),
    mailConfirmed: true,
    remaining: ['rules-of-use', 'change-password'],
    agreedVersion: '2026-01',
  },
};

function transactionsWorld() {
  const { oneTime: store, clock } = openLoginStores();
  return { transactions: createTransactions(store, clock), clock, store };
}

test('begins empty, is found as it was saved, for its own interaction alone', async () => {
  const { transactions } = transactionsWorld();
  expect(await transactions.find('u1')).toEqual({});
  await transactions.save('u1', proved);
  expect(await transactions.find('u1')).toEqual(proved);
  expect(await transactions.find('u2')).toEqual({});
  await transactions.save('u1', { notice: 'activated' });
  expect(await transactions.find('u1')).toEqual({ notice: 'activated' });
});

test('ends when it is removed', async () => {
  const { transactions } = transactionsWorld();
  await transactions.save('u1', proved);
  await transactions.remove('u1');
  await transactions.remove('u1');
  expect(await transactions.find('u1')).toEqual({});
});

test('half an hour after the last step nothing is proved any more', async () => {
  const { transactions, clock } = transactionsWorld();
  await transactions.save('u1', proved);
  await clock.advance(30 * 60_000 - 1);
  expect(await transactions.find('u1')).toEqual(proved);
  await clock.advance(1);
  expect(await transactions.find('u1')).toEqual({});
});

test.each([
  ['a method that there is not', { method: 'whatever' }],
  ['a step that there is not', { remaining: ['skip'] }],
  ['no account', { accountId: undefined }],
])('what was not saved like this proves nothing: %s', async (_, changes) => {
  const { transactions, clock, store } = transactionsWorld();
  const value = JSON.stringify({ proven: { ...proved.proven, ...changes } });
  await store.place('login:u1', value, new Date(clock.now().getTime() + 1000));
  await expect(transactions.find('u1')).rejects.toThrow();
});
