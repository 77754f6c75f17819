/** A file of lines that somebody uploaded: comma-separated values or a workbook, told by what is in it, not by its name. */
import { decodeText, type TextEncoding } from './decode-text.ts';
import { readCsv } from './read-csv.ts';
import { readWorkbook } from './read-workbook.ts';
import { TableError } from './table-error.ts';
import type { TableRow } from './table-row.ts';

export interface TableOptions {
  /** Of a text file; without it the one that fits is taken. */
  readonly encoding?: TextEncoding;
  /** Lines at most, the head and empty ones not counted. */
  readonly maximumLines: number;
  /** Whether a text begins as one of ours does: tells encodings apart. */
  readonly isLikely: (text: string) => boolean;
}

export interface Table {
  /** How a text file was read; `workbook` for XLSX. */
  readonly encoding: TextEncoding | 'workbook';
  readonly head: readonly string[];
  /** Lines with something in them; ends in TableError at a fault. Can be gone through once. */
  readonly rows: AsyncIterable<TableRow>;
}

/** Throws TableError when not even the head can be read. */
export async function readTable(bytes: Buffer, options: TableOptions): Promise<Table> {
  const { encoding, lines } = openLines(bytes, options);
  for await (const { cells } of withoutEmpty(lines)) {
    return { encoding, head: cells, rows: atMost(withoutEmpty(lines), options.maximumLines) };
  }
  throw new TableError('empty');
}

type Lines = AsyncGenerator<TableRow>;

function openLines(
  bytes: Buffer,
  options: TableOptions,
): Pick<Table, 'encoding'> & { readonly lines: Lines } {
  const start = bytes.toString('latin1', 0, 4);
  if (start === 'PK\x03\x04') return { encoding: 'workbook', lines: readWorkbook(bytes) };
  // OLE2: what came before, and what locks.
  if (start === '\xd0\xcf\x11\xe0') throw new TableError('old-workbook');
  const decoded = decodeText(bytes, options.encoding, options.isLikely);
  if (!decoded || decoded.text.includes('\0')) throw new TableError('wrong-encoding');
  return { encoding: decoded.encoding, lines: readCsv(decoded.text) };
}

/** By hand, since leaving a loop over a generator ends it. */
function withoutEmpty(lines: Lines): AsyncIterable<TableRow> {
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        for (;;) {
          const { done, value } = await lines.next();
          if (done === true) return { done, value: undefined };
          if (value.cells.some((cell) => cell.trim() !== '')) return { done: false, value };
        }
      },
    }),
  };
}

async function* atMost(rows: AsyncIterable<TableRow>, most: number): AsyncGenerator<TableRow> {
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (count > most) throw new TableError('too-many-lines', { line: row.line });
    yield row;
  }
  if (count === 0) throw new TableError('empty');
}
