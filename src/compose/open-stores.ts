import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createDownloadFiles } from '#adapters/download-files/download-files.ts';
import {
  openSqliteProtocolStore,
  type SqliteProtocolStore,
} from '#adapters/protocol-store/open-sqlite-protocol-store.ts';
import { startSweeper } from '#adapters/protocol-store/start-sweeper.ts';
import { createCheckpointFile } from '#adapters/records/checkpoint-file.ts';
import { openSqliteRecords, type SqliteRecords } from '#adapters/records/open-sqlite-records.ts';
import { createCheckpoints } from '#audit/checkpoints.ts';
import { createAuditTrail, type AuditTrail } from '#audit/trail.ts';
import type { Config } from '#config/config.ts';
import type { Clock } from '#domain/clock.ts';
import type { DownloadFiles } from '#domain/download-register.ts';
import type { Log } from '#domain/log.ts';
import type { Random } from '#domain/random.ts';
import type { Sealing } from '#domain/sealing.ts';
import type { Keys } from './load-keys.ts';

export interface Stores {
  readonly protocol: SqliteProtocolStore;
  readonly records: SqliteRecords;
  readonly audit: AuditTrail;
  readonly downloadFiles: DownloadFiles;
  close(): Promise<void>;
}

interface Dependencies {
  readonly keys: Keys;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Opens protocol store and records, and the audit trail over them. */
export async function openStores(config: Config, deps: Dependencies): Promise<Stores> {
  const { clock, log, random } = deps;
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const inData = (name: string) => path.join(config.dataFolder, name);
  // Lost protocol state means to log in again; lost records must not happen (design, What lives where).
  const protocol = openSqliteProtocolStore({
    file: inData('protocol.sqlite'),
    synchronous: 'NORMAL',
    clock,
    log,
  });
  const records = await openSqliteRecords({ ...deps, file: inData('records.sqlite') });
  const sweeper = startSweeper({ sweep: protocol.sweep, clock, log });
  const { file, everyEntries, everyMinutes } = config.audit.checkpoint;
  const checkpoints = createCheckpoints({
    sink: createCheckpointFile(file ?? inData('audit-checkpoints.jsonl')),
    key: deps.keys.checkpoint,
    clock,
    log,
    everyEntries,
    everySeconds: everyMinutes * 60,
  });
  const audit = createAuditTrail({ store: records.audit, clock, random, log, checkpoints });
  return {
    protocol,
    records,
    audit,
    downloadFiles: createDownloadFiles({ folder: inData('downloads'), clock, random }),
    async close() {
      sweeper.stop();
      await audit.close();
      await records.close();
      protocol.close();
    },
  };
}
