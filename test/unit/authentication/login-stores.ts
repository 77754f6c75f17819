import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import {
  openSqliteProtocolStore,
  type SqliteProtocolStore,
} from '#adapters/protocol-store/open-sqlite-protocol-store.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { createSetClock, type SetClock } from '#test/support/set-clock.ts';

/** The embedded protocol store in a folder of its own, under a clock that stands still, until the test ends. */
export function openLoginStores(start?: Date): SqliteProtocolStore & { readonly clock: SetClock } {
  const clock = createSetClock(start);
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-login-'));
  const file = path.join(folder, 'protocol.sqlite');
  const store = openSqliteProtocolStore({ file, synchronous: 'NORMAL', clock, log: createKeptLog() });
  onTestFinished(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });
  return { ...store, clock };
}
