import { defineConfig } from 'vitest/config';
import LongFilesFirst from './test/support/order/long-files-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    globalSetup: './test/support/hub/canary-watch.ts',
    pool: 'forks',
    // Test files start slapd, browsers and servers of their own: more at a time starves them.
    maxWorkers: 2,
    sequence: { sequencer: LongFilesFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/support/reporter/count-line.ts'],
  },
});
