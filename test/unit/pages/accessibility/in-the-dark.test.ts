import { expect, test } from 'vitest';
import { findAxeFaults } from '#test/support/gallery/find-axe-faults.ts';

test(
  'axe finds no serious or critical fault on any page: in the dark, on a phone',
  { timeout: 400_000 },
  async () => {
    expect(await findAxeFaults({ colorScheme: 'dark', width: 390, language: 'zh-TW' })).toEqual([]);
  },
);
