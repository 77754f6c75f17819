/**
 * The embedded records: one SQLite file in WAL mode with synchronous=FULL, that several processes may share.
 * Owns the file; tables and queries are portable SQL through kysely, so that PostgreSQL differs in its dialect
 * alone. Order of opening: file, tables brought up to date, ports.
 */
import { Kysely } from 'kysely';
import type { AuditStore } from '#domain/audit-store.ts';
import type { AnnouncementRegister } from '#domain/announcement-register.ts';
import type { DownloadRegister } from '#domain/download-register.ts';
import type { CatalogueRemovals } from '#domain/catalogue-register.ts';
import type { Clock } from '#domain/clock.ts';
import type { Consents } from '#domain/consents.ts';
import type { ImportJobs, ImportLines } from '#domain/import-jobs.ts';
import type { Log } from '#domain/log.ts';
import type { Random } from '#domain/random.ts';
import type { Outbox, OutboxOperations, RecordsHealth, SessionRegister } from '#domain/records.ts';
import type { RelyingPartyRegister } from '#domain/relying-party-register.ts';
import type { Sealing } from '#domain/sealing.ts';
import { openSqliteFile } from '../sqlite/open-file.ts';
import { createAuditStore } from './audit-store.ts';
import { createAnnouncementRegister } from './announcements.ts';
import { createDownloadRegister } from './downloads.ts';
import { createCatalogueRemovals } from './catalogue-removals.ts';
import { createConsents } from './consents.ts';
import { createImportJobs } from './import-jobs.ts';
import { createImportLines } from './import-lines.ts';
import { migrate } from './migrations.ts';
import { createInsertMessage, createOutbox } from './outbox.ts';
import { createOutboxOperations } from './outbox-operations.ts';
import { createRelyingPartyRegister } from './relying-parties.ts';
import { createSessionRegister } from './session-register.ts';
import { createSqliteDialect } from './sqlite-dialect.ts';
import type { RecordsTables } from './tables.ts';

export interface SqliteRecordsOptions {
  readonly file: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly sealing: Sealing;
  readonly log: Log;
}

export interface SqliteRecords {
  readonly sessions: SessionRegister;
  readonly consents: Consents;
  readonly relyingParties: RelyingPartyRegister;
  readonly catalogueRemovals: CatalogueRemovals;
  readonly importJobs: ImportJobs;
  readonly importLines: ImportLines;
  readonly announcements: AnnouncementRegister;
  readonly downloads: DownloadRegister;
  readonly outbox: Outbox;
  readonly outboxOperations: OutboxOperations;
  readonly audit: AuditStore;
  readonly health: RecordsHealth;
  close(): Promise<void>;
}

/** Opens the records, creating file (mode 0600) and tables. Throws `store-unavailable`. */
export async function openSqliteRecords(options: SqliteRecordsOptions): Promise<SqliteRecords> {
  const { file, clock } = options;
  const db = new Kysely<RecordsTables>({
    dialect: createSqliteDialect(openSqliteFile({ file, synchronous: 'FULL' })),
  });
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const insertMessage = createInsertMessage(options);
  return {
    sessions: createSessionRegister({ db, insertMessage }),
    consents: createConsents(db),
    relyingParties: createRelyingPartyRegister(db),
    catalogueRemovals: createCatalogueRemovals(db),
    importJobs: createImportJobs({ ...options, db }),
    importLines: createImportLines({ ...options, db }),
    announcements: createAnnouncementRegister(db),
    downloads: createDownloadRegister(db),
    outbox: createOutbox({ ...options, db }, insertMessage),
    outboxOperations: createOutboxOperations({ ...options, db }),
    audit: createAuditStore(db),
    health: {
      /** Writes, since a full or read-only disk still answers reads. */
      async checkRecords() {
        await db
          .updateTable('health')
          .set({ checked_at: clock.now().getTime() })
          .where('id', '=', 1)
          .execute();
      },
    },
    close: () => db.destroy(),
  };
}
