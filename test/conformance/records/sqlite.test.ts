import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSqliteRecords } from '#adapters/records/open-sqlite-records.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { startStoreProcess } from '#test/support/store-process.ts';
import { testSealing } from '#test/support/test-sealing.ts';
import { describeRecords } from './records-suite.ts';
import type { OpenedRecords } from './records-world.ts';

describeRecords('records on SQLite', async (clock) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-records-'));
  const file = path.join(folder, 'records.db');
  const open = async (): Promise<OpenedRecords> => {
    const records = await openSqliteRecords({
      file,
      clock,
      random: realRandom,
      sealing: testSealing,
      log: createKeptLog(),
    });
    return {
      ...records,
      startProcess: () => startStoreProcess('records-worker', file),
      async reopen() {
        await records.close();
        return open();
      },
      async close() {
        await records.close();
        rmSync(folder, { recursive: true });
      },
    };
  };
  return open();
});
