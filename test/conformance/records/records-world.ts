import { readTrail } from '#audit/read-trail.ts';
import { createAuditTrail, type AuditTrail } from '#audit/trail.ts';
import { verifyTrail, type TrailVerdict } from '#audit/verify.ts';
import { parseAccountId, type AccountId } from '#domain/account.ts';
import type { AuditEvent, AuditStore } from '#domain/audit-store.ts';
import type { Consents } from '#domain/consents.ts';
import type { ImportJobs, ImportLines } from '#domain/import-jobs.ts';
import type { Outbox, OutboxOperations, RecordsHealth, SessionRegister } from '#domain/records.ts';
import type { AnnouncementRegister } from '#domain/announcement-register.ts';
import type { DownloadRegister } from '#domain/download-register.ts';
import type { CatalogueRemovals } from '#domain/catalogue-register.ts';
import type { RelyingPartyRegister } from '#domain/relying-party-register.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock, type SetClock } from '#test/support/set-clock.ts';
import type { StoreProcess } from '#test/support/store-process.ts';

export interface OpenedRecords {
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
  /** Another process with the same database open; its clock is the real one. */
  startProcess(): Promise<StoreProcess>;
  /** Closes this connection and opens the same database again. */
  reopen(): Promise<OpenedRecords>;
  close(): Promise<void>;
}

/** An empty database of records under a clock that a test sets. */
export interface RecordsWorld {
  readonly records: OpenedRecords;
  readonly clock: SetClock;
  inMs(milliseconds: number): Date;
  trailOn(store: AuditStore): AuditTrail;
  verdictOf(store: AuditStore): Promise<TrailVerdict>;
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export async function openRecordsWorld(
  open: (clock: SetClock) => Promise<OpenedRecords>,
): Promise<RecordsWorld> {
  const clock = createSetClock(new Date());
  let records = await open(clock);
  return {
    get records() {
      return records;
    },
    clock,
    inMs: (milliseconds) => new Date(clock.now().getTime() + milliseconds),
    trailOn: (store) => createAuditTrail({ store, clock, random: realRandom, log: createKeptLog() }),
    verdictOf: async (store) => verifyTrail(readTrail(store), { head: await store.head() }),
    async reopen() {
      records = await records.reopen();
    },
    close: () => records.close(),
  };
}

export const second = 1000;
export const minute = 60 * second;

export const event = (fields: Partial<AuditEvent> = {}): AuditEvent => ({
  action: 'test.act',
  outcome: 'done',
  actor: 'system:command',
  ...fields,
});

export function accountId(letter: string): AccountId {
  const id = parseAccountId(letter.repeat(26));
  if (!id) throw new Error('not an account id');
  return id;
}
