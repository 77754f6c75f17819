import type { Kysely, Transaction } from 'kysely';
import { HufuError } from '#domain/errors.ts';
import type { RecordsTables } from './tables.ts';

type Step = (tx: Transaction<RecordsTables>) => Promise<void>;

/** In order; a step that has been released is never edited, only followed by another. Portable SQL alone. */
const steps: readonly Step[] = [
  createSessions,
  createOutbox,
  createAudit,
  indexAuditSearch,
  indexOutboxList,
  createConsents,
  createRelyingParties,
  createCatalogueRemovals,
  nameOutboxRecipients,
  createImports,
  createAnnouncements,
  createDownloads,
];

/**
 * Brings the tables up to date in one transaction, safe when several processes start at once. Throws
 * `store-unavailable` when the database was written by a newer version of the program.
 */
export async function migrate(db: Kysely<RecordsTables>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.schema
      .createTable('schema_version')
      .ifNotExists()
      .addColumn('version', 'integer', (column) => column.notNull())
      .execute();
    const done = await tx.selectFrom('schema_version').select('version').executeTakeFirst();
    const version = done?.version ?? 0;
    if (version > steps.length) throw new HufuError('store-unavailable', { facts: { code: 'newer-schema' } });
    for (const step of steps.slice(version)) await step(tx);
    if (done) await tx.updateTable('schema_version').set({ version: steps.length }).execute();
    else await tx.insertInto('schema_version').values({ version: steps.length }).execute();
  });
}

