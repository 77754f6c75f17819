/** Tables of the records as kysely types. Times are milliseconds since 1970; see migrations.ts for keys and indexes. */
import type { Generated } from 'kysely';

export interface RecordsTables {
  schema_version: { version: number };
  health: { id: number; checked_at: number };
  sessions: {
    session_uid: string;
    account_id: string;
    started_at: number;
    ends_at: number;
    ended_at: number | null;
    ending: string | null;
  };
  session_clients: { session_uid: string; client_id: string; sid: string };
  consents: {
    account_id: string;
    client_id: string;
    scope: string;
    first_at: number;
    agreed_at: number;
  };
  relying_parties: {
    client_id: string;
    revision: number;
    /** 1 or 0. */
    enabled: number;
    /** JSON. */
    registration: string;
    /** JSON: hashes with their times. */
    secrets: string;
    created_at: number;
    changed_at: number;
  };
  /** One row, moved on by every change of the table before. */
  relying_party_version: { id: number; version: number };
  /** What was removed from the catalogue by hand. */
  catalogue_removals: { kind: string; id: string };
  announcements: {
    id: string;
    revision: number;
    level: string;
    from_at: number;
    until_at: number;
    zh_title: string;
    zh_body: string;
    en_title: string;
    en_body: string;
  };
  /** One row, moved on by every change of the table before. */
  announcement_version: { id: number; version: number };
  downloads: {
    id: string;
    revision: number;
    /** Where it stands among the others; bigger is later. */
    position: number;
    zh: string;
    en: string;
    place: string;
    file_name: string;
    kind: string;
    size: number;
    hash: string;
  };
  /** One row, moved on by every change of the table before. */
  download_version: { id: number; version: number };
  outbox: {
    id: string;
    kind: string;
    /** Whom it goes to, where many go to the same (a client id); null for mail. */
    recipient: string | null;
    /** Sealed; null once delivered. */
    body: string | null;
    state: 'waiting' | 'delivered' | 'failed' | 'dropped';
    created_at: number;
    expires_at: number;
    /** Not to be claimed before this: next try, or end of the lease of whoever claimed it. */
    due_at: number;
    attempts: Generated<number>;
    /** Code of the last failure. */
    error: string | null;
    finished_at: number | null;
  };
  import_jobs: {
    id: string;
    kind: string;
    owner: string;
    state: string;
    ending: string | null;
    /** Sealed JSON. */
    facts: string;
    created_at: number;
    changed_at: number;
    /** Whose process works on it, until when. */
    lease: string | null;
    lease_until: number;
    /** 1 once the contents of its lines are thrown away. */
    purged: number;
  };
  import_lines: {
    job_id: string;
    line: number;
    state: string;
    subject: string | null;
    /** Sealed JSON; null once thrown away. */
    content: string | null;
  };
  /** One row: where the chain stands. Updating it first is what keeps appenders apart, on any SQL database. */
  audit_head: { id: number; sequence: number; hash: string; appends: number };
  audit_entries: {
    sequence: number;
    entry: string;
    hash: string;
    id: string;
    time: number;
    action: string;
    outcome: string;
    actor: string;
    on_account: string | null;
    unit_oid: string | null;
    settles: string | null;
  };
  /** Apart from the entries, so that retention can cut it. */
  audit_personal: { sequence: number; fields: string };
  /** Intents without outcome, kept by append. */
  audit_open_intents: { id: string; sequence: number; time: number };
}
