import { expect, test } from 'vitest';
import { findAxeFaults } from '#test/support/gallery/find-axe-faults.ts';

test('axe finds no serious or critical fault on any page: at a desk', { timeout: 400_000 }, async () => {
  expect(await findAxeFaults({ colorScheme: 'light', width: 1280, language: 'zh-TW' })).toEqual([]);
});