async function createSessions(tx: Transaction<RecordsTables>): Promise<void> {
  await tx.schema
    .createTable('health')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('checked_at', 'bigint', (column) => column.notNull())
    .execute();
  await tx.insertInto('health').values({ id: 1, checked_at: 0 }).execute();
  await tx.schema
    .createTable('sessions')
    .addColumn('session_uid', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('ends_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('ending', 'text')
    .execute();
  await tx.schema
    .createIndex('sessions_by_account')
    .on('sessions')
    .columns(['account_id', 'ended_at'])
    .execute();
  await tx.schema.createIndex('sessions_by_end').on('sessions').columns(['ended_at', 'ends_at']).execute();
  await tx.schema
    .createTable('session_clients')
    .addColumn('session_uid', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('sid', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('session_clients_key', ['session_uid', 'client_id', 'sid'])
    .execute();
}

async function createOutbox(tx: Transaction<RecordsTables>): Promise<void> {
  await tx.schema
    .createTable('outbox')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('body', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('error', 'text')
    .addColumn('finished_at', 'bigint')
    .execute();
  await tx.schema.createIndex('outbox_by_due').on('outbox').columns(['state', 'due_at']).execute();
}

async function createAudit(tx: Transaction<RecordsTables>): Promise<void> {
  await tx.schema
    .createTable('audit_head')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('sequence', 'bigint', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('appends', 'bigint', (column) => column.notNull())
    .execute();
  await tx.insertInto('audit_head').values({ id: 1, sequence: 0, hash: '', appends: 0 }).execute();
  await tx.schema
    .createTable('audit_entries')
    .addColumn('sequence', 'bigint', (column) => column.primaryKey())
    .addColumn('entry', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('time', 'bigint', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('on_account', 'text')
    .addColumn('unit_oid', 'text')
    .addColumn('settles', 'text')
    .execute();
  await tx.schema
    .createTable('audit_personal')
    .addColumn('sequence', 'bigint', (column) => column.primaryKey())
    .addColumn('fields', 'text', (column) => column.notNull())
    .execute();
  await tx.schema
    .createTable('audit_open_intents')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('sequence', 'bigint', (column) => column.notNull())
    .addColumn('time', 'bigint', (column) => column.notNull())
    .execute();
}

/** Each with the sequence behind it: hits come newest first without being sorted. */
async function indexAuditSearch(tx: Transaction<RecordsTables>): Promise<void> {
  for (const column of ['actor', 'on_account', 'action'] as const) {
    await tx.schema
      .createIndex(`audit_entries_by_${column}`)
      .on('audit_entries')
      .columns([column, 'sequence'])
      .execute();
  }
  await tx.schema.createIndex('audit_entries_by_time').on('audit_entries').column('time').execute();
}

async function indexOutboxList(tx: Transaction<RecordsTables>): Promise<void> {
  await tx.schema.createIndex('outbox_by_age').on('outbox').columns(['state', 'created_at', 'id']).execute();
}

async function createConsents(tx: Transaction<RecordsTables>): Promise<void> {
  await tx.schema
    .createTable('consents')
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('first_at', 'bigint', (column) => column.notNull())
    .addColumn('agreed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('consents_key', ['account_id', 'client_id', 'scope'])
    .execute();
}

async function createRelyingParties(tx: Transaction<RecordsTables>): Promise<void> {
  await tx.schema
    .createTable('relying_parties')
    .addColumn('client_id', 'text', (column) => column.primaryKey())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('registration', 'text', (column) => column.notNull())
    .addColumn('secrets', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .execute();
  await tx.schema
    .createTable('relying_party_version')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .execute();
  await tx.insertInto('relying_party_version').values({ id: 1, version: 0 }).execute();
  await tx.schema
    .createIndex('session_clients_by_client')
    .on('session_clients')
    .columns(['client_id', 'session_uid'])
    .execute();
}

/** Messages from before have none and are limited by nobody's share; the index gives each recipient's in order. */
async function nameOutboxRecipients(tx: Transaction<RecordsTables>): Promise<void> {
  await tx.schema.alterTable('outbox').addColumn('recipient', 'text').execute();
  await tx.schema
    .createIndex('outbox_by_recipient')
    .on('outbox')
    .columns(['state', 'kind', 'recipient', 'due_at'])
    .execute();
}

async function createCatalogueRemovals(tx: Transaction<RecordsTables>): Promise<void> {
  await tx.schema
    .createTable('catalogue_removals')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('catalogue_removals_key', ['kind', 'id'])
    .execute();
}

/** Lines by state, for the next ones to be worked on, for counts and for pages of them. */
async function createImports(tx: Transaction<RecordsTables>): Promise<void> {
  await tx.schema
    .createTable('import_jobs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('ending', 'text')
    .addColumn('facts', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addColumn('lease', 'text')
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .addColumn('purged', 'integer', (column) => column.notNull())
    .execute();
  await tx.schema
    .createIndex('import_jobs_by_owner')
    .on('import_jobs')
    .columns(['kind', 'owner', 'created_at'])
    .execute();
  await tx.schema
    .createIndex('import_jobs_by_state')
    .on('import_jobs')
    .columns(['state', 'lease_until'])
    .execute();
  await tx.schema
    .createTable('import_lines')
    .addColumn('job_id', 'text', (column) => column.notNull())
    .addColumn('line', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('subject', 'text')
    .addColumn('content', 'text')
    .addPrimaryKeyConstraint('import_lines_key', ['job_id', 'line'])
    .execute();
  await tx.schema
    .createIndex('import_lines_by_state')
    .on('import_lines')
    .columns(['job_id', 'state', 'line'])
    .execute();
}

async function createAnnouncements(tx: Transaction<RecordsTables>): Promise<void> {
  await tx.schema
    .createTable('announcements')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('from_at', 'bigint', (column) => column.notNull())
    .addColumn('until_at', 'bigint', (column) => column.notNull())
    .addColumn('zh_title', 'text', (column) => column.notNull())
    .addColumn('zh_body', 'text', (column) => column.notNull())
    .addColumn('en_title', 'text', (column) => column.notNull())
    .addColumn('en_body', 'text', (column) => column.notNull())
    .execute();
  await tx.schema
    .createTable('announcement_version')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .execute();
  await tx.insertInto('announcement_version').values({ id: 1, version: 0 }).execute();
}

async function createDownloads(tx: Transaction<RecordsTables>): Promise<void> {
  await tx.schema
    .createTable('downloads')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('zh', 'text', (column) => column.notNull())
    .addColumn('en', 'text', (column) => column.notNull())
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('file_name', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  await tx.schema
    .createTable('download_version')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .execute();
  await tx.insertInto('download_version').values({ id: 1, version: 0 }).execute();
}
