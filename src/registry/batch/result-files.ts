/** Files made of an import's lines: those to be mended, with what to mend, and the accounts that were opened. No secrets. */
import { Readable } from 'node:stream';
import { importColumns } from '#accounts/import/import-columns.ts';
import type { ImportLine } from '#domain/import-jobs.ts';
import { csvTable } from '#http/csv.ts';
import { writeWorkbook } from '#http/table/write-workbook.ts';
import type { Language } from '#pages/messages/define-messages.ts';
import { translate } from '#pages/messages/translate.ts';
import { headingOf } from './batch-columns.ts';
import { faultText } from './fault-words.ts';

function correctionHead(language: Language): string[] {
  return [
    headingOf(language, 'faults'),
    headingOf(language, 'line'),
    ...importColumns.map((column) => headingOf(language, column)),
  ];
}

/** What to mend comes first, so that nobody has to scroll for it; the file can be handed in as it is. */
function correctionCells(language: Language, { line, content }: ImportLine): string[] {
  const faults = (content?.faults ?? []).map((fault) => faultText(language, fault));
  return [
    faults.join(language === 'en' ? '; ' : '；'),
    String(line),
    ...importColumns.map((column) => content?.cells[column] ?? ''),
  ];
}

async function* correctionRows(lines: AsyncIterable<ImportLine>, language: Language) {
  for await (const line of lines) yield correctionCells(language, line);
}

export function correctionsCsv(lines: AsyncIterable<ImportLine>, language: Language): Readable {
  return csvOf(correctionHead(language), correctionRows(lines, language), language);
}

export function correctionsWorkbook(lines: AsyncIterable<ImportLine>, language: Language): Readable {
  const name = translate(language, 'registry.place.batch');
  return writeWorkbook([{ name, head: correctionHead(language), rows: correctionRows(lines, language) }]);
}

const openedColumns = ['name', 'email', 'unitOid', 'roles', 'title', 'staffNumber'] as const;

async function* openedRows(lines: AsyncIterable<ImportLine>, language: Language) {
  for await (const { line, state, content } of lines) {
    const cells = openedColumns.map((column) => content?.cells[column] ?? '');
    yield [String(line), ...cells, translate(language, `registry.batch.line.${state}`)];
  }
}

export function openedCsv(lines: AsyncIterable<ImportLine>, language: Language): Readable {
  const heads = ['line', ...openedColumns, 'state'] as const;
  return csvOf(
    heads.map((column) => headingOf(language, column)),
    openedRows(lines, language),
    language,
  );
}

function csvOf(
  head: readonly string[],
  rows: AsyncIterable<readonly string[]>,
  language: Language,
): Readable {
  return Readable.from(csvTable(head, rows, translate(language, 'registry.export.cut')));
}
