import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSqliteProtocolStore } from '#adapters/protocol-store/open-sqlite-protocol-store.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { startStoreProcess } from '#test/support/store-process.ts';
import { describeProtocolStore } from './protocol-store-suite.ts';

describeProtocolStore('protocol store on SQLite', async (clock) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-protocol-store-'));
  const file = path.join(folder, 'protocol.db');
  const store = openSqliteProtocolStore({ file, synchronous: 'NORMAL', clock, log: createKeptLog() });
  return {
    ...store,
    startProcess: () => startStoreProcess('protocol-store-worker', file),
    async close() {
      store.close();
      rmSync(folder, { recursive: true });
    },
  };
});
