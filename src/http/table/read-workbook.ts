/**
 * The lines of the first sheet of a workbook (Office Open XML, ECMA-376 part 1 §18), read forward: texts that are shared
 * first, then row by row. Values are what stands in the cells; how they would be shown (dates, currency) is not applied.
 */
import { StringDecoder } from 'node:string_decoder';
import { TableError } from './table-error.ts';
import type { TableRow } from './table-row.ts';
import { createTagReader, type XmlTag } from './xml-tags.ts';
import { openZip, type ZipArchive } from './zip-archive.ts';

/** A list of 20,000 people fills about 25 MB of XML. */
const limits = { entries: 200, bytes: 96 * 1024 * 1024 };

/** Characters that a cell can have, by the programs that write workbooks. */
const longestText = 32_767;

/** Rows of a sheet, by the same programs. */
const mostRows = 1_048_576;

/** Texts that cells share: more than a list of the length above has cells. Empty ones take bytes in memory, and next to none packed. */
const mostTexts = 2_000_000;

/** Cells to the right of it are no columns of ours. */
const mostCells = 64;

/** Throws TableError on the way. */
export async function* readWorkbook(bytes: Buffer): AsyncGenerator<TableRow> {
  const archive = openZip(bytes, limits);
  const sheet = archive.open(await firstSheet(archive));
  if (!sheet) throw new TableError('not-a-table');
  const rows: TableRow[] = [];
  const reader = createTagReader(rowCollector(await sharedTexts(archive), (row) => rows.push(row)));
  for await (const text of decoded(sheet)) {
    reader.push(text);
    yield* rows.splice(0);
  }
}

async function* decoded(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  for await (const piece of pieces) yield decoder.write(piece);
}

async function tagsOf(archive: ZipArchive, name: string, onTag: (tag: XmlTag) => void): Promise<boolean> {
  const entry = archive.open(name);
  if (!entry) return false;
  const reader = createTagReader(onTag);
  for await (const text of decoded(entry)) reader.push(text);
  return true;
}

/** Name of the entry of the sheet that stands first. */
async function firstSheet(archive: ZipArchive): Promise<string> {
  let id: string | undefined;
  const isWorkbook = await tagsOf(archive, 'xl/workbook.xml', ({ name, attributes }) => {
    if (name === 'sheet') id ??= attributes['id'];
  });
  if (!isWorkbook) throw new TableError('not-a-table');
  let target = 'worksheets/sheet1.xml';
  await tagsOf(archive, 'xl/_rels/workbook.xml.rels', ({ name, attributes }) => {
    if (name === 'Relationship' && attributes['Id'] === id) target = attributes['Target'] ?? target;
  });
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

async function sharedTexts(archive: ZipArchive): Promise<readonly string[]> {
  const texts: string[] = [];
  const collect = textCollector();
  await tagsOf(archive, 'xl/sharedStrings.xml', (tag) => {
    collect.take(tag);
    if (tag.name === 'si' && tag.kind !== 'open') texts.push(collect.end());
    if (texts.length > mostTexts) throw new TableError('too-large-inside');
  });
  return texts;
}

/** A character that XML cannot hold, by its code (ST_Xstring, ECMA-376 part 1 §22.9.2.19). */
const coded = /_x([0-9A-Fa-f]{4})_/g;
const ofCode = (_: string, code: string) => String.fromCharCode(Number.parseInt(code, 16));

/** The text of `t` elements, those of pronunciations (rPh) left out. */
function textCollector() {
  let text = '';
  let isPronunciation = false;
  return {
    take({ name, kind, text: before }: XmlTag): void {
      if (name === 'rPh') isPronunciation = kind === 'open';
      if (name === 't' && kind === 'close' && !isPronunciation) text += before.replace(coded, ofCode);
      // A text may be shared by every cell of the sheet.
      if (text.length > longestText) throw new TableError('not-a-table');
    },
    end(): string {
      const whole = text;
      text = '';
      return whole;
    },
  };
}

function rowCollector(shared: readonly string[], onRow: (row: TableRow) => void): (tag: XmlTag) => void {
  const inline = textCollector();
  let line = 0;
  let cells: string[] = [];
  let column = -1;
  let type: string | undefined;
  let value = '';

  const endCell = (): void => {
    const text = inline.end();
    if (column >= mostCells) return;
    while (cells.length < column) cells.push('');
    cells[column] =
      type === 'inlineStr' ? text : type === 's' ? (shared[Number(value)] ?? '') : type === 'e' ? '' : value;
  };
  return (tag) => {
    const { name, kind, attributes } = tag;
    inline.take(tag);
    if (name === 'row' && kind !== 'close') {
      // Ascending, as the standard has it (§18.3.1.73): a line is known by its number.
      line = Math.max(line + 1, numberOf(attributes['r']) ?? 0);
      if (line > mostRows) throw new TableError('too-many-lines', { line });
      cells = [];
      column = -1;
    }
    if (name === 'c' && kind !== 'close') {
      column = columnOf(attributes['r']) ?? column + 1;
      type = attributes['t'];
      value = '';
    }
    if (name === 'v' && kind === 'close') value = tag.text;
    if (name === 'c' && kind === 'close') endCell();
    if (name === 'row' && kind === 'close') onRow({ line, cells });
  };
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined;
}

/** 0 for A, 26 for AA. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? '')?.[1];
  if (letters === undefined) return undefined;
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
