import { expect, test } from 'vitest';
import { endOfPrefix, truncateKey } from '#adapters/embedded-directory/store/index-keys.ts';

test.each([
  ['a', 'b'],
  ['王', '玌'],
  ['a\u{10ffff}', 'b'],
  ['\ud7ff', '\ue000'],
  ['𠮷', '𠮸'],
  ['', undefined],
  ['\u{10ffff}', undefined],
])('the texts beginning with %j end before %j', (prefix, end) => {
  expect(endOfPrefix(prefix)).toBe(end);
});

test('a long key is cut without cutting a character in two', () => {
  expect(truncateKey('a'.repeat(200))).toHaveLength(200);
  expect(truncateKey('a'.repeat(300))).toHaveLength(200);
  expect(truncateKey(`${'a'.repeat(199)}𠮷a`)).toBe('a'.repeat(199));
  expect(truncateKey('𠮷'.repeat(200)).isWellFormed()).toBe(true);
});
