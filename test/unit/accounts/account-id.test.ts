import { expect, test } from 'vitest';
import { newAccountId } from '#accounts/account-id.ts';
import { parseAccountId } from '#domain/account.ts';
import { realRandom } from '#test/support/real.ts';

test('every byte gives one of 32 letters, each as often', () => {
  const seen = new Map<string, number>();
  for (let start = 0; start < 256; start += 1) {
    const random = { ...realRandom, bytes: (length: number) => Buffer.alloc(length, start) };
    const letter = newAccountId(random).charAt(0);
    seen.set(letter, (seen.get(letter) ?? 0) + 1);
  }
  expect([...seen.keys()].toSorted().join('')).toBe('234567abcdefghijklmnopqrstuvwxyz');
  expect([...new Set(seen.values())]).toEqual([8]);
});

test('an id is read back, and nothing else is an id', () => {
  const id = newAccountId(realRandom);
  expect(parseAccountId(id)).toBe(id);
  for (const text of ['', id.slice(1), `${id}a`, id.toUpperCase(), id.replace(/.$/, '1'), `${id}\n`]) {
    expect(parseAccountId(text), text).toBeUndefined();
  }
});
