import { expect, test } from 'vitest';
import { findAxeFaults } from '#test/support/gallery/find-axe-faults.ts';

test(
  'axe finds no serious or critical fault on any page: on a phone, in English',
  { timeout: 400_000 },
  async () => {
    expect(await findAxeFaults({ colorScheme: 'light', width: 390, language: 'en' })).toEqual([]);
  },
);
