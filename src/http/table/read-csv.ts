import { CsvError, parse } from 'csv-parse';
import { TableError } from './table-error.ts';
import type { TableRow } from './table-row.ts';

/** Characters of a line at most; a quote that is never closed ends here. */
const longestLine = 16 * 1024;

/** The lines of comma-separated values (RFC 4180); tabs and semicolons, where the head has them, serve too. Throws TableError. */
export async function* readCsv(text: string): AsyncGenerator<TableRow> {
  const parser = parse(text, {
    bom: true,
    delimiter: delimiterOf(text),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: longestLine,
  });
  let line = 0;
  try {
    for await (const cells of parser) yield { line: (line += 1), cells: cells as string[] };
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    // The parser reads ahead of what it has given.
    throw new TableError('not-a-table', { line: Number(cause['records'] ?? line) + 1, cause });
  }
}

function delimiterOf(text: string): string {
  const head = text.trimStart().slice(0, longestLine).split(/\r?\n/, 1)[0] ?? '';
  const count = (delimiter: string) => head.split(delimiter).length;
  return [',', '\t', ';'].reduce((best, each) => (count(each) > count(best) ? each : best));
}
