/** The trail as JSON lines, for keeping and verifying without the program's database. */
import type { ChainedEntry } from '#domain/audit-store.ts';
import type { VerifiableEntry } from './verify.ts';

/** One line an entry, in order, without line ends: `{"entry":"…","hash":"…","personal":{…}}`. */
export async function* exportLines(
  entries: Iterable<VerifiableEntry> | AsyncIterable<VerifiableEntry>,
): AsyncGenerator<string> {
  for await (const { entry, hash, personal } of entries) yield JSON.stringify({ entry, hash, personal });
}

/**
 * Reads exported lines back for verification; the sequence is the one inside the entry. A line that is no export
 * comes back as an entry that verification finds malformed.
 */
export async function* readExport(
  lines: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<VerifiableEntry> {
  for await (const line of lines) {
    if (line !== '') yield parseLine(line) ?? { sequence: 0, entry: '', hash: '', personal: {} };
  }
}

function parseLine(line: string): VerifiableEntry | undefined {
  try {
    const { entry, hash, personal } = JSON.parse(line) as Record<string, unknown>;
    if (typeof entry !== 'string' || typeof hash !== 'string' || !isPersonal(personal)) return undefined;
    const { sequence } = JSON.parse(entry) as Record<string, unknown>;
    return typeof sequence === 'number' ? { sequence, entry, hash, personal } : undefined;
  } catch {
    return undefined;
  }
}

function isPersonal(value: unknown): value is ChainedEntry['personal'] {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every(
    (field: unknown) =>
      typeof field === 'object' &&
      field !== null &&
      'salt' in field &&
      typeof field.salt === 'string' &&
      'value' in field &&
      typeof field.value === 'string',
  );
}
