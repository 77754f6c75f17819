/** How the columns of a file of officials are headed, in either language; people move and leave out columns. */
import {
  importColumns,
  requiredColumns,
  type ImportCells,
  type ImportColumn,
} from '#accounts/import/import-columns.ts';
import type { ImportRow } from '#accounts/import/import-columns.ts';
import { TableError } from '#http/table/table-error.ts';
import type { TableRow } from '#http/table/table-row.ts';
import { languages, type Language } from '#pages/messages/define-messages.ts';
import { translate } from '#pages/messages/translate.ts';

/** What our own files have besides; of no meaning when they come back. */
const ownColumns = ['line', 'faults', 'state'] as const;

type Column = ImportColumn | (typeof ownColumns)[number];

export function headingOf(language: Language, column: Column): string {
  return translate(language, `registry.batch.column.${column}`);
}

const columnByHeading: ReadonlyMap<string, Column> = new Map(
  languages.flatMap((language) =>
    [...importColumns, ...ownColumns].map((column) => [plain(headingOf(language, column)), column] as const),
  ),
);

/** As people type them: width, case, spaces and a mark for what must be filled in make no difference. */
function plain(heading: string): string {
  return heading
    .normalize('NFKC')
    .replace(/[\s*＊]/g, '')
    .toLowerCase();
}

export type HeadVerdict =
  | { readonly ok: true; readonly columns: readonly (Column | undefined)[] }
  | {
      readonly ok: false;
      readonly fault: 'missing-columns' | 'unknown-columns' | 'column-twice';
      readonly columns: readonly string[];
    };

/** Judges the first line; names missing columns in `language`, others as they stand there. */
export function judgeHead(head: readonly string[], language: Language): HeadVerdict {
  const columns = head.map((heading) => columnByHeading.get(plain(heading)));
  const unknown = head.filter((heading, at) => columns[at] === undefined && heading.trim() !== '');
  const missing = requiredColumns.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    return {
      ok: false,
      fault: 'missing-columns',
      columns: missing.map((column) => headingOf(language, column)),
    };
  }
  if (unknown.length > 0) return { ok: false, fault: 'unknown-columns', columns: unknown.map(shortened) };
  const twice = head.filter((_, at) => columns[at] !== undefined && columns.indexOf(columns[at]) < at);
  if (twice.length > 0) return { ok: false, fault: 'column-twice', columns: twice.map(shortened) };
  return { ok: true, columns };
}

const shortened = (text: string) => text.trim().slice(0, 40);

/** Whether a text begins with a head of ours. */
export function beginsWithHead(text: string): boolean {
  const [first = ''] = text.slice(0, 4000).trimStart().split(/\r?\n/, 1);
  return first.split(/[,;\t]/).some((heading) => columnByHeading.has(plain(heading.replaceAll('"', ''))));
}

/** Longer than any field may be: the rest could only make a line larger, not right. */
const longestCell = 400;

const exampleNames: ReadonlySet<string> = new Set(
  languages.map((language) => translate(language, 'registry.batch.example.name')),
);

/**
 * Lines by column; the quote that keeps a cell from being a formula is taken away again, and the template's example is left
 * out. Throws TableError when nobody is left.
 */
export async function* importRows(
  rows: AsyncIterable<TableRow>,
  columns: readonly (Column | undefined)[],
): AsyncGenerator<ImportRow> {
  // A head may have thousands of columns without a heading: only those that count are looked at in each line.
  const wanted = columns.flatMap((column, at) =>
    column !== undefined && isImportColumn(column) ? [{ column, at }] : [],
  );
  let count = 0;
  for await (const { line, cells } of rows) {
    const filled: Partial<Record<ImportColumn, string>> = {};
    for (const { column, at } of wanted) {
      const text = (cells[at] ?? '').trim().replace(/^'(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/, '');
      if (text !== '') filled[column] = text.slice(0, longestCell);
    }
    const told: ImportCells = filled;
    if (exampleNames.has(told.name ?? '')) continue;
    count += 1;
    yield { line, cells: told };
  }
  if (count === 0) throw new TableError('empty');
}

function isImportColumn(column: Column): column is ImportColumn {
  return !ownColumns.some((own) => own === column);
}
