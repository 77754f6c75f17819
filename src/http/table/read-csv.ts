import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { piecesOf } from './pieces-of.ts';
import { TableError } from './table-error.ts';
import type { TableRow } from './table-row.ts';

/** Characters of a line at most; a quote that is never closed ends here. */
const longestLine = 16 * 1024;

/** Lines at most, those with nothing in them counted: twice as many as the longest list that may be configured has. */
const mostLines = 200_000;

/** Bytes that are parsed at once, with all their lines, however short they are. */
const pieceLength = 2048;

/** The lines of comma-separated values (RFC 4180); tabs and semicolons, where the head has them, serve too. Throws TableError. */
export async function* readCsv(text: string): AsyncGenerator<TableRow> {
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(text),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: longestLine,
  });
  let line = 0;
  try {
    // Fails by throwing into the loop below; there is nobody else to tell.
    pipeline(piecesOf(Buffer.from(text), pieceLength), parser, () => {});
    for await (const cells of parser) {
      line += 1;
      if (line > mostLines) throw new TableError('too-many-lines', { line });
      yield { line, cells: cells as string[] };
    }
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
