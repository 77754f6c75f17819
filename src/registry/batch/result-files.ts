/** Files made of an import's lines: those to be mended, with what to mend, and the accounts that were opened. No secrets. */
import { Readable } from 'node:stream';
import { importColumns } from '#accounts/import/import-columns.ts';
import type { ImportLine, ImportLines, ImportLineState } from '#domain/import-jobs.ts';
import { byteOrderMark, csvLine } from '#http/csv.ts';
import { writeWorkbook } from '#http/table/write-workbook.ts';
import type { Language } from '#pages/messages/define-messages.ts';
import { translate } from '#pages/messages/translate.ts';
import { headingOf } from './batch-columns.ts';
import { faultText } from './fault-words.ts';

const linesAtOnce = 500;

/** In the order of the file, read a piece at a time. */
async function* linesIn(
  lines: Pick<ImportLines, 'readLines'>,
  jobId: string,
  states: readonly ImportLineState[],
): AsyncGenerator<ImportLine> {
  for (let after = 0; ;) {
    const read = await lines.readLines(jobId, { states, after, limit: linesAtOnce });
    yield* read;
    after = read.at(-1)?.line ?? after;
    if (read.length < linesAtOnce) return;
  }
}

export const mendedStates = ['faulty', 'refused'] as const;
export const openedStates = ['brought-in', 'kept'] as const;

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

export function correctionsCsv(lines: ImportLines, jobId: string, language: Language): Readable {
  async function* text() {
    yield byteOrderMark + csvLine(correctionHead(language));
    for await (const line of linesIn(lines, jobId, mendedStates))
      yield csvLine(correctionCells(language, line));
  }
  return Readable.from(text());
}

export function correctionsWorkbook(lines: ImportLines, jobId: string, language: Language): Readable {
  async function* rows() {
    for await (const line of linesIn(lines, jobId, mendedStates)) yield correctionCells(language, line);
  }
  const name = translate(language, 'registry.place.batch');
  return writeWorkbook([{ name, head: correctionHead(language), rows: rows() }]);
}

const openedColumns = ['name', 'email', 'unitOid', 'roles', 'title', 'staffNumber'] as const;

export function openedCsv(lines: ImportLines, jobId: string, language: Language): Readable {
  async function* text() {
    const heads = ['line', ...openedColumns, 'state'] as const;
    yield byteOrderMark + csvLine(heads.map((column) => headingOf(language, column)));
    for await (const { line, state, content } of linesIn(lines, jobId, openedStates)) {
      const cells = openedColumns.map((column) => content?.cells[column] ?? '');
      yield csvLine([String(line), ...cells, translate(language, `registry.batch.line.${state}`)]);
    }
  }
  return Readable.from(text());
}
