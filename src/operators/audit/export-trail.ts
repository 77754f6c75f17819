/** What leaves the program: the hits as a table, or the whole trail as the lines that verify-audit reads. */
import type { AuditCriteria, AuditStore, ChainedEntry } from '#domain/audit-store.ts';
import { csvTable } from '#http/csv.ts';
import type { EntryReader } from './entry-view.ts';

const pageSize = 500;

const columns = [
  'sequence',
  'time',
  'action',
  'outcome',
  'reason',
  'actor',
  'onAccount',
  'unitOid',
  'clientId',
  'requestId',
  'form',
  'settles',
  'evidence',
  'personal',
  'hash',
] as const;

/** What is not the whole of it says so in its last line, `cut`, before the connection is. */
export function csvOf(
  entries: AsyncIterable<ChainedEntry>,
  readEntry: EntryReader,
  cut: string,
): AsyncIterable<string> {
  async function* rows() {
    for await (const entry of entries) yield cellsOf(entry, readEntry);
  }
  return csvTable(columns, rows(), cut);
}

/** The hits, newest first; entries after `upTo` came while they were read and stay out. */
export async function* foundUpTo(
  store: Pick<AuditStore, 'search'>,
  criteria: AuditCriteria,
  upTo: number,
): AsyncGenerator<ChainedEntry> {
  for (let before = upTo + 1; ;) {
    const page = await store.search(criteria, before, pageSize);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    before = last.sequence;
  }
}

function cellsOf(entry: ChainedEntry, readEntry: EntryReader): readonly string[] {
  const fields = readEntry(entry.entry);
  const values = new Map(Object.entries(entry.personal).map(([name, { value }]) => [name, value]));
  const given: Readonly<Record<string, unknown>> = {
    ...fields,
    sequence: entry.sequence.toString(),
    evidence: fields && Object.keys(fields.evidence).length > 0 ? JSON.stringify(fields.evidence) : '',
    personal: values.size > 0 ? JSON.stringify(Object.fromEntries(values)) : '',
    hash: entry.hash,
  };
  return columns.map((column) => {
    const value = given[column];
    return typeof value === 'string' ? value : '';
  });
}

/** The whole trail in order up to `upTo`, as the entries themselves. */
export async function* entriesUpTo(
  store: Pick<AuditStore, 'read'>,
  upTo: number,
): AsyncGenerator<ChainedEntry> {
  for (let after = 0; after < upTo;) {
    const page = await store.read(after, Math.min(pageSize, upTo - after));
    yield* page;
    const last = page.at(-1);
    if (!last) return;
    after = last.sequence;
  }
}
