import { expect, test } from 'vitest';
import {
  changedFields,
  mergeTexts,
  readSeen,
  storedTexts,
  type ChangeTexts,
} from '#registry/account/change-form.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';

const stored = storedTexts(
  sampleAccount({ contact: { email: 'a@example.test', title: 'T', phone: '02-1234567' } }),
);
const texts = (more: Partial<ChangeTexts>): ChangeTexts => ({ ...stored, ...more });

test('number and birthday are never part of what a form shows', () => {
  expect([stored.nationalId, stored.birthday]).toEqual(['', '']);
  expect(stored.title).toBe('T');
});

test('only what differs from what the form was filled with is a change', () => {
  expect(changedFields(stored, texts({ title: 'T ', phone: '' }))).toEqual(['phone']);
  expect(changedFields({}, texts({ title: '' }))).not.toContain('title');
});

test('what came back of the form is read, or counts as not seen', () => {
  expect(readSeen(JSON.stringify(stored))).toEqual(stored);
  for (const text of ['', 'null', '[]', '{"title":1}', '{"office":"manager"}'])
    expect(readSeen(text)).toEqual({});
});

test('of two changes mine stands in the field and theirs beside it; what I left alone is theirs', () => {
  const mine = texts({ title: 'mine', extension: '12' });
  const now = texts({ title: 'theirs', phone: '02-7654321' });
  const { texts: merged, meanwhile } = mergeTexts(stored, mine, now);
  expect(merged).toEqual(texts({ title: 'mine', extension: '12', phone: '02-7654321' }));
  expect(meanwhile).toEqual({
    title: { kind: 'conflict', stored: 'theirs' },
    phone: { kind: 'theirs', stored: '02-7654321' },
  });
});

test('the same change by both is no conflict', () => {
  const same = texts({ title: 'new' });
  expect(mergeTexts(stored, same, same).meanwhile).toEqual({});
});
